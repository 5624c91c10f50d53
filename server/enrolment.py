"""A phone is tied to a person, and asks who it is."""

from __future__ import annotations

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import JSONBody
from msgspec import Meta

from domain.organisation import Actor, Device, RoleName
from domain.procedures.enrolment import enrol
from domain.register.register import Register
from domain.text import Text
from server.answers import KEY
from server.health import VERSION
from server.problems import refused
from server.reception import KEY_COOKIE, Named, PhoneRequest
from server.refusals import TooMany

TEN_YEARS_S = 315_360_000
"""The enrolment ends when it is withdrawn, not by itself."""


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The one-time code from the console, and what the phone is to be called."""

    code: Annotated[str, Meta(pattern=r"^[0-9]{8}$", max_length=8)]
    device_name: Annotated[str, Meta(min_length=1, max_length=80)]


class EnrolledPhone(msgspec.Struct, frozen=True):
    """The phone's key, told this once; browsers get it as a cookie too."""

    device: Named
    person: Named
    key: str


class HeldRole(msgspec.Struct, frozen=True):
    """A role at a place, by the place's id."""

    role: RoleName
    place: str


class PersonHere(msgspec.Struct, frozen=True):
    """The person that the phone belongs to."""

    id: str
    name: str
    roles: tuple[HeldRole, ...]


class NodeHere(msgspec.Struct, frozen=True):
    """The register that answers."""

    id: str
    name: Text


class Me(msgspec.Struct, frozen=True):
    """Who asks, and who answers."""

    person: PersonHere
    device: Named
    node: NodeHere
    version: str
    journal_seq: int


@post("/api/enrolments", responses=refused(400, 403, 413, 415, 422, 429, 503, 507))
async def enrol_phone(request: PhoneRequest, data: JSONBody[Enrolment]) -> Response[EnrolledPhone]:
    """Exchange a one-time code for a key."""
    reception = request.reception
    wait = reception.attempts_by_address.wait_s(request.address) or reception.attempts.wait_s()
    if wait:
        raise TooMany(wait)
    enrolled = await reception.register.carry_out_soon(
        enrol, data.code, data.device_name, by=Actor("phone")
    )
    directory = reception.register.directory
    person, device = directory.people[enrolled.person], directory.devices[enrolled.device]
    phone = EnrolledPhone(
        device=Named(device.id, device.name),
        person=Named(person.id, person.name),
        key=enrolled.key,
    )
    return Response(
        phone, cookies=[_key_cookie(enrolled.key)], headers={"Cache-Control": "no-store"}
    )


@get("/api/me", security=KEY, responses=refused(401, 410, 503))
async def show_me(request: PhoneRequest) -> Me:
    """Who this phone belongs to."""
    device = request.device()
    return _me(request.reception.register, device)


def _me(register: Register, device: Device) -> Me:
    person = register.directory.people[device.person]
    roles = tuple(HeldRole(role.name, role.place) for role in person.roles)
    return Me(
        person=PersonHere(person.id, person.name, roles),
        device=Named(device.id, device.name),
        node=NodeHere(register.node.id, register.node.name),
        version=VERSION,
        journal_seq=register.journal_seq,
    )


def _key_cookie(key: str) -> Cookie:
    """Out of reach of scripts and of other sites. Not `secure`: a station's LAN has plain http."""
    return Cookie(
        key=KEY_COOKIE, value=key, path="/", httponly=True, samesite="strict", max_age=TEN_YEARS_S
    )
