"""Checking a set of rulebook files: each by itself, against its worked cases, against the others.

Everything wrong is found in one go, because the people who write these files would rather mend ten
lines than run the check ten times.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from domain.cases import CaseFile, failing_cases
from domain.contradictions import contradictions, empty_texts
from domain.loading import Document, Problem, read_as, read_document
from domain.rulebook import Edition
from domain.shape import Slip
from domain.slips import twice
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

CASES = "cases.yaml"
"""The name of the file of worked cases in a rulebook's folder."""


@dataclass
class Shelf:
    """What a set of files holds: editions that are right, how many worked cases, all problems."""

    editions: list[Edition] = field(default_factory=list)
    cases: int = 0
    problems: list[Problem] = field(default_factory=list)


def check_shelf(files: Mapping[str, bytes]) -> Shelf:
    """All files, by name, read and checked: each by itself, then against each other.

    Args:
        files: Content by file name; those named `cases.yaml` hold worked cases.
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
        if not _is_edition(document):
            folder_is_whole = PurePath(document.file).parent not in broken
            shelf.cases += _run_cases(document, shelf.editions, folder_is_whole)
    shelf.problems = [one for document in documents.values() for one in document.problems]
    shelf.problems.sort(key=lambda one: (one.file, one.line))
    return shelf


def _is_edition(document: Document) -> bool:
    return PurePath(document.file).name != CASES


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


def _compare(held: list[tuple[Document, Edition]]) -> None:
    """Report editions given twice, and editions of one rulebook in force on the same day."""
    for n, (document, edition) in enumerate(held):
        for earlier_document, earlier in held[:n]:
            if edition.id != earlier.id:
                continue
            if edition.edition == earlier.edition:
                document.report(twice(("edition",), edition.edition, earlier_document.file))
            elif _overlap(edition, earlier):
                document.report(_both_in_force(edition, earlier))


def _overlap(one: Edition, other: Edition) -> bool:
    return one.in_force.holds_on(other.in_force.first) or other.in_force.holds_on(
        one.in_force.first
    )


def _both_in_force(edition: Edition, earlier: Edition) -> Slip:
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
