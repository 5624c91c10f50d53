"""Answers which submissions of a span are worth a look, and what each inspector's are like."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from sqlalchemy.engine import Connection

from domain.canonical import instant
from domain.looks import MOST, Look
from domain.presence import Grade
from domain.register.looks import newest_looks
from domain.register.past_sheets import stations_in_sight
from domain.register.queries import Asker
from domain.register.traces import midnight, traces_of
from domain.signs import Doubt, Sign, SignKind
from domain.traces import A_WALK, History, Trace
from domain.windows import Span
from domain.worth import doubts
from domain.worth_views import InspectorLine, WorthBoard, WorthLine

GRADES: list[Grade] = ["none", "weak", "fair", "strong", "proven"]


def worth_board(
    connection: Connection,
    asker: Asker,
    span: Span,
    place: str | None = None,
    person: str | None = None,
) -> WorthBoard:
    """What is worth a look among the submissions in sight of a span, the heaviest first.

    Days are those on which this node received them. All that is in sight is weighed together: a
    place or a person narrows what is shown, and never why it is.
    """
    history = History(traces_of(connection, asker, span))
    found = doubts(history, asker.rulebooks.limits)
    begins, within = midnight(span.first), stations_in_sight(asker, place)
    scans = [
        one
        for one in history.scans
        if one.received_at >= begins
        and (within is None or one.station in within)
        and person in (None, one.person)
    ]
    worth = [one for one in scans if one.number in found and found[one.number].worth_a_look]
    looks = newest_looks(connection, [one.number for one in worth])
    lines = [_line(walk, found, looks, asker) for walk in _walks(worth)]
    lines.sort(key=lambda one: (one.look is not None, -one.weight, -one.numbers[-1]))
    return WorthBoard(
        first=span.first,
        last=span.last,
        sent=len(scans),
        lines=tuple(lines),
        inspectors=tuple(_inspectors(scans, lines, asker)),
    )


def _walks(worth: Iterable[Trace]) -> Iterator[list[Trace]]:
    """What one person sent from one station in one go: it is looked at together."""
    ordered = sorted(worth, key=lambda one: (one.person or "", one.station, one.started_at))
    walk: list[Trace] = []
    for one in ordered:
        if walk and (
            (one.person, one.station, one.rulebook)
            != (walk[-1].person, walk[-1].station, walk[-1].rulebook)
            or one.started_at - walk[-1].started_at > A_WALK
            or len(walk) == MOST
        ):
            yield walk
            walk = []
        walk.append(one)
    if walk:
        yield walk


def _line(
    walk: Sequence[Trace], found: dict[int, Doubt], looks: dict[int, Look], asker: Asker
) -> WorthLine:
    directory, first, last = asker.directory, walk[0], walk[-1]
    had = [looks.get(one.number) for one in walk]
    signs: dict[str, Sign] = {}
    for sign in sorted((sign for one in walk for sign in found[one.number].signs), key=_lightest):
        signs[sign.kind] = sign
    points = (directory.points.get(one.point or "") for one in walk)
    return WorthLine(
        numbers=tuple(one.number for one in walk),
        station=first.station,
        station_name=directory.station_name(first.station),
        person=first.person,
        name=directory.person_name(first.person),
        points=tuple(point.name for point in points if point),
        kind=first.kind,
        title=asker.rulebooks.editions(first.rulebook)[-1].title,
        started_at=instant(first.started_at),
        submitted_at=instant(last.submitted_at),
        grade=min((one.presence.grade for one in walk), key=GRADES.index),
        weight=max(found[one.number].weight for one in walk),
        signs=tuple(sorted(signs.values(), key=_lightest, reverse=True)),
        look=max((one for one in had if one), key=lambda one: one.at) if all(had) else None,
    )


def _lightest(sign: Sign) -> int:
    return sign.weight


def _inspectors(
    scans: Iterable[Trace], lines: Iterable[WorthLine], asker: Asker
) -> Sequence[InspectorLine]:
    sent: dict[str | None, list[Trace]] = defaultdict(list)
    worth: dict[str | None, list[WorthLine]] = defaultdict(list)
    for one in scans:
        sent[one.person].append(one)
    for line in lines:
        worth[line.person].append(line)
    found = [_inspector(person, own, worth[person], asker) for person, own in sent.items()]
    return sorted(found, key=lambda one: (-one.worth, -one.percent, one.name))


def _inspector(
    person: str | None, sent: Sequence[Trace], worth: Sequence[WorthLine], asker: Asker
) -> InspectorLine:
    timed = [one.spent.total_seconds() / one.entries for one in sent if one.entries]
    kinds: Counter[SignKind] = Counter(sign.kind for line in worth for sign in line.signs)
    return InspectorLine(
        person=person,
        name=asker.directory.person_name(person),
        sent=len(sent),
        worth=sum(len(line.numbers) for line in worth),
        looked_at=sum(len(line.numbers) for line in worth if line.look),
        doubtful=sum(
            len(line.numbers) for line in worth if line.look and line.look.verdict == "doubtful"
        ),
        firm=sum(_is_firm(one) for one in sent),
        entry_s=median(timed) if timed else None,
        most=kinds.most_common(1)[0][0] if kinds else None,
    )


def _is_firm(one: Trace) -> bool:
    return one.presence.grade == "strong" or one.presence.proved_at is not None
