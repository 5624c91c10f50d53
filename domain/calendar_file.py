"""From the YAML of a calendar to a `Calendar`: readings put in, contradictions found.

An obligation may say `{reading: ID}` instead of a value; the value is then what the reading says.
So a reading is changed in one place, and changes exactly the obligations that refer to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.calendar import Calendar
from domain.calendar_contradictions import calendar_contradictions
from domain.loading import read_as
from domain.shape import Place, Slip
from domain.slips import twice
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from domain.loading import Document

REFERENCE = "reading"


class _Used(NamedTuple):
    """Where a reading stands, and where it is put in."""

    at: Place
    into: Place


def read_calendar(document: Document) -> Calendar | None:
    """The calendar of a document, or None with all slips among the document's problems."""
    if document.problems:
        return None
    used = _put_readings_in(document)
    if document.problems:
        return None
    calendar = read_as(document, Calendar)
    if calendar:
        for slip in calendar_contradictions(calendar):
            document.report(_where_it_is_written(slip, used))
        for slip in _unused(calendar, used):
            document.report(slip)
    return calendar if calendar and not document.problems else None


def calendars_together(
    held: Sequence[tuple[Document, Calendar]], rulebooks: frozenset[str]
) -> Iterator[tuple[Document, Slip]]:
    """What calendars cannot mean beside each other and beside the rulebooks, with its document.

    Args:
        rulebooks: Ids of all rulebooks; where there are none at all, nothing is said about them.
    """
    for n, (document, calendar) in enumerate(held):
        for m, one in enumerate(calendar.obligations):
            place: Place = ("obligations", m)
            for k, named in enumerate(one.rulebooks):
                if rulebooks and named not in rulebooks:
                    yield document, _unknown_rulebook(named, (*place, "rulebooks", k), rulebooks)
            for earlier_document, earlier in held[:n]:
                if earlier.id != calendar.id and earlier.obligation(one.id):
                    yield document, twice((*place, "id"), one.id, earlier_document.file)


def _put_readings_in(document: Document) -> list[_Used]:
    """Replace each reference by the value of its reading; lines point to the reading then."""
    top = document.value
    if not isinstance(top, dict):
        return []
    known = _readings(top.get("readings"))
    used: list[_Used] = []

    def put_in(value: object, place: Place) -> object:
        if isinstance(value, list):
            return [put_in(one, (*place, n)) for n, one in enumerate(value)]
        if not isinstance(value, dict):
            return value
        if set(value) != {REFERENCE}:
            return {key: put_in(one, (*place, key)) for key, one in value.items()}
        named = value[REFERENCE]
        if not isinstance(named, str) or named not in known:
            document.report(_unknown_reading(str(named), place, known))
            return value
        at, read = known[named]
        if read is None:
            return value
        used.append(_Used(at, place))
        document.lines[place] = document.line(at)
        return read

    document.value = top | {"obligations": put_in(top.get("obligations"), ("obligations",))}
    if "obligations" not in top:
        document.value = top
    return used


def _readings(written: object) -> dict[str, tuple[Place, object]]:
    """Where each reading's value stands, and the value; None where it has none."""
    found: dict[str, tuple[Place, object]] = {}
    for n, one in enumerate(written if isinstance(written, list) else []):
        if isinstance(one, dict) and isinstance(named := one.get("id"), str):
            found[named] = (("readings", n, "read"), one.get("read"))
    return found


def _where_it_is_written(slip: Slip, used: list[_Used]) -> Slip:
    """A slip in a value that a reading gave, at the reading."""
    for at, into in used:
        if slip.place[: len(into)] == into:
            return Slip((*at, *slip.place[len(into) :]), slip.reason, slip.remedy)
    return slip


def _unused(calendar: Calendar, used: list[_Used]) -> list[Slip]:
    """Readings that change nothing: whoever changes one must not believe that it did."""
    in_use = {at for at, _ in used}
    return [
        Slip(
            ("readings", n, "id"),
            Text(
                zh=f"读法“{one.id:.40}”没有任何任务引用。",
                en=f'No obligation refers to the reading "{one.id:.40}".',
            ),
            Text(
                zh=f"请在它决定的地方写 {{reading: {one.id}}}，或删去它。",
                en=f"Write {{reading: {one.id}}} where it decides something, or remove it.",
            ),
        )
        for n, one in enumerate(calendar.readings)
        if ("readings", n, "read") not in in_use
    ]


def _unknown_rulebook(named: str, place: Place, known: frozenset[str]) -> Slip:
    names = ", ".join(sorted(known))
    return Slip(
        place,
        Text(zh=f"没有名为“{named:.80}”的检查细则。", en=f'There is no rulebook "{named:.80}".'),
        Text(zh=f"可用的有：{names}。", en=f"These are known: {names}."),
    )


def _unknown_reading(named: str, place: Place, known: Iterable[str]) -> Slip:
    names = ", ".join(known) or "-"
    return Slip(
        place,
        Text(zh=f"没有名为“{named:.40}”的读法。", en=f'There is no reading "{named:.40}".'),
        Text(
            zh=f"请写进 readings，或用已有的：{names}。",
            en=f"Add it under readings, or use one of: {names}.",
        ),
    )
