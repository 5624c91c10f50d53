"""Pictures and videos taken in per second, against a plain loop that writes and syncs files.

As a program it is the sender: `python -m tests.bench.uploads URL KEY TOKEN KIND SIZE COUNT`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from socket import IPPROTO_TCP, TCP_NODELAY, create_connection, socket
from threading import local
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import msgspec
from PIL import Image

from domain.submission import Evidence
from tests.bench.report import Spread, table, verdict
from tests.bench.serving import serving
from tests.bench.stations import Bench, a_form, make_bench, new_id

SIZES = (("picture", 300_000, 160), ("video", 20_000_000, 12))
AT_ONCE = 4
IN_A_FORM = 40
TARGET = 0.4
TUS = {"Tus-Resumable": "1.0.0"}


def run(folder: Path, *, rounds: int = 3) -> None:
    """Upload and write in turn."""
    bench = make_bench(folder / "uploads")
    rows = []
    with serving("receiver", str(bench.folder)) as receiver:
        for kind, size, count in SIZES:
            plain, uploaded = [], []
            for _ in range(rounds):
                contents = make_files(kind, size, count)
                plain.append(write_files(folder / "plain", contents))
                uploaded.append(_upload(receiver.url, bench, kind, size, count))
            ratio = Spread.of([p / u for p, u in zip(plain, uploaded, strict=True)])
            rows.append(
                (
                    f"{count} x {size:,} B ({kind})",
                    Spread.of([size * count / 1e6 / each for each in plain]).show(0),
                    Spread.of([size * count / 1e6 / each for each in uploaded]).show(0),
                    ratio.show(),
                    verdict(ratio.median >= TARGET),
                )
            )
    table(
        f"Uploads, {AT_ONCE} at once, against a plain write and fsync of each file",
        ("files", "plain MB/s", "receiver MB/s", "ratio", f"target {TARGET}"),
        rows,
    )


def make_files(kind: str, size: int, count: int) -> list[bytes]:
    """Files that differ in their last bytes and begin as what they are said to be."""
    if kind == "picture":
        written = BytesIO()
        Image.effect_noise((640, 480), 90).save(written, "JPEG", quality=70)
        start = written.getvalue()
    else:
        start = b"\0\0\0\x18ftypmp42"
    body = start + os.urandom(size - len(start) - 16)
    return [body + os.urandom(16) for _ in range(count)]


def write_files(folder: Path, contents: Sequence[bytes]) -> float:
    """Seconds that the plain loop takes."""
    folder.mkdir(exist_ok=True)
    begun = time.perf_counter()
    for number, content in enumerate(contents):
        with (folder / str(number)).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    taken = time.perf_counter() - begun
    for number in range(len(contents)):
        (folder / str(number)).unlink()
    return taken


def _upload(url: str, bench: Bench, kind: str, size: int, count: int) -> float:
    words = [url, bench.key, bench.token, kind, str(size), str(count)]
    command = [sys.executable, "-m", "tests.bench.uploads", *words]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return float(said)


class Sender:
    """A phone with several connections; spelt by hand: it shares the cores with the receiver."""

    def __init__(self, url: str, key: str) -> None:
        self._place, self._key, self._own = urlsplit(url), key, local()

    def announce(self, bench: Bench, kind: str, contents: Sequence[bytes]) -> list[str]:
        """Send the forms that name the files; ids in the order of the files."""
        evidence = [
            Evidence(
                id=new_id(),
                kind="picture" if kind == "picture" else "video",
                name=f"{number}",
                media_type="image/jpeg" if kind == "picture" else "video/mp4",
                size=len(content),
                sha256=sha256(content).hexdigest(),
            )
            for number, content in enumerate(contents)
        ]
        for first in range(0, len(evidence), IN_A_FORM):
            form = a_form(bench, evidence=tuple(evidence[first : first + IN_A_FORM]))
            asked = Request(
                f"{self._place.geturl()}/api/submissions",
                msgspec.json.encode(form),
                {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"},
            )
            with urlopen(asked) as answer:
                answer.read()
        return [item.id for item in evidence]

    def upload(self, evidence: str, content: bytes) -> None:
        """Create an upload with the file as its first and only piece, as the phone page does."""
        name = b64encode(evidence.encode()).decode()
        length = {"Upload-Length": str(len(content)), "Upload-Metadata": f"evidence {name}"}
        piece = {"Content-Type": "application/offset+octet-stream"}
        self.ask("POST", "/api/uploads", content, TUS | length | piece)

    def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> None:
        """A request on this thread's own connection; an answer without a body is expected."""
        said = {"Host": self._place.netloc, "Authorization": f"Bearer {self._key}", **headers}
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items())]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode()
        connection = self._connection()
        connection.sendall(head)
        connection.sendall(body)
        answer = b""
        while not answer.endswith(b"\r\n\r\n") and (more := connection.recv(65536)):
            answer += more
        if answer[9:10] != b"2":
            raise RuntimeError(f"{method} {path}: {answer.decode()}")

    def _connection(self) -> socket:
        if not hasattr(self._own, "connection"):
            place = (self._place.hostname or "", self._place.port or 80)
            self._own.connection = create_connection(place)
            self._own.connection.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
        connection: socket = self._own.connection
        return connection


def _send(url: str, key: str, token: str, kind: str, size: int, count: int) -> float:
    """Announce everything, then time the uploads alone."""
    contents = make_files(kind, size, count)
    sender = Sender(url, key)
    ids = sender.announce(Bench(Path(), key, "", "", token), kind, contents)
    begun = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(sender.upload, ids, contents))
    return time.perf_counter() - begun


if __name__ == "__main__":
    place, bearer, code, sort, how_large, how_many = sys.argv[1:]
    print(_send(place, bearer, code, sort, int(how_large), int(how_many)))
