"""Founding a whole chain at once, from a company's own lists of places, people and scan points.

Entering them one by one makes the directory be read again each time; a chain of 70 stations with
all its people takes a blink this way.
"""

import secrets
from collections.abc import Iterable, Iterator, Sequence

from domain.canonical import instant
from domain.organisation import Directory, Person, Place, ScanPoint
from domain.point_kinds import POINT_KINDS
from domain.procedures.organisation import ABOVE
from domain.procedures.points import TOKEN_BYTES
from domain.procedures.refusals import Unfit
from domain.register.statements import Values
from domain.register.tables import CodeRow, PersonRow, PlaceRow, RoleRow, ScanPointRow
from domain.register.work import Work
from domain.storable import is_one_line
from domain.text import Text


def found_chain(
    work: Work, places: Sequence[Place], people: Sequence[Person], points: Sequence[ScanPoint]
) -> None:
    """Enter places, their people and their scan points, and issue a code for every point.

    One entry per place covers it, whoever has a first role there, and its points, so that a place
    can be followed in the journal from its first day.

    Args:
        places: New ones, each after the one that it hangs below.
        people: New ones, with a first role at one of these places.
        points: New ones, at these stations; their tokens are not read.

    Raises:
        Unfit: An id is taken, or something hangs where it cannot; nothing is entered.
    """
    _check_places(places, work.directory)
    _check_people(people, places, work.directory)
    _check_points(points, places, work.directory)
    now = instant(work.now)
    for place in places:
        here = [person for person in people if person.roles[0].place == place.id]
        held = [point for point in points if point.station == place.id]
        work.insert(PlaceRow, _place_row(place))
        work.insert(PersonRow, *({"id": each.id, "name": each.name} for each in here))
        work.insert(RoleRow, *_role_rows(here, now))
        work.insert(ScanPointRow, *map(_point_row, held))
        work.insert(CodeRow, *(_code_row(point, now) for point in held))
        work.journal("place.founded", place.id, people=len(here), points=len(held))


def _check_places(places: Sequence[Place], directory: Directory) -> None:
    known = dict(directory.places)
    for place in places:
        above = known.get(place.parent or "")
        _only_if(place.id not in known and place.id.replace("-", "").isalnum(), place.id)
        _only_if((above.kind if above else None) in ABOVE[place.kind], place.id)
        _only_if(_is_name(place.name.zh) and is_one_line(place.name.en), place.id)
        _only_if(place.path == f"{above.path if above else '/'}{place.id}/", place.id)
        known[place.id] = place


def _check_people(people: Sequence[Person], places: Sequence[Place], directory: Directory) -> None:
    new = {place.id for place in places}
    taken = set(directory.people)
    for person in people:
        homes = [role.place for role in person.roles]
        _only_if(person.id not in taken and _is_name(person.name), person.id)
        _only_if(bool(homes) and homes[0] in new, person.id)
        _only_if(all(home in new or home in directory.places for home in homes), person.id)
        taken.add(person.id)


def _check_points(
    points: Sequence[ScanPoint], places: Sequence[Place], directory: Directory
) -> None:
    stations = {place.id for place in places if place.kind == "station"}
    taken = set(directory.points)
    for point in points:
        _only_if(point.id not in taken and point.kind in POINT_KINDS, point.id)
        _only_if(point.station in stations and _is_name(point.name.zh), point.id)
        taken.add(point.id)


def _is_name(name: str) -> bool:
    return bool(name.strip()) and is_one_line(name)


def _only_if(fits: bool, named: str) -> None:
    if not fits:
        raise Unfit(
            Text(
                zh=f"“{named:.40}”的编号已被占用，或名称、类型、上级不对。",
                en=f'"{named:.40}": the id is taken, or its name, kind or place is wrong.',
            ),
            remedy=Text(
                zh="请改正名单后重新导入；本次没有写入任何内容。",
                en="Correct the list and enter it again; nothing of it was stored.",
            ),
        )


def _place_row(place: Place) -> Values:
    return {
        "id": place.id,
        "kind": place.kind,
        "name_zh": place.name.zh,
        "name_en": place.name.en,
        "parent": place.parent,
        "path": place.path,
        "stars": place.stars,
    }


def _role_rows(people: Iterable[Person], now: str) -> Iterator[Values]:
    for person in people:
        for role in dict.fromkeys(person.roles):
            yield {
                "person": person.id,
                "name": role.name,
                "place": role.place,
                "since": now,
                "until": None,
            }


def _point_row(point: ScanPoint) -> Values:
    return {
        "id": point.id,
        "station": point.station,
        "kind": point.kind,
        "name_zh": point.name.zh,
        "name_en": point.name.en,
    }


def _code_row(point: ScanPoint, now: str) -> Values:
    return {
        "token": secrets.token_urlsafe(TOKEN_BYTES),
        "point": point.id,
        "issued_at": now,
        "withdrawn_at": None,
    }
