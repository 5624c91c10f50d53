"""Points & phones: correcting the names of places, people and scan points."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from domain.text import Text
from tui.screens.points_adding import ENGLISH, Adding, named
from tui.screens.points_dialogs import Field
from tui.screens.points_lines import PLACE_KINDS
from tui.widgets.choose import Choice

if TYPE_CHECKING:
    from collections.abc import Iterator

RENAMED = Text(
    zh="已改名。已打印的标签和已导出的表格仍是旧名称。",
    en="Renamed. Labels and workbooks made before keep the old name.",
)
NAME = Text(zh="名称", en="Name")


class Called(NamedTuple):
    """Something that has a name."""

    what: Literal["place", "person", "point"]
    id: str
    name: Text


class Renaming(Adding):
    """The part of the screen that renames."""

    def action_rename(self) -> None:
        """Choose what is called wrongly, then type how it is called."""
        every = [
            Choice(called, called.name.in_(self.lang), about, f"{called.name.zh} {called.name.en}")
            for called, about in self._named()
        ]
        if not every:
            self.tell(Text(zh="请先建立组织：按 s。", en="Found the organisation first: s."))
            return
        self._choose(Text(zh="给什么改名？", en="What is to be renamed?"), every, self._rename)

    def _named(self) -> Iterator[tuple[Called, str]]:
        """The chosen station and its points first, then places by the tree, then people."""
        directory, lang = self.register.directory, self.lang
        places = sorted(
            directory.places.values(), key=lambda each: (each.id != self.station, each.path)
        )
        for point in directory.points.values():
            if point.station == self.station:
                yield Called("point", point.id, point.name), Text(zh="点位", en="Point").in_(lang)
        for place in places:
            about = " ".join(
                part
                for part in (PLACE_KINDS[place.kind].in_(lang), self._above(place, lang))
                if part
            )
            yield Called("place", place.id, place.name), about
        for person in self.people_near(self.station):
            name = Text(zh=person.name, en=person.name)
            yield Called("person", person.id, name), self.roles_of(person, lang)

    def _rename(self, called: Called) -> None:
        fields = [Field("zh", NAME, called.name.zh)]
        if called.what != "person":
            # Where no English name was given, the Chinese one stands for it, and should go on to.
            english = called.name.en if called.name.en != called.name.zh else ""
            fields.append(Field("en", ENGLISH, english, needed=False))
        title = Text(zh=f"给“{called.name.zh}”改名", en=f'Rename "{called.name.en}"')
        self._fill(title, fields, partial(self._carry_out_renaming, called))

    def _carry_out_renaming(self, called: Called, values: dict[str, str]) -> None:
        from domain.procedures.renaming import rename_person, rename_place, rename_point

        if called.what == "person":
            self.carry_out(rename_person, called.id, values["zh"], done=RENAMED)
            return
        rename = rename_place if called.what == "place" else rename_point
        self.carry_out(rename, called.id, named(values), done=RENAMED)
