"""The code that changes on the console, and the proof that a phone gets for having scanned it.

A printed code can be photographed once and used for ever. This one names its station and a step
of time and bears a mac over both, so it is worth nothing a minute later. The proof binds what was
scanned to one phone and one station; its moment is this node's, whatever the phone's clock says.
Pure: the secret and the moment are handed in.
"""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote

from domain.canonical import canonical
from domain.refusals import Refusal
from domain.text import Text

STEP_S = 30
"""How long one code is shown."""
STEPS_TAKEN = 2
"""The step on show and those just before it that are taken too: at most 60 s from first shown."""
SERVES = timedelta(hours=2)
"""How long a proof goes with the forms of its station: a comprehensive inspection and its walk."""
SPEAKS = timedelta(hours=12)
"""How long after the scan such a form is finished at most: a day's work. Whoever begins a week's
forms on one visit has a proof for that day and for no other."""
MAC_BYTES = 9
"""72 bits: a guess is right once in 10^21, and a phone may guess some twenty times a minute."""
STEP_AT_MOST = 2**40


class Scanned(NamedTuple):
    """What a genuine code says."""

    station: str
    step: int


class NoSuchCode(Refusal):
    """No console of this data folder has shown that code."""

    code = "no-such-code"
    status = 404

    def __init__(self) -> None:
        super().__init__(
            Text(
                zh="这不是本系统控制台显示的在场码。",
                en="No console here has shown this code.",
            ),
            remedy=Text(
                zh="请在控制台打开“在场码”（F2），扫描屏幕上的码。",
                en="Open the presence code on the console (F2) and scan what the screen shows.",
            ),
            field="$.code",
        )


class CodeChanged(Refusal):
    """A genuine code that was shown too long ago."""

    code = "code-changed"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            Text(zh="这个在场码已经更换。", en="This code has changed."),
            remedy=Text(zh="请扫描屏幕上现在显示的码。", en="Scan the one on the screen now."),
            field="$.code",
        )


def step_at(moment: datetime) -> int:
    """The number of the step that a moment lies in, counted from 1970."""
    return int(moment.timestamp()) // STEP_S


def seconds_left(moment: datetime) -> int:
    """Whole seconds until the code changes, 1 to `STEP_S`."""
    return STEP_S - int(moment.timestamp()) % STEP_S


def code_of(secret: bytes, station: str, step: int) -> str:
    """The code of a station in a step."""
    return f"{station}.{step}.{_mac(secret, 'code', station, step)}"


def address_of(base_url: str, code: str) -> str:
    """What is shown to phones: where the receiver is, and the code."""
    return f"{base_url.rstrip('/')}/p/{quote(code)}"


def read_code(secret: bytes, code: str) -> Scanned:
    """What a code says, once its mac has been found right.

    Raises:
        NoSuchCode: It was made without the secret; said after the same work for every code.
    """
    station, _, rest = code.partition(".")
    step, _, mac = rest.partition(".")
    number = _number(step)
    if not _alike(_mac(secret, "code", station, number), mac) or number < 0:
        raise NoSuchCode
    return Scanned(station, number)


def check_age(scanned: Scanned, now: datetime) -> None:
    """Whether a code is on show or was the one before.

    Raises:
        CodeChanged: It was shown earlier, or is one that nobody can have seen yet.
    """
    if not 0 <= step_at(now) - scanned.step < STEPS_TAKEN:
        raise CodeChanged


def proof_of(secret: bytes, device: str, station: str, at: datetime) -> str:
    """What a phone keeps and sends with its forms: the second of the scan, and a mac."""
    second = int(at.timestamp())
    return f"{second}.{_mac(secret, 'proof', device, station, second)}"


def proved_at(secret: bytes, proof: str, device: str, station: str) -> datetime | None:
    """When this phone scanned the code of this station; None if the proof says no such thing."""
    second, _, mac = proof.partition(".")
    number = _number(second)
    if not _alike(_mac(secret, "proof", device, station, number), mac) or number < 0:
        return None
    return datetime.fromtimestamp(number, UTC)


def _mac(secret: bytes, *said: str | int) -> str:
    """A mac over values that cannot run into each other."""
    made = hmac.new(secret, canonical(said), sha256).digest()[:MAC_BYTES]
    return urlsafe_b64encode(made).decode()


def _alike(ours: str, theirs: str) -> bool:
    """Compare in a time that tells nothing about where they differ."""
    return hmac.compare_digest(ours.encode(), theirs.encode("utf-8", "replace"))


def _number(digits: str) -> int:
    """The number as this file writes it; -1 for every other spelling."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 13:
        return -1
    number = int(digits)
    return number if str(number) == digits and number < STEP_AT_MOST else -1
