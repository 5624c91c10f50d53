"""Checking a set of rulebook files: each by itself, against its worked cases, against the others.

A file's name says what it holds: an edition, worked cases, a calendar, working days, limits of
signs of presence.

Everything wrong is found in one go, because the people who write these files would rather mend ten
lines than run the check ten times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal

from domain.calendar import Calendar
from domain.calendar_file import calendars_together, read_calendar
from domain.cases import CaseFile, failing_cases
from domain.contradictions import contradictions, empty_texts
from domain.loading import Document, Problem, read_as, read_document
from domain.rulebook import Edition
from domain.shape import Slip
from domain.signs import Limits
from domain.slips import twice
from domain.text import Text
from domain.working_days import YearFile, YearOfDays, year_slips

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CASES = "cases.yaml"
"""The name of the file of worked cases in a rulebook's folder."""
CALENDAR = "calendar"
"""What the name of a calendar's file begins with: `calendar.yaml`, `calendar-2027.yaml`."""
YEARS = "working_days.yaml"
"""The name of a file of working days."""

LIMITS = "presence.yaml"
"""The name of a file of limits, from which on something is a sign that asks for a look."""

Sort = Literal["edition", "cases", "calendar", "years", "limits"]


def sort_of(name: str) -> Sort:
    """What a file of this name holds."""
    file = PurePath(name)
    if file.name == CASES:
        return "cases"
    if file.name == YEARS:
        return "years"
    if file.name == LIMITS:
        return "limits"
    if file.stem == CALENDAR or file.stem.startswith(f"{CALENDAR}-"):
        return "calendar"
    return "edition"


@dataclass
class Shelf:
    """What a set of files holds: what is right of it, how many worked cases, all problems."""

    editions: list[Edition] = field(default_factory=list)
    calendars: list[Calendar] = field(default_factory=list)
    years: dict[int, YearOfDays] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    cases: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_shelf(files: Mapping[str, bytes]) -> Shelf:
    """All files, by name, read and checked: each by itself, then against each other.

    Args:
        files: Content by file name, which says what it holds (`sort_of`).
    """
    shelf = Shelf()
    documents = {name: read_document(name, raw) for name, raw in files.items()}
    held = [
        (document, _edition(document)) for document in documents.values() if _is_edition(document)
    ]
    sound = [(document, edition) for document, edition in held if edition]
    _compare(sound)
    shelf.editions = [edition for document, edition in sound if not document.problems]
    broken = {PurePath(document.file).parent for document, _ in held if document.problems}
    for document in documents.values():
        if sort_of(document.file) == "cases":
            folder_is_whole = PurePath(document.file).parent not in broken
            shelf.cases += _run_cases(document, shelf.editions, folder_is_whole)
    _take_calendars(shelf, list(documents.values()))
    _take_limits(shelf, documents.values())
    shelf.problems = [one for document in documents.values() for one in document.problems]
    shelf.problems.sort(key=lambda one: (one.file, one.line))
    return shelf


def _is_edition(document: Document) -> bool:
    return sort_of(document.file) == "edition"


def _edition(document: Document) -> Edition | None:
    edition = read_as(document, Edition)
    if edition:
        for slip in contradictions(edition):
            document.report(slip)
    return edition


def _run_cases(document: Document, editions: Iterable[Edition], folder_is_whole: bool) -> int:
    case_file = read_as(document, CaseFile)
    if not case_file:
        return 0
    for slip in empty_texts(case_file):
        document.report(slip)
    for slip in failing_cases(case_file, list(editions), folder_is_whole=folder_is_whole):
        document.report(slip)
    return len(case_file.cases)


def _take_calendars(shelf: Shelf, documents: list[Document]) -> None:
    """Read calendars and year files onto the shelf, those that are right."""
    read = [
        (document, read_calendar(document))
        for document in documents
        if sort_of(document.file) == "calendar"
    ]
    sound = [(document, calendar) for document, calendar in read if calendar]
    _compare(sound)
    for slip_of, slip in calendars_together(sound, _rulebooks_named(documents)):
        slip_of.report(slip)
    shelf.calendars = [calendar for document, calendar in sound if not document.problems]
    for document in documents:
        if sort_of(document.file) == "years" and (file := read_as(document, YearFile)):
            for slip in [*empty_texts(file), *year_slips(file)]:
                document.report(slip)
            if not document.problems:
                shelf.years |= {int(year): days for year, days in file.years.items()}


def _take_limits(shelf: Shelf, documents: Iterable[Document]) -> None:
    first: Document | None = None
    for document in documents:
        if sort_of(document.file) == "limits" and (limits := read_as(document, Limits)):
            if first:
                document.report(twice((), LIMITS, first.file))
            first, shelf.limits = document, limits


def _rulebooks_named(documents: list[Document]) -> frozenset[str]:
    """Ids of all rulebooks, those with a slip included: one slip is one problem."""
    values = [one.value for one in documents if _is_edition(one)]
    return frozenset(str(one.get("id")) for one in values if isinstance(one, dict))


def _compare(held: Sequence[tuple[Document, Edition | Calendar]]) -> None:
    """Report editions given twice, and editions of one id in force on the same day."""
    for n, (document, edition) in enumerate(held):
        for earlier_document, earlier in held[:n]:
            if edition.id != earlier.id:
                continue
            if edition.edition == earlier.edition:
                document.report(twice(("edition",), edition.edition, earlier_document.file))
            elif _overlap(edition, earlier):
                document.report(_both_in_force(edition, earlier))


def _overlap(one: Edition | Calendar, other: Edition | Calendar) -> bool:
    return one.in_force.holds_on(other.in_force.first) or other.in_force.holds_on(
        one.in_force.first
    )


def _both_in_force(edition: Edition | Calendar, earlier: Edition | Calendar) -> Slip:
    return Slip(
        ("in_force",),
        Text(
            zh=f"{edition.edition} 版与 {earlier.edition} 版的适用日期重叠。",
            en=f"Editions {edition.edition} and {earlier.edition} are in force on the same days.",
        ),
        Text(
            zh="请给较早的一版写上 to（新版起始日的前一天）。",
            en="Give the older one a last day (to), the day before the newer one begins.",
        ),
    )
