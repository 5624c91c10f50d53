"""Keys of screens, named in both languages, so that the foot line, `?` and ctrl+p read one list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.dom import DOMNode

NOTHING = Text(zh="", en="")

CAPS = {
    "question_mark": "?",
    "slash": "/",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "-",
    "ctrl+p": "Ctrl+P",
    "ctrl+s": "Ctrl+S",
    "tab": "Tab",
}
"""What is printed on a key, where Textual calls it otherwise."""


@dataclass(frozen=True)
class Key(Binding):
    """A binding that says what it does: `label` on the foot line, `about` in the help."""

    label: Text = NOTHING
    about: Text = NOTHING

    @property
    def cap(self) -> str:
        """What is printed on the (first) key."""
        first = self.key.split(",")[0]
        return self.key_display or CAPS.get(first, first)


def key(
    keys: str,
    action: str,
    label: Text,
    about: Text,
    *,
    show: bool = True,
    cap: str | None = None,
) -> Key:
    """A key for BINDINGS; with `show=False` it is in the help but not on the foot line."""
    return Key(keys, action, label.en, show, cap, label=label, about=about)


def keys_of(node: DOMNode) -> Iterator[Key]:
    """The keys that a screen, widget or application declares, those of its bases last.

    A key that means something else than in a base is named once.
    """
    named: set[str] = set()
    for kind in type(node).__mro__:
        declared: Any = vars(kind).get("BINDINGS", ())
        new = [one for one in declared if isinstance(one, Key) and one.key not in named]
        named.update(one.key for one in new)
        yield from new
