"""Answers which submissions are worth a look, with the reasons, and a figure per inspector."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import timedelta
from statistics import median

from sqlalchemy.engine import Connection

from domain.canonical import instant
from domain.presence import Presence
from domain.register.past_sheets import stations_in_sight
from domain.register.queries import Asker
from domain.register.worth_traces import midnight, traces_between
from domain.signs import TITLES, Doubt, Limits
from domain.traces import History, Trace
from domain.windows import Span
from domain.worth import USUAL, doubts
from domain.worth_views import InspectorLine, WorthBoard, WorthLine

BEFORE = timedelta(days=7)
"""A submission is judged beside what came so long before the span: copies, clocks, copied keys."""
NO_DOUBT = Doubt(0, ())


def worth_board(
    connection: Connection,
    asker: Asker,
    span: Span,
    place: str | None = None,
    person: str | None = None,
    *,
    limits: Limits = USUAL,
) -> WorthBoard:
    """What was received in a span and is worth a look, and what that makes for each inspector.

    Days are days in China by this node's clock. All that is in sight is weighed together, so a
    place or a person narrows what is shown and never why.

    Args:
        place: Only from stations at or below it.
        person: Only of this sender.
    """
    within = stations_in_sight(asker, None)
    known = traces_between(connection, asker, span.first - BEFORE, span.last, within)
    found = doubts(History(known), limits)
    shown = stations_in_sight(asker, place)
    begins = midnight(span.first)
    asked = [
        one
        for one in known
        if one.received_at >= begins
        and one.by_phone
        and (shown is None or one.station in shown)
        and (person is None or one.person == person)
    ]
    doubtful = [one for one in asked if found.get(one.number, NO_DOUBT).worth_a_look]
    lines = [_line(one, found[one.number], asker) for one in doubtful]
    lines.sort(key=lambda one: (-one.rank, -one.number))
    inspectors = tuple(_inspectors(asked, found, asker))
    return WorthBoard(span.first, span.last, len(asked), tuple(lines), inspectors)


def _line(one: Trace, doubt: Doubt, asker: Asker) -> WorthLine:
    directory = asker.directory
    point = directory.points.get(one.point or "")
    return WorthLine(
        number=one.number,
        station=one.station,
        station_name=directory.station_name(one.station),
        person=one.person,
        person_name=directory.person_name(one.person),
        point_name=point.name if point else None,
        kind=one.kind,
        submitted_at=instant(one.submitted_at),
        grade=one.presence.grade,
        proven=one.presence.proved_at is not None,
        rank=doubt.weight,
        signs=doubt.signs,
    )


def _inspectors(
    asked: Iterable[Trace], found: dict[int, Doubt], asker: Asker
) -> list[InspectorLine]:
    by_person: dict[str | None, list[Trace]] = defaultdict(list)
    for one in asked:
        by_person[one.person].append(one)
    lines = [_inspector(who, sent, found, asker) for who, sent in by_person.items()]
    return sorted(lines, key=lambda one: (-one.share, -one.submissions, one.name))


def _inspector(
    person: str | None, sent: list[Trace], found: dict[int, Doubt], asker: Asker
) -> InspectorLine:
    doubtful = [d for one in sent if (d := found.get(one.number, NO_DOUBT)).worth_a_look]
    kinds = Counter(sign.kind for doubt in doubtful for sign in doubt.signs)
    paces = [one.spent.total_seconds() / one.entries for one in sent if one.entries]
    return InspectorLine(
        person=person,
        name=asker.directory.person_name(person),
        submissions=len(sent),
        worth_a_look=len(doubtful),
        present=sum(_is_present(one.presence) for one in sent),
        proven=sum(one.presence.proved_at is not None for one in sent),
        seconds_per_entry=round(median(paces), 1) if paces else None,
        reason=TITLES[kinds.most_common(1)[0][0]] if kinds else None,
    )


def _is_present(presence: Presence) -> bool:
    return presence.grade == "strong" or presence.proved_at is not None
