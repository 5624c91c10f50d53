"""Posts forms as fast as they are answered: by wrk where it is installed, else by our own client.

The generator runs in a process of its own and is the same for everything that is compared.
As a program: `python -m tests.bench.load URL FILE KEY RUN CONNECTIONS SECONDS`.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from domain.submission import Submission

PATH = "/api/submissions"
SCRIPT = Path(__file__).with_name("post.lua")


class Load(msgspec.Struct, frozen=True):
    """What a generator saw; times in microseconds.

    Attributes:
        answered: Requests that were answered, errors among them.
        errors: Connections that broke, answers that were not 2xx, time-outs.
    """

    answered: int
    micros: int
    errors: int
    p50: int
    p99: int
    slowest: int

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return (self.answered - self.errors) * 1e6 / self.micros


def post_forms(url: str, form: Submission, key: str, *, connections: int, seconds: float) -> Load:
    """Post a form under ever new ids for some seconds."""
    spelt = msgspec.json.encode(msgspec.structs.replace(form, id="@ID@")).decode()
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        file.write(spelt)
        file.flush()
        run = secrets.token_hex(2)
        if shutil.which("wrk"):
            command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "--timeout", "30s"]
            command += ["-s", str(SCRIPT), url + PATH, "--", file.name, key, run]
        else:
            command = [sys.executable, "-m", "tests.bench.load", url, file.name, key, run]
            command += [str(connections), str(seconds)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return msgspec.json.decode(said.strip().splitlines()[-1].encode(), type=Load)


async def _generate(
    url: str, spelt: str, key: str, run: str, connections: int, seconds: float
) -> dict[str, int]:
    head, tail = spelt.split("@ID@")
    times: list[float] = []
    errors = 0
    count = iter(range(10**9))
    end = time.perf_counter() + seconds
    place = urlsplit(url)

    async def one_connection() -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        while (begun := time.perf_counter()) < end:
            moment = f"{int(time.time()):08x}"
            body = f"{head}{moment}-{run}-7abc-8def-{next(count):012x}{tail}".encode()
            writer.write(
                f"POST {PATH} HTTP/1.1\r\nHost: {place.netloc}\r\nAuthorization: Bearer {key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )
            headers = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(headers.split(b"content-length:")[1].split(b"\r\n")[0]))
            times.append(time.perf_counter() - begun)
            errors += not headers.startswith(b"http/1.1 2")
        writer.close()

    begun = time.perf_counter()
    await asyncio.gather(*(one_connection() for _ in range(connections)))
    times.sort()
    return {
        "answered": len(times),
        "micros": int((time.perf_counter() - begun) * 1e6),
        "errors": errors,
        "p50": int(times[len(times) // 2] * 1e6),
        "p99": int(times[len(times) * 99 // 100] * 1e6),
        "slowest": int(times[-1] * 1e6),
    }


if __name__ == "__main__":
    to, form_file, bearer, run_id, many, long = sys.argv[1:]
    content = Path(form_file).read_text(encoding="utf-8")
    print(json.dumps(asyncio.run(_generate(to, content, bearer, run_id, int(many), float(long)))))
