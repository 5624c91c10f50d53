"""What screens do alike that can show one unit, area or station only."""

from __future__ import annotations

from typing import TypeVar

from domain.text import Text
from tui.places import place_choices
from tui.screens.base import RegisterScreen
from tui.widgets.choose import Choice, Choose

T = TypeVar("T")
WHICH_PLACE = Text(zh="看哪个单位", en="Which place")


class PlacedScreen(RegisterScreen[T]):
    """Shows everything in sight, until a place is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self._place: str | None = None

    def narrow_to_place(self, place: str | None) -> None:
        """Show what is of a place only; None: everything."""
        self._place = place
        self.reload()

    def action_choose_place(self) -> None:
        """Narrow to a unit, an area or a station."""
        choices = place_choices(self.asker.directory, self.asker.sight, self.lang)
        title = WHICH_PLACE.in_(self.lang)
        self.app.push_screen(Choose(title, choices, self.lang), self._place_chosen)

    def _place_chosen(self, choice: Choice[str] | None) -> None:
        if choice is not None:
            self.narrow_to_place(choice.value)
