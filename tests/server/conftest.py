"""A receiver on the small chain, and phones that talk to it over real HTTP."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import msgspec
import pytest
from PIL import Image

from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.register.register import Register
from domain.submission import Evidence
from server.rates import Limits
from tests.things import CONSOLE, EDITION, ONSITE, PATIENCE_S, Chain, a_picture, new_id
from tui.receiver import Receiver

Form = dict[str, Any]
AForm = Callable[..., Form]
PIECE = "application/offset+octet-stream"
TUS = {"Tus-Resumable": "1.0.0"}


class Phone(httpx.Client):
    """An HTTP client with what a phone does, as patient as a busy machine needs it."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"timeout": PATIENCE_S} | settings)

    def submit(self, form: Form, **named: Any) -> httpx.Response:
        """Send a form."""
        return self.post("/api/submissions", json=form, **named)

    def announce(self, a_form: AForm, *contents: bytes, **changes: Any) -> list[Evidence]:
        """Send a form that announces these pictures."""
        pictures = [a_picture(content, **changes) for content in contents]
        answer = self.submit(a_form(evidence=msgspec.to_builtins(pictures)))
        assert answer.status_code == 201, answer.text
        return pictures

    def create(self, evidence: Evidence, length: int | None = None, **named: Any) -> httpx.Response:
        """Begin an upload, with its first piece if there is a content."""
        words = f"evidence {b64encode(evidence.id.encode()).decode()}"
        size = evidence.size if length is None else length
        headers = {"Upload-Length": str(size), "Upload-Metadata": words}
        if "content" in named:
            headers["Content-Type"] = PIECE
        return self.post("/api/uploads", headers=TUS | headers, **named)

    def piece(self, place: str, offset: int, content: Any, **headers: str) -> httpx.Response:
        """Send a piece of an upload."""
        about = TUS | {"Upload-Offset": str(offset), "Content-Type": PIECE}
        return self.patch(place, content=content, headers=about | headers)

    def upload(self, evidence: Evidence, content: bytes) -> httpx.Response:
        """Send a whole file."""
        return self.piece(self.create(evidence).headers["Location"], 0, content)

    def offset(self, place: str) -> int:
        """How much of an upload is there."""
        return int(self.head(place, headers=TUS).headers["Upload-Offset"])


@pytest.fixture
def limits() -> Limits:
    """So many attempts that only the tests about them meet a limit."""
    return Limits(enrolments_per_address=1000, enrolments=1000)


@pytest.fixture
def receiver(chain: Chain, limits: Limits) -> Iterator[Receiver]:
    """The receiver of the small chain, on a free port."""
    receiver = Receiver(chain.register, "127.0.0.1", 0, limits)
    receiver.start()
    yield receiver
    receiver.stop()


def phone_of(receiver: Receiver, key: str | None) -> Phone:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    return Phone(base_url=receiver.url, headers=headers, verify=False)


@pytest.fixture
def phone(receiver: Receiver, chain: Chain) -> Iterator[Phone]:
    """The phone of the manager of the first station."""
    with phone_of(receiver, chain.phone.key) as phone:
        yield phone


@pytest.fixture
def neighbour(receiver: Receiver, chain: Chain) -> Iterator[Phone]:
    """The phone of the manager of the other station."""
    with phone_of(receiver, enrolled(chain.register, "p-zhao")) as phone:
        yield phone


@pytest.fixture
def stranger(receiver: Receiver) -> Iterator[Phone]:
    """A phone that nobody enrolled."""
    with phone_of(receiver, None) as phone:
        yield phone


def enrolled(register: Register, person: str) -> str:
    """The key of a fresh phone of a person."""
    code = register.carry_out(offer_enrolment, person, by=CONSOLE)
    return register.carry_out(enrol, code, f"{person}的手机", by=Actor("phone")).key


@pytest.fixture
def a_form(chain: Chain) -> AForm:
    """Makes filled-in on-site audits of the first station's pump, as a phone sends them."""

    def make(**changes: Any) -> Form:
        now = chain.clock.now
        form: Form = {
            "id": new_id(),
            "rulebook": ONSITE,
            "edition": EDITION,
            "token": chain.token,
            "started_at": (now - timedelta(minutes=12)).isoformat(),
            "submitted_at": now.isoformat(),
            "found": [{"criterion": "A.a.1", "count": 2, "note": "迎候时背对车道"}],
        }
        return form | changes

    return make


def photograph(width: int = 320, height: int = 240) -> bytes:
    """A JPEG that no one else has taken."""
    file = BytesIO()
    Image.effect_noise((width, height), 60).save(file, "JPEG")
    return file.getvalue()
