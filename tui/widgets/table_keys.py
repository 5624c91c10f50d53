"""The keys of long tables."""

from __future__ import annotations

from domain.text import Text
from tui.keys import Key, key

UP = Text(zh="上一行", en="A line up")
DOWN = Text(zh="下一行", en="A line down")
PAGE_UP = Text(zh="上一页", en="A page up")
PAGE_DOWN = Text(zh="下一页", en="A page down")
FIRST = Text(zh="第一行", en="The first line")
LAST = Text(zh="最后一行", en="The last line")
OPEN = Text(zh="打开光标所在行", en="Opens the line")

TABLE_KEYS: tuple[Key, ...] = (
    key("up", "move(-1)", UP, UP, show=False),
    key("down", "move(1)", DOWN, DOWN, show=False),
    key("pageup", "turn(-1)", PAGE_UP, PAGE_UP, show=False),
    key("pagedown", "turn(1)", PAGE_DOWN, PAGE_DOWN, show=False),
    key("home", "top", FIRST, FIRST, show=False),
    key("end", "bottom", LAST, LAST, show=False),
    key("enter", "choose", OPEN, OPEN, show=False),
)
