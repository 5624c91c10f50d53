"""What both long lists do alike: narrowed to a place and by one more thing, read as news comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from textual import on
from textual.content import Content
from textual.widgets import Static

from domain.text import Text
from tui.console import GO_TO_LOG, LOG
from tui.faults import as_refusal
from tui.keys import Key, key
from tui.screens.placed import PlacedScreen
from tui.widgets.cells import safe
from tui.widgets.long_table import LongTable

if TYPE_CHECKING:
    from domain.text import Lang
    from domain.views import FindingFilter, InspectionFilter

T = TypeVar("T")

ALL_STATIONS = Text(zh="全部加油站", en="All stations")
SHOWING = Text(zh="显示", en="Showing")
CHOOSE_PLACE: Key = key(
    "slash",
    "choose_place",
    Text(zh="单位", en="Place"),
    Text(zh="只看一个单位、片区或加油站", en="Shows one unit, area or station only"),
)
EVERYTHING: Key = key(
    "escape",
    "everything",
    Text(zh="取消筛选", en="No filter"),
    Text(zh="取消筛选，看全部", en="Shows everything again"),
    show=False,
)
LOG_KEY: Key = key(
    "7",
    f"app.{GO_TO_LOG}",
    LOG,
    Text(zh="电子日志：自查、巡检、记录、交接班", en="The log: checks, rounds, notes, shifts"),
)


class NarrowedScreen(PlacedScreen[T]):
    """A long list under a line that says what it is narrowed to.

    Attributes:
        where: What the list is narrowed to.
    """

    where: FindingFilter | InspectionFilter

    def second(self) -> Text | None:
        """What else than a place the list is narrowed to."""
        raise NotImplementedError

    def any_second(self) -> Text:
        """What is said where it is not."""
        raise NotImplementedError

    def beside_filter(self) -> Text | None:
        """What else is worth a word above the list."""
        return None

    def narrow_to_place(self, place: str | None) -> None:
        """Narrow to a place, keeping what else it is narrowed to."""
        raise NotImplementedError

    @property
    def table(self) -> LongTable[Any]:
        """The list."""
        return self.query_one(LongTable)

    def say(self, lang: Lang) -> None:
        """The list and the filter in another language."""
        self.table.speak(lang)
        self.say_filter()

    def say_filter(self) -> None:
        """Say what the list is narrowed to."""
        lang = self.lang
        place = self.register.directory.places.get(self.where.place or "")
        name = safe(place.name.in_(lang)) if place else ALL_STATIONS.in_(lang)
        second = self.second()
        narrowed = " ◂" if place or second else ""
        said = f"{name} · {(second or self.any_second()).in_(lang)}{narrowed}"
        shown = Content.assemble((f"  {SHOWING.in_(lang)} ", "$foreground-muted"), (said, "bold"))
        if beside := self.beside_filter():
            shown = Content.assemble(shown, "   ", (beside.in_(lang), "$accent"))
        self.query_one(".filter", Static).update(shown)

    def journal_moved(self) -> None:
        """Read the list again."""
        self._seen_seq = self.register.journal_seq
        self.table.read_again()

    @on(LongTable.Failed)
    def _failed(self, event: LongTable.Failed) -> None:
        self.refuse(as_refusal(event.error))
