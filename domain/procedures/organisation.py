"""Building the organisation: naming the node, places, people, roles."""

from collections.abc import Iterable

from domain.canonical import instant
from domain.organisation import PlaceKind, Role, RoleName
from domain.procedures.naming import tidy, tidy_text
from domain.procedures.refusals import Unfit, Unknown
from domain.register.roles import held_since
from domain.register.tables import NodeRow, PersonRow, PlaceRow, RoleRow
from domain.register.work import Work
from domain.text import Text

ABOVE: dict[PlaceKind, tuple[PlaceKind | None, ...]] = {
    "company": (None,),
    "unit": ("company",),
    "area": ("unit",),
    "station": ("area", "unit"),
}
"""Which kinds of place a kind may hang below; None is the root."""


def name_node(work: Work, node: str, name: Text) -> None:
    """Give this register the name that exports and labels show."""
    name = tidy_text(name)
    work.update(NodeRow, node, name_zh=name.zh, name_en=name.en)
    work.journal("node.named", node)


def add_place(
    work: Work, place: str, kind: PlaceKind, name: Text, parent: str | None = None, stars: int = 0
) -> None:
    """Hang a place into the tree.

    Args:
        place: Its id: letters, digits and hyphens, never reused.
        stars: Star rating of a station, 0 to 5.
    """
    name, places = tidy_text(name), work.directory.places
    above = places.get(parent or "")
    if place in places or not place.replace("-", "").isalnum():
        raise _unfit(
            Text(
                zh=f"编号“{place:.40}”已存在或不合规", en=f'The id "{place:.40}" is taken or unfit'
            )
        )
    if (above.kind if above else None) not in ABOVE[kind]:
        raise _unfit(Text(zh="上级单位的层级不对", en="It cannot hang below that place"))
    work.insert(
        PlaceRow,
        {
            "id": place,
            "kind": kind,
            "name_zh": name.zh,
            "name_en": name.en,
            "parent": parent,
            "path": f"{above.path if above else '/'}{place}/",
            "stars": stars,
        },
    )
    work.journal("place.added", place)


def add_person(work: Work, person: str, name: str, roles: Iterable[Role]) -> None:
    """Enter a person with the roles held from now on; a role named twice is held once."""
    if person in work.directory.people:
        raise _unfit(Text(zh=f"人员“{person:.40}”已存在", en=f'"{person:.40}" is taken'))
    work.insert(PersonRow, {"id": person, "name": tidy(name)})
    for role in dict.fromkeys(roles):
        _insert_role(work, person, role)
    work.journal("person.added", person)


def give_role(work: Work, person: str, role: Role) -> None:
    """Give a person a further role. Safe to repeat: one that is held already changes nothing."""
    known = work.directory.people.get(person)
    if known is None:
        raise Unknown(Text(zh="人员", en="person"), person)
    if role in known.roles:
        return
    _insert_role(work, person, role)
    work.journal("person.appointed", person)


def end_role(work: Work, person: str, role: Role) -> None:
    """Take a role from a person, from now on. What was done in it stays done. Safe to repeat.

    Whoever else holds the post, or gets it, has its duties; with nobody it is vacant.
    """
    if person not in work.directory.people:
        raise Unknown(Text(zh="人员", en="person"), person)
    held = held_since(work.connection, person, role)
    for since in held:
        work.update(RoleRow, (person, role.name, role.place, since), until=instant(work.now))
    if held:
        work.journal("person.relieved", person)


def hand_on(work: Work, person: str, role: Role, to: str | None) -> None:
    """End a role, and give it to somebody else in the same moment: its duties pass on with it.

    Args:
        to: Who has it from now on; None leaves it to whoever else holds it, or vacant.

    Raises:
        Unknown: One of them is not on record.
        Unfit: Both are the same person, or the first one does not hold the role.
    """
    known = work.directory.people.get(person)
    if known is None:
        raise Unknown(Text(zh="人员", en="person"), person)
    if person == to or role not in known.roles:
        raise _unfit(
            Text(
                zh="交接双方不能是同一人，且交出的人须在岗",
                en="A post passes from whoever holds it to somebody else",
            )
        )
    if to is not None:
        give_role(work, to, role)
    end_role(work, person, role)


def role_names() -> tuple[RoleName, ...]:
    """All roles, the highest first."""
    return ("company_staff", "unit_staff", "area_manager", "station_manager", "staff")


def _insert_role(work: Work, person: str, role: Role) -> None:
    if role.place not in work.directory.places:
        raise Unknown(Text(zh="单位", en="place"), role.place)
    work.insert(
        RoleRow,
        {
            "person": person,
            "name": role.name,
            "place": role.place,
            "since": instant(work.now),
            "until": None,
        },
    )


def _unfit(reason: Text) -> Unfit:
    return Unfit(
        Text(zh=f"{reason.zh}。", en=f"{reason.en}."),
        remedy=Text(zh="请修改后重试。", en="Change it and try again."),
    )
