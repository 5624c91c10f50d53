"""What all handlers share, and the request that knows who asks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import msgspec
from litestar import Request
from litestar.datastructures import State

from domain.canonical import digest
from domain.organisation import Actor, Device
from domain.presence import Arrival
from domain.procedures.refusals import DeviceWithdrawn
from domain.register.secret import folder_secret
from server.rates import Limits, Rate
from server.refusals import ClientGone, NotEnrolled, TooLarge, WrongContentType
from server.shapes import read_json

if TYPE_CHECKING:
    from domain.register.register import Register
    from server.arriving import Uploads
    from server.news import News
    from server.visitors import Visitors

KEY_COOKIE = "forecourt_device"
JSON = b"application/json"


@dataclass
class Reception:
    """The register and what the receiver keeps in memory beside it.

    Attributes:
        shrinking: Held while a small picture is made: unpacking a large one takes memory.
    """

    register: Register
    uploads: Uploads
    news: News
    visitors: Visitors
    limits: Limits
    attempts_by_address: Rate = field(init=False)
    attempts: Rate = field(init=False)
    forms: Rate = field(init=False)
    looks: Rate = field(init=False)
    proofs: Rate = field(init=False)
    shrinking: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def __post_init__(self) -> None:
        """Open the rates that the limits name."""
        self.attempts_by_address = Rate(self.limits.enrolments_per_address, per_s=60)
        self.attempts = Rate(self.limits.enrolments, per_s=60)
        self.forms = Rate(self.limits.forms_at_once, per_s=self.limits.forms_refill_s)
        self.looks = Rate(self.limits.looks_a_second, per_s=1)
        self.proofs = Rate(self.limits.proofs_per_phone, per_s=60)

    @property
    def secret(self) -> bytes:
        """What changing codes and proofs are made by; whoever mends it need not start again."""
        return folder_secret(self.register.folder)


class PhoneRequest(Request[Any, Any, State]):
    """A request, with the reception at hand.

    Bodies are decoded into the handler's own type in one strict step, so `"2"` is no number and a
    slip is named with its place; Litestar would decode twice and convert leniently.
    """

    _whole: bytes | None = None
    _key: str | None = None

    @property
    def reception(self) -> Reception:
        """What the handlers share."""
        return cast("Reception", self.app.state.reception)

    @property
    def address(self) -> str:
        """The address that the request came from."""
        client = self.scope["client"]
        return client[0] if client else ""

    async def body(self) -> bytes:
        """The whole body; most come in one piece.

        Raises:
            TooLarge: It is larger than the handler takes.
        """
        if self._whole is None:
            self._whole = await self._read(self.route_handler.resolve_request_max_body_size() or 0)
        return self._whole

    async def _read(self, most: int) -> bytes:
        announced = _header(self.scope, b"content-length")
        if announced.isdigit() and int(announced) > most:
            raise TooLarge
        pieces, size, more = [], 0, True
        while more:
            event: Any = await self.receive()
            if event["type"] == "http.disconnect":
                raise ClientGone
            pieces.append(event["body"])
            size, more = size + len(event["body"]), event["more_body"]
            if size > most:
                raise TooLarge
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def json(self) -> Any:
        """The body as the type that the handler declares.

        Raises:
            WrongContentType: It is not declared as JSON.
            Malformed, WrongShape: It is no JSON, or of another shape.
        """
        if _header(self.scope, b"content-type").split(b";")[0].strip().lower() != JSON:
            raise WrongContentType("application/json")
        declared = cast("Any", self.route_handler).parsed_data_field
        return read_json(await self.body(), declared.annotation)

    @property
    def key_sha256(self) -> str:
        """Digest of the key that was shown; empty without one."""
        if self._key is None:
            self._key = _key_digest(self.scope)
        return self._key

    def device(self) -> Device:
        """The enrolled phone that asks.

        Raises:
            NotEnrolled: No key, or an unknown one.
            DeviceWithdrawn: Its enrolment was ended.
        """
        reception = self.reception
        device = reception.register.directory.devices_by_key.get(self.key_sha256)
        if device is None:
            raise NotEnrolled
        if device.withdrawn_at:
            raise DeviceWithdrawn
        reception.visitors.seen(device.id)
        return device

    def arrival(self) -> Arrival:
        """From where and when, by this node's clock."""
        return Arrival(self.address, self.reception.register.clock())


async def recognise(request: Request[Any, Any, Any]) -> None:
    """Before a request: whether a key that is not known is one that another process just gave.

    Looked up a few times a second at most, whoever asks: strangers must not keep the records busy.
    """
    asker = cast("PhoneRequest", request)
    key, reception = asker.key_sha256, asker.reception
    if not key or key in reception.register.directory.devices_by_key:
        return
    if not reception.looks.wait_s():
        await asyncio.to_thread(reception.register.refresh)


def by_phone(device: Device) -> Actor:
    """The actor of what a phone sends."""
    return Actor("phone", device.person, device.id)


def _header(scope: Any, name: bytes) -> bytes:
    """A header, read where it lies: the hot path needs two of some ten."""
    for known, value in scope["headers"]:
        if known == name:
            return cast("bytes", value)
    return b""


def _key_digest(scope: Any) -> str:
    """The digest of the key in the request, by which phones are known."""
    scheme, _, key = _header(scope, b"authorization").partition(b" ")
    if scheme.lower() == b"bearer" and key:
        return digest(key.strip())
    for cookie in _header(scope, b"cookie").split(b";"):
        name, _, value = cookie.strip().partition(b"=")
        if name == KEY_COOKIE.encode():
            return digest(value.strip(b'"'))
    return ""


class Named(msgspec.Struct, frozen=True):
    """Something with an id and a name that reads alike in both languages."""

    id: str
    name: str
