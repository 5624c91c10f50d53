"""What speaks for somebody having been there: recorded with each submission, never guessed later.

The grade is evidence, not a verdict, and costs nobody a point. Source: facts W1, W2 (ours in
the grading).
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from domain.submission import Submission

Grade = Literal["strong", "fair", "weak", "none"]
Network = Literal["local", "outside", "console"]
CLOCK_TOLERANCE_S = 300


class Arrival(msgspec.Struct, frozen=True):
    """How a form came in: from which address, and when by this node's clock."""

    address: str
    at: datetime


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


def presence(form: Submission, arrival: Arrival | None, *, enrolled: bool) -> Presence:
    """Weigh what a form and its way in say about being there.

    Args:
        arrival: None for a form entered at the console.
        enrolled: Whether an enrolled phone sent it.
    """
    network = _network(arrival.address) if arrival else "console"
    off = int((form.submitted_at - arrival.at).total_seconds()) if arrival else 0
    scanned = form.token is not None
    signs = (network == "local", enrolled, scanned, abs(off) <= CLOCK_TOLERANCE_S)
    return Presence(
        grade="none" if network == "console" else _grade(sum(signs)),
        network=network,
        address=arrival.address if arrival else "",
        enrolled=enrolled,
        scanned=scanned,
        spent_s=int((form.submitted_at - form.started_at).total_seconds()),
        clock_off_s=off,
        pictures=len(form.evidence),
        page=form.page or "",
        after=form.after,
    )


@lru_cache(maxsize=1024)
def _network(address: str) -> Network:
    try:
        return "local" if ip_address(address).is_private else "outside"
    except ValueError:
        return "outside"


def _grade(signs: int) -> Grade:
    return "strong" if signs == 4 else "fair" if signs == 3 else "weak"
