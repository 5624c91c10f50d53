"""Stations, staff and habits of the simulated chains: some to choose limits on, others to test."""

from __future__ import annotations

from typing import NamedTuple


class Layout(NamedTuple):
    """One small chain.

    Attributes:
        points: Scan points of a station.
        apart_s: Seconds that a usual walker takes from one point to the next, at least and most.
        demanded_s: Seconds between two points that the rulebook demands; 0 for none.
        entries: Criteria at the points, in turn.
        staff: People of each station who make rounds.
        hasty: Share of them who are honest and in a hurry; `slow` of those who take their time.
        finds: How likely a usual visit to a usual point finds something.
        clean: Share of stations where nothing is ever found.
        offline: Share of rounds without any network.
        mobile: Share of stations without a network of their own: all comes from outside.
        off_wifi: Share of rounds that come over mobile data although the station has a network.
        lost: Share of forms whose receipt reaches the phone minutes late.
        shared: Share of rounds that two people divide between them.
        along: Share of rounds on which a superior walks along and scans too.
        helps: Chance in a day that somebody makes another station's round as well.
        new_phone: Chance in a day that somebody gets a new phone; as often one clears its browser.
        clock_off: Share of phones whose clock is three minutes off.
        codes: Share of honest rounds that scan the console's changing code; 0 where it is not used.
    """

    name: str
    stations: int = 8
    points: int = 12
    apart_s: tuple[int, int] = (15, 45)
    demanded_s: int = 60
    entries: tuple[int, ...] = (3, 4, 2, 5)
    staff: int = 4
    days: int = 21
    hasty: float = 0.2
    slow: float = 0.2
    finds: float = 0.08
    clean: float = 0.15
    offline: float = 0.05
    mobile: float = 0.0
    off_wifi: float = 0.0
    lost: float = 0.01
    shared: float = 0.1
    along: float = 0.005
    helps: float = 0.02
    new_phone: float = 0.003
    clock_off: float = 0.1
    codes: float = 0.0


CHOSEN_ON = (
    Layout("town"),
    Layout("motorway", points=22, apart_s=(30, 120), entries=(4, 3, 6, 2, 3), staff=6, finds=0.05),
    Layout("village", points=6, apart_s=(8, 25), staff=2, hasty=0.4, clean=0.5, demanded_s=0),
    Layout("hills", points=10, offline=0.5, mobile=0.5, staff=3, clock_off=0.25, helps=0.05),
)
"""Layouts on which the limits were chosen."""
TESTED_ON = (
    Layout(
        "market", points=9, apart_s=(10, 35), entries=(2, 5, 3), staff=3, hasty=0.35, off_wifi=0.02
    ),
    Layout(
        "service area",
        points=30,
        apart_s=(20, 90),
        entries=(3, 3, 4, 7),
        staff=8,
        shared=0.3,
        along=0.01,
        finds=0.1,
    ),
    Layout(
        "islands",
        points=8,
        apart_s=(25, 80),
        lost=0.03,
        offline=0.7,
        mobile=0.3,
        staff=3,
        helps=0.08,
    ),
    Layout(
        "suburb",
        points=14,
        apart_s=(12, 50),
        demanded_s=0,
        staff=5,
        new_phone=0.01,
        finds=0.03,
        clean=0.4,
        clock_off=0.2,
        entries=(1, 2, 4),
    ),
)
"""Other layouts, on which recall and false alarms are measured."""
CODED_ON = tuple(one._replace(name=f"{one.name}, coded", codes=0.97) for one in TESTED_ON)
"""The same with the console's changing code in use; three rounds of a hundred forget it."""
