"""What Points & phones can add: places, points and people, so that a new system is set up there."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from domain.organisation import Role
from domain.text import Text
from tui.screens.base import RegisterScreen
from tui.screens.points_dialogs import Field, Fields
from tui.screens.points_lines import EVERYTHING, PLACE_KINDS, ROLE_AT, ROLES, Listed
from tui.widgets.choose import Choice, Choose

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from domain.organisation import Person, Place, PlaceKind, RoleName
    from domain.text import Lang

V = TypeVar("V")

ABOVE: dict[PlaceKind, tuple[PlaceKind, ...]] = {
    "station": ("area", "unit"),
    "area": ("unit",),
    "unit": ("company",),
}
"""What can be added below what, the most usual first."""
ENGLISH = Text(zh="英文名", en="English name")
ADDED = Text(zh="已新增。", en="Added.")


class Spot(NamedTuple):
    """A place to be: what kind, and below which one."""

    kind: PlaceKind
    above: str


def new_id(letter: str) -> str:
    """An id that nobody has had."""
    return f"{letter}-{secrets.token_hex(4)}"


def named(values: dict[str, str], prefix: str = "") -> Text:
    """A name in both languages; without an English one, the Chinese stands for it."""
    zh = values[f"{prefix}zh"]
    return Text(zh=zh, en=values.get(f"{prefix}en") or zh)


class Adding(RegisterScreen[Listed]):
    """The part of the screen that adds."""

    @property
    def station(self) -> str:
        """The chosen station, or `EVERYTHING`."""
        raise NotImplementedError

    def action_add_place(self) -> None:
        """Add a place below another, or found the company if there is none."""
        places = self.register.directory.places
        if not places:
            self._found()
            return
        spots = [
            Choice(
                Spot(kind, place.id),
                f"{PLACE_KINDS[kind].in_(self.lang)} → {place.name.in_(self.lang)}",
                "",
                place.id,
            )
            for kind, kinds_above in ABOVE.items()
            for above in kinds_above
            for place in sorted(places.values(), key=lambda each: each.path)
            if place.kind == above
        ]
        self._choose(Text(zh="加什么，加在哪里？", en="What, and below what?"), spots, self._place)

    def _found(self) -> None:
        """A fresh system: company, unit and first station in one go."""
        fields = (
            Field("company_zh", Text(zh="公司名称", en="Company")),
            Field("unit_zh", Text(zh="所属单位（分公司）名称", en="Unit (branch)")),
            Field("station_zh", Text(zh="第一座加油站名称", en="First station")),
        )
        self._fill(Text(zh="建立组织", en="Found the organisation"), fields, self._founded)

    def _founded(self, values: dict[str, str]) -> None:
        from domain.organisation import Place
        from domain.procedures.chain import found_chain

        company, unit, station = new_id("c"), new_id("u"), new_id("s")
        places = (
            Place(company, "company", named(values, "company_"), f"/{company}/"),
            Place(unit, "unit", named(values, "unit_"), f"/{company}/{unit}/", company),
            Place(
                station,
                "station",
                named(values, "station_"),
                f"/{company}/{unit}/{station}/",
                unit,
            ),
        )
        self.carry_out(found_chain, places, (), (), done=ADDED)

    def _place(self, spot: Spot) -> None:
        from domain.procedures.organisation import add_place

        kind = PLACE_KINDS[spot.kind]
        title = Text(zh=f"新增{kind.zh}", en=f"Add: {kind.en}")
        fields = (Field("zh", Text(zh="名称", en="Name")), Field("en", ENGLISH, needed=False))

        def filled(values: dict[str, str]) -> None:
            place = new_id(spot.kind[0])
            self.carry_out(add_place, place, spot.kind, named(values), spot.above, done=ADDED)

        self._fill(title, fields, filled)

    def action_add_point(self) -> None:
        """Add a scan point at a station and issue its code."""
        from domain.point_kinds import POINT_KINDS

        def at(station: str) -> None:
            kinds = [
                Choice(kind, name.in_(self.lang), "", kind) for kind, name in POINT_KINDS.items()
            ]
            title = Text(zh="哪一类点位？", en="What kind of point?")
            self._choose(title, kinds, lambda kind: self._point(station, kind))

        if self.station != EVERYTHING:
            at(self.station)
            return
        stations = self._places_of("station")
        if not stations:
            self.tell(Text(zh="还没有加油站：按 s 新增。", en="No station yet: s adds one."))
            return
        self._choose(Text(zh="哪座加油站？", en="At which station?"), stations, at)

    def _point(self, station: str, kind: str) -> None:
        from domain.point_kinds import POINT_KINDS
        from domain.procedures.points import place_point

        points = self.register.directory.points.values()
        nth = 1 + sum(point.station == station and point.kind == kind for point in points)
        name = POINT_KINDS[kind]
        fields = (
            Field("zh", Text(zh="点位名称", en="Name"), f"{nth}号{name.zh}"),
            Field("en", ENGLISH, f"{name.en} {nth}", needed=False),
        )
        done = Text(
            zh="点位已新增，二维码已签发：Enter 显示，e 打印。",
            en="Added, with its code: Enter shows it, e prints it.",
        )

        def filled(values: dict[str, str]) -> None:
            id_ = new_id("k")
            self.carry_out(
                place_point, id_, station, kind, named(values), done=lambda _: self.tell(done)
            )

        self._fill(Text(zh="新增点位", en="Add a point"), fields, filled)

    def action_add_person(self) -> None:
        """Add a person with a role at a place."""
        if not self.register.directory.places:
            self.tell(Text(zh="请先建立组织：按 s。", en="Found the organisation first: s."))
            return
        fields = (Field("name", Text(zh="姓名", en="Name")),)
        self._fill(Text(zh="新增人员", en="Add a person"), fields, self._role)

    def _role(self, values: dict[str, str]) -> None:
        roles = [Choice(role, name.in_(self.lang), "", role) for role, name in ROLES.items()]
        title = Text(zh=f"{values['name']} 的角色？", en=f"The role of {values['name']}?")
        self._choose(title, roles, lambda role: self._role_at(values["name"], role))

    def _role_at(self, name: str, role: RoleName) -> None:
        from domain.procedures.organisation import add_person

        def at(place: str) -> None:
            roles = (Role(role, place),)
            self.carry_out(add_person, new_id("p"), name, roles, done=ADDED)

        places = self._places_of(ROLE_AT[role])
        if len(places) == 1:
            at(places[0].value)
        elif places:
            self._choose(Text(zh="在哪里？", en="At which place?"), places, at)
        else:
            kind = PLACE_KINDS[ROLE_AT[role]]
            self.tell(
                Text(
                    zh=f"还没有{kind.zh}：按 s 新增。", en=f"There is no {kind.en} yet: s adds one."
                )
            )

    def _places_of(self, kind: PlaceKind) -> list[Choice[str]]:
        """The places of a kind; the chosen station first."""
        directory, lang = self.register.directory, self.lang
        places = [place for place in directory.places.values() if place.kind == kind]
        places.sort(key=lambda place: (place.id != self.station, place.path))
        return [
            Choice(place.id, place.name.in_(lang), self._above(place, lang), place.id)
            for place in places
        ]

    def _above(self, place: Place, lang: Lang) -> str:
        return self.register.directory.station_name(place.parent).in_(lang) if place.parent else ""

    def people_near(self, station: str) -> list[Person]:
        """Everybody, those with a role at the station first, managers before staff."""

        def near(person: Person) -> tuple[bool, bool, str]:
            here = any(role.place == station for role in person.roles)
            return not here, any(role.name == "staff" for role in person.roles), person.name

        return sorted(self.register.directory.people.values(), key=near)

    def roles_of(self, person: Person, lang: Lang) -> str:
        """What a person is, and where, in a few words."""
        directory = self.register.directory
        return ", ".join(
            f"{directory.station_name(role.place).in_(lang)} {ROLES[role.name].in_(lang)}"
            for role in person.roles
        )

    def _fill(
        self, title: Text, fields: Sequence[Field], done: Callable[[dict[str, str]], None]
    ) -> None:
        def answered(values: dict[str, str] | None) -> None:
            if values is not None:
                done(values)

        self.app.push_screen(Fields(title, fields, self.lang), answered)

    def _choose(self, title: Text, choices: Sequence[Choice[V]], done: Callable[[V], None]) -> None:
        def answered(choice: Choice[V] | None) -> None:
            if choice is not None:
                done(choice.value)

        self.app.push_screen(Choose(title.in_(self.lang), choices, self.lang), answered)
