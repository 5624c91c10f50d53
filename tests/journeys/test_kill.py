"""The receiver is killed again and again under load: what it acknowledged is there, once."""

from __future__ import annotations

import base64
import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from io import BytesIO

import httpx
import msgspec
import pytest
from PIL import Image

from domain.journal import first_broken
from domain.register.journal_table import entries
from domain.submission import Found, Submission
from tests.journeys.conftest import Station
from tests.things import PATIENCE_S, a_picture, wait_until

pytestmark = pytest.mark.slow
KILLS = 20
PHONES = 4
CHUNK = 16_384


class Sender(threading.Thread):
    """A phone that sends forms with pictures and does not give up until each is acknowledged."""

    def __init__(self, station: Station, chance: random.Random, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self.station, self.chance, self.over = station, chance, over
        self.http = httpx.Client(
            base_url=f"http://127.0.0.1:{station.port}",
            headers={"authorization": f"Bearer {station.chain.phone.key}"},
            timeout=20,
        )
        self.receipts: dict[str, int] = {}
        self.pictures: set[str] = set()
        self.failed = ""

    def run(self) -> None:
        try:
            while not self.over.is_set():
                self.send(self.photograph())
        except AssertionError as error:
            self.failed = str(error)
        finally:
            self.http.close()

    def photograph(self) -> bytes:
        """A picture that no other phone has."""
        noise = Image.frombytes("RGB", (160, 120), self.chance.randbytes(160 * 120 * 3))
        file = BytesIO()
        noise.save(file, "JPEG", quality=90)
        return file.getvalue()

    def send(self, content: bytes) -> None:
        picture = a_picture(content)
        found = (Found("A.a.1", evidence=(picture.id,)), Found("E.b.2", count=2))
        form = self.station.chain.form(found=found, evidence=(picture,))
        self.receipts[form.id] = self.insist(lambda: self.post(form))
        self.insist(lambda: self.upload(picture.id, content))
        self.pictures.add(picture.sha256)

    def insist(self, act: Callable[[], int]) -> int:
        """Do something until it is answered, whatever happens to the receiver."""
        while True:
            try:
                return act()
            except httpx.TransportError:
                time.sleep(0.05)

    def post(self, form: Submission) -> int:
        answer = self.http.post(
            "/api/submissions",
            content=msgspec.json.encode(form),
            headers={"content-type": "application/json"},
        )
        assert answer.status_code in {200, 201}, answer.text
        number = answer.json()["number"]
        assert isinstance(number, int)
        return number

    def upload(self, evidence: str, content: bytes) -> int:
        """Create or find the upload, and send what is missing piece by piece."""
        tus = {"tus-resumable": "1.0.0"}
        metadata = f"evidence {base64.b64encode(evidence.encode()).decode()}"
        created = self.http.post(
            "/api/uploads",
            headers=tus | {"upload-length": str(len(content)), "upload-metadata": metadata},
        )
        assert created.status_code in {200, 201}, created.text
        place = created.headers["location"]
        known = self.http.head(place, headers=tus)
        assert known.status_code in {200, 204}, known.status_code
        offset = int(known.headers["upload-offset"])
        while offset < len(content):
            answer = self.http.patch(
                place,
                content=content[offset : offset + CHUNK],
                headers=tus
                | {
                    "upload-offset": str(offset),
                    "content-type": "application/offset+octet-stream",
                },
            )
            assert answer.status_code == 204, answer.text
            offset = int(answer.headers["upload-offset"])
        return offset


@pytest.fixture
def senders(station: Station) -> Iterator[list[Sender]]:
    """Four phones that keep sending until they are told to stop, and then finish."""
    over = threading.Event()
    phones = [Sender(station, random.Random(n), over) for n in range(PHONES)]
    for each in phones:
        each.start()
    yield phones
    over.set()


def test_nothing_acknowledged_is_lost_or_doubled_when_the_receiver_is_killed(
    station: Station, senders: list[Sender]
) -> None:
    chance = random.Random(20)
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.1, 0.7))
        station.kill()
        station.start()
    wait_until(lambda: sum(len(each.receipts) for each in senders) > KILLS)
    finish(senders)

    receipts = {id_: number for each in senders for id_, number in each.receipts.items()}
    stored = {row.id: row.number for row in station.inspections()}
    assert len(receipts) > KILLS
    assert stored == receipts
    assert len(station.findings()) == 2 * len(receipts)
    assert pictures_arrived(station) == {sha for each in senders for sha in each.pictures}
    with station.register.read() as connection:
        assert first_broken(entries(connection)) is None


def finish(senders: list[Sender]) -> None:
    """Let every phone bring what it has begun to its end."""
    senders[0].over.set()
    for each in senders:
        each.join(PATIENCE_S)
        assert not each.is_alive()
        assert each.failed == ""


def pictures_arrived(station: Station) -> set[str]:
    """Digests of the pictures that are here, taken over their bytes on disk."""
    arrived = [row.sha256 for row in station.evidence() if row.arrived_at]
    assert len(arrived) == len(set(arrived))
    for sha256 in arrived:
        content = station.register.media.path(sha256).read_bytes()
        assert hashlib.sha256(content).hexdigest() == sha256
    return set(arrived)
