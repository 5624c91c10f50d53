"""What speaks for somebody having been there: recorded with each submission, never guessed later.

The grade is evidence, not a verdict, and costs nobody a point. Source: facts W1, W2 (ours in
the grading).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal

import msgspec

from domain.changing_code import SERVES, SPEAKS

if TYPE_CHECKING:
    from domain.submission import Submission

Grade = Literal["proven", "strong", "fair", "weak", "none"]
Network = Literal["local", "outside", "console"]
CLOCK_TOLERANCE_S = 300


class Arrival(msgspec.Struct, frozen=True):
    """How a form came in: from which address, and when by this node's clock.

    Attributes:
        proved_at: When the phone scanned the station's changing code, by a genuine proof.
    """

    address: str
    at: datetime
    proved_at: datetime | None = None


class Presence(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The evidence of one submission.

    Attributes:
        network: `local` for an address of the station's network, `console` for none at all.
        enrolled: Whether an enrolled phone sent it.
        scanned: Whether it names the code of the place.
        spent_s: Seconds between opening and sending the form, by the phone's clock.
        clock_off_s: Seconds that the phone's clock is ahead of this node's.
        pictures: Pictures and videos announced.
        page: Mark that the phone's page made for itself at first; a copied key has another.
        after: Number of the receipt that this page got last, by which its forms make a chain.
        proved_at: When this node's console showed the changing code that this phone then scanned.
        proof: `bad` where a proof came along that is not this phone's for this station and time.
    """

    grade: Grade
    network: Network
    address: str
    enrolled: bool
    scanned: bool
    spent_s: int
    clock_off_s: int
    pictures: int
    page: str = ""
    after: int | None = None
    proved_at: datetime | None = None
    proof: Literal["", "bad"] = ""


def presence(
    form: Submission, arrival: Arrival | None, *, enrolled: bool, scanned: bool
) -> Presence:
    """Weigh what a form and its way in say about being there.

    Args:
        arrival: None for a form entered at the console.
        enrolled: Whether an enrolled phone sent it.
        scanned: Whether it was begun at a scanned code; a team's was when it was opened.
    """
    network = _network(arrival.address) if arrival else "console"
    off = int((form.submitted_at - arrival.at).total_seconds()) if arrival else 0
    signs = (network == "local", enrolled, scanned, abs(off) <= CLOCK_TOLERANCE_S)
    proved_at = _proved_at(form, arrival)
    return Presence(
        grade="none" if network == "console" else _grade(sum(signs), proved=proved_at is not None),
        network=network,
        address=arrival.address if arrival else "",
        enrolled=enrolled,
        scanned=scanned,
        spent_s=int((form.submitted_at - form.started_at).total_seconds()),
        clock_off_s=off,
        pictures=len(form.evidence),
        page=form.page or "",
        after=form.after,
        proved_at=proved_at,
        proof="bad" if form.proof and proved_at is None else "",
    )


def _proved_at(form: Submission, arrival: Arrival | None) -> datetime | None:
    """The proof's moment, if it lies where it can speak for this form.

    That is from `SERVES` before the form was begun until it was finished, which is not more than
    `SPEAKS` later: by the phone's clock, hence the tolerance, and not by when the form came, which
    may be days later.
    """
    at = arrival.proved_at if arrival else None
    tolerance = timedelta(seconds=CLOCK_TOLERANCE_S)
    if at is None or form.submitted_at - at > SPEAKS + tolerance:
        return None
    in_time = form.started_at - SERVES - tolerance <= at <= form.submitted_at + tolerance
    return at if in_time else None


@lru_cache(maxsize=1024)
def _network(address: str) -> Network:
    try:
        return "local" if ip_address(address).is_private else "outside"
    except ValueError:
        return "outside"


def _grade(signs: int, *, proved: bool) -> Grade:
    if signs == 4:
        return "proven" if proved else "strong"
    return "fair" if signs == 3 else "weak"
