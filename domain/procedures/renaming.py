"""Correcting names: a slip of the pen on the first day would be on every label and export."""

from domain.procedures.naming import tidy, tidy_text
from domain.procedures.refusals import Unknown
from domain.register.tables import PersonRow, PlaceRow, ScanPointRow
from domain.register.work import Work
from domain.text import Text


def rename_place(work: Work, place: str, name: Text) -> None:
    """Call a company, unit, area or station otherwise. What was printed keeps the old name."""
    if place not in work.directory.places:
        raise Unknown(Text(zh="单位", en="place"), place)
    name = tidy_text(name)
    work.update(PlaceRow, place, name_zh=name.zh, name_en=name.en)
    work.journal("place.renamed", place)


def rename_person(work: Work, person: str, name: str) -> None:
    """Call a person otherwise; the journal keeps what they were called when they did things."""
    if person not in work.directory.people:
        raise Unknown(Text(zh="人员", en="person"), person)
    work.update(PersonRow, person, name=tidy(name))
    work.journal("person.renamed", person)


def rename_point(work: Work, point: str, name: Text) -> None:
    """Call a scan point otherwise; its code stays the same."""
    if point not in work.directory.points:
        raise Unknown(Text(zh="点位", en="scan point"), point)
    name = tidy_text(name)
    work.update(ScanPointRow, point, name_zh=name.zh, name_en=name.en)
    work.journal("point.renamed", point)
