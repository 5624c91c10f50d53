"""The window on a long list: whatever comes and wherever one goes, no line is lost or doubled."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tui.widgets.window import Window


class Reader(RuleBasedStateMachine):
    """Somebody who moves through a list that grows; reads come when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.every = list(range(60, 0, -1))
        self.window: Window[int] = Window(lambda line: line)
        self.window.resize(5)
        self.window.begin_with(self.every[:15], len(self.every))

    @rule(by=st.integers(-8, 8))
    def move(self, by: int) -> None:
        self.window.move(by)

    @rule(pages=st.sampled_from([-1, 1]))
    def turn(self, pages: int) -> None:
        self.window.turn(pages)

    @rule(height=st.integers(1, 9))
    def resize(self, height: int) -> None:
        self.window.resize(height)

    @rule()
    def read_ahead(self) -> None:
        window, many = self.window, 2 * self.window.height
        if window.wants_older:
            last = window.lines[-1]
            window.add_older([one for one in self.every if one < last][:many])
        elif window.wants_newer:
            first = window.lines[0]
            window.add_newer([one for one in self.every if one > first][-many:])

    @rule(many=st.integers(1, 4))
    def lines_come(self, many: int) -> None:
        window, top = self.window, self.every[0]
        self.every[:0] = range(top + many, top, -1)
        if window.following:
            window.begin_with(self.every[:15], len(self.every))
            return
        chosen = window.chosen
        window.refreshed(window.lines, many)
        assert window.chosen == chosen

    @rule()
    def to_the_end(self) -> None:
        self.window.end_with(self.every[-15:], len(self.every))
        assert self.window.chosen == 1

    @invariant()
    def what_is_loaded_is_a_part_of_the_list_at_its_place(self) -> None:
        window = self.window
        assert window.lines == self.every[window.rank : window.rank + len(window.lines)]
        assert window.total == len(self.every)

    @invariant()
    def the_chosen_line_is_on_the_screen(self) -> None:
        assert self.window.chosen in self.window.seen


TestReader = Reader.TestCase
