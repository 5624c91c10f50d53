"""One simulated phone: it enrols, scans, fills in and sends, and its Wi-Fi has holes.

It speaks the same HTTP as the phone page and keeps what it has not got through, so every form and
picture arrives once however often it had to be sent.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

import httpx
import msgspec

from domain.canonical import digest
from domain.ids import RANDOM_BYTES, time_ordered_id
from domain.procedures.weighing import CHINA
from domain.rulebook import Edition
from domain.submission import Evidence, Receipt, Submission
from tui.demo.character import Inspector, Station
from tui.demo.forms import Filled, Scribe, fill_in
from tui.demo.plan import Visit
from tui.demo.tickets import Ticket

PIECE_BYTES = 16_384
TUS = {"Tus-Resumable": "1.0.0"}
PATIENCE_S = 60.0
"""How long a phone tries again before it gives a request up."""
BUSY = frozenset({429, 502, 503, 504, 507})
AVERAGE = Station(1.0, frozenset(), mends=False, drift=1.0, spared=frozenset())
ATTENTIVE = Inspector(sees=1.4, hasty=False, clock_off=timedelta(0))
PHOTOGRAPHED = 0.35


class Tally(msgspec.Struct):
    """What a phone got through.

    Attributes:
        receipts: One for each form.
        pictures: Digest by evidence id.
        repeats: Requests that were sent again.
        refusals: What the receiver declined for good.
    """

    receipts: list[Receipt] = []
    pictures: dict[str, str] = {}
    repeats: int = 0
    refusals: list[str] = []


class Refused(Exception):
    """The receiver declined for good; says what it answered."""


class Phone:
    """A phone of one person. Use `enrol`, then `inspect` as often as wanted."""

    def __init__(self, client: httpx.AsyncClient, ticket: Ticket, chance: Random, holes: float):
        self._client, self._ticket, self._chance, self._holes = client, ticket, chance, holes
        self._headers: dict[str, str] = {}
        self._editions: dict[str, Edition] = {}
        self._page: str | None = None
        self.tally = Tally()

    @property
    def enrolled(self) -> bool:
        """Whether it has a key."""
        return bool(self._headers)

    def draw_pause(self, usual: float) -> float:
        """Seconds until the next inspection, `usual` on average."""
        return min(self._chance.expovariate(1 / usual), 3 * usual)

    async def enrol(self) -> None:
        """Exchange the one-time code for this phone's key."""
        wanted = {"code": self._ticket.code, "device_name": self._ticket.device_name}
        answer = await self._ask("POST", "/api/enrolments", json=wanted)
        self._headers = {"Authorization": f"Bearer {answer.json()['key']}"}

    async def inspect(self) -> Receipt:
        """Scan a code, fill in the on-site audit and send it with its pictures."""
        token = self._chance.choice(self._ticket.tokens)
        point = (await self._ask("GET", f"/api/points/{token}")).json()
        wanted = next(form for form in point["rulebooks"] if form["kind"] == "onsite_audit")
        edition = await self._edition(wanted["id"], wanted["edition"])
        filled = self._fill_in(edition, token, datetime.fromisoformat(point["server_time"]))
        receipt = await self._send(self._told_by_page(filled.form))
        for evidence in filled.form.evidence:
            await self._upload(evidence, filled.pictures[evidence.id])
        self.tally.receipts.append(receipt)
        return receipt

    async def _edition(self, rulebook: str, edition: str) -> Edition:
        if rulebook not in self._editions:
            wanted = {"rulebook": rulebook, "edition": edition}
            answer = await self._ask("GET", "/api/editions", params=wanted)
            self._editions[rulebook] = msgspec.json.decode(answer.content, type=Edition)
        return self._editions[rulebook]

    def _fill_in(self, edition: Edition, token: str, now: datetime) -> Filled:
        now = now.astimezone(CHINA)
        started = now - timedelta(seconds=self._chance.randint(480, 2400))
        visit = Visit("onsite", "", "", 0, started, now, now)
        scribe = Scribe(
            AVERAGE,
            ATTENTIVE,
            edition,
            pumps=self._ticket.pumps,
            staff=self._ticket.staff,
            token=token,
            pictures=PHOTOGRAPHED,
        )
        return fill_in(visit, scribe, self._chance)

    def _told_by_page(self, form: Submission) -> Submission:
        """The form with what the phone page says of itself: its mark and its newest receipt."""
        if self._page is None:
            self._page = time_ordered_id(form.started_at, self._chance.randbytes(RANDOM_BYTES))
        last = self.tally.receipts[-1].number if self.tally.receipts else None
        return msgspec.structs.replace(form, page=self._page, after=last)

    async def _send(self, form: Submission) -> Receipt:
        body = msgspec.json.encode(form)
        headers = {"Content-Type": "application/json"}
        if self._in_a_hole():
            # The form gets there, but not the answer: so it is sent again under the same id.
            await self._ask("POST", "/api/submissions", content=body, headers=headers)
            await self._out_of_reach()
        answer = await self._ask("POST", "/api/submissions", content=body, headers=headers)
        return msgspec.json.decode(answer.content, type=Receipt)

    async def _upload(self, evidence: Evidence, content: bytes) -> None:
        metadata = f"evidence {b64encode(evidence.id.encode()).decode()}"
        creation = {**TUS, "Upload-Length": str(len(content)), "Upload-Metadata": metadata}
        place = (await self._ask("POST", "/api/uploads", headers=creation)).headers["Location"]
        offset = 0
        while offset < len(content):
            if self._in_a_hole():
                await self._out_of_reach()
                answer = await self._ask("HEAD", place, headers=TUS)
                offset = int(answer.headers["Upload-Offset"])
            piece = content[offset : offset + PIECE_BYTES]
            headers = {
                **TUS,
                "Content-Type": "application/offset+octet-stream",
                "Upload-Offset": str(offset),
            }
            answer = await self._ask("PATCH", place, content=piece, headers=headers)
            offset = int(answer.headers["Upload-Offset"])
        self.tally.pictures[evidence.id] = digest(content)

    def _in_a_hole(self) -> bool:
        return self._chance.random() < self._holes

    async def _out_of_reach(self) -> None:
        self.tally.repeats += 1
        await asyncio.sleep(self._chance.uniform(0.05, 0.4))

    async def _ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A request, again while the network or the receiver is not there.

        Raises:
            Refused: The receiver said no, or could not be reached for a minute.
        """
        headers = {**self._headers, **request.pop("headers", {})}

        async def once() -> httpx.Response:
            return await self._client.request(method, path, headers=headers, **request)

        answer = await self._until_answered(once)
        if answer.is_error:
            self.tally.refusals.append(f"{method} {path}: {answer.status_code} {answer.text}")
            raise Refused(self.tally.refusals[-1])
        return answer

    async def _until_answered(
        self, once: Callable[[], Awaitable[httpx.Response]]
    ) -> httpx.Response:
        end = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            wait = self._chance.uniform(0.2, 1.0)
            try:
                answer = await once()
            except httpx.TransportError as lost:
                if asyncio.get_running_loop().time() > end:
                    self.tally.refusals.append(str(lost))
                    raise Refused(str(lost)) from lost
            else:
                if answer.status_code not in BUSY or asyncio.get_running_loop().time() > end:
                    return answer
                wait = float(answer.headers.get("Retry-After", wait))
            self.tally.repeats += 1
            await asyncio.sleep(wait)
