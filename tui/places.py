"""Places and people as choices to search, by Chinese name, English name or id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.widgets.choose import Choice
from tui.words import PLACE_KINDS

if TYPE_CHECKING:
    from domain.organisation import Directory, Place, PlaceKind, Sight
    from domain.text import Lang

ALL_KINDS: tuple[PlaceKind, ...] = ("company", "unit", "area", "station")


def place_choices(
    directory: Directory, sight: Sight, lang: Lang, kinds: tuple[PlaceKind, ...] = ALL_KINDS
) -> list[Choice[str]]:
    """The places of these kinds that are in sight, in the order of the tree."""
    seen = (
        one
        for one in sorted(directory.places.values(), key=lambda one: one.path)
        if one.kind in kinds and any(map(sight.sees, directory.under(one.id)))
    )
    return [
        Choice(
            one.id,
            one.name.in_(lang),
            " · ".join(filter(None, (_kind(one, kinds, lang), above(directory, one, lang)))),
            f"{one.id} {one.name.zh} {one.name.en}",
        )
        for one in seen
    ]


def person_choices(directory: Directory, station: str, lang: Lang) -> list[Choice[str]]:
    """The people who see a station, those with the fewest stations first."""
    seen = [one for one in directory.people.values() if directory.sight(one.id).sees(station)]
    seen.sort(key=lambda one: (len(directory.sight(one.id).stations), one.name))
    return [
        Choice(one.id, one.name, _posts(directory, one.id, lang), f"{one.id} {one.name}")
        for one in seen
    ]


def _kind(place: Place, kinds: tuple[PlaceKind, ...], lang: Lang) -> str:
    """The kind of a place, where there is more than one to choose from."""
    return PLACE_KINDS[place.kind].in_(lang) if len(kinds) > 1 else ""


def above(directory: Directory, place: Place, lang: Lang) -> str:
    """The names above a place, the nearest first, the company left out."""
    names = []
    higher = directory.places.get(place.parent or "")
    while higher is not None and higher.kind != "company":
        names.append(higher.name.in_(lang))
        higher = directory.places.get(higher.parent or "")
    return " · ".join(names)


def _posts(directory: Directory, person: str, lang: Lang) -> str:
    places = (directory.places.get(role.place) for role in directory.people[person].roles)
    return " · ".join(one.name.in_(lang) for one in places if one)
