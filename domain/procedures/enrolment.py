"""Tying a phone to a person by a one-time code, and ending that."""

import secrets
from datetime import timedelta

import msgspec

from domain.canonical import digest, instant
from domain.procedures.naming import tidy
from domain.procedures.refusals import Unknown, WrongEnrolmentCode
from domain.register.received import offer
from domain.register.tables import DeviceRow, EnrolmentRow
from domain.register.work import Work
from domain.text import Text

GOOD_FOR = timedelta(minutes=10)
KEY_BYTES = 24


class Enrolled(msgspec.Struct, frozen=True):
    """A phone that was just enrolled; its key is told once and only its digest is kept."""

    device: str
    person: str
    key: str


def offer_enrolment(work: Work, person: str) -> str:
    """Make the one-time code that the console shows: 8 digits, good for 10 minutes."""
    if person not in work.directory.people:
        raise Unknown(Text(zh="人员", en="person"), person)
    code = f"{secrets.randbelow(10**8):08}"
    work.insert(
        EnrolmentRow,
        {
            "code_sha256": digest(code.encode()),
            "person": person,
            "offered_at": instant(work.now),
            "expires_at": instant(work.now + GOOD_FOR),
            "device": None,
        },
    )
    work.journal("enrolment.offered", person)
    return code


def enrol(work: Work, code: str, device_name: str) -> Enrolled:
    """Exchange a one-time code for a phone's key."""
    name = tidy(device_name, "$.device_name")
    offered = offer(work.connection, digest(code.encode()))
    if offered is None or offered.device or offered.expires_at < instant(work.now):
        raise WrongEnrolmentCode
    device, key = f"d-{secrets.token_hex(6)}", secrets.token_urlsafe(KEY_BYTES)
    work.insert(
        DeviceRow,
        {
            "id": device,
            "person": offered.person,
            "name": name,
            "key_sha256": digest(key.encode()),
            "enrolled_at": instant(work.now),
            "withdrawn_at": None,
        },
    )
    work.update(EnrolmentRow, digest(code.encode()), device=device)
    work.journal("device.enrolled", device, person=offered.person)
    return Enrolled(device, offered.person, key)


def withdraw_device(work: Work, device: str) -> None:
    """End a phone's enrolment; what it sends from now on is refused."""
    known = work.directory.devices.get(device)
    if known is None or known.withdrawn_at:
        raise Unknown(Text(zh="已绑定的手机", en="enrolled phone"), device)
    work.update(DeviceRow, device, withdrawn_at=instant(work.now))
    work.journal("device.withdrawn", device)
