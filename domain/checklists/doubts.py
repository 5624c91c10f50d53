"""What an import was not sure of: where it stood, what stood there, what was taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from domain.text import Text

if TYPE_CHECKING:
    from domain.text import Lang

WHOLE = "-"
"""In place of an address: the doubt is about the whole list."""
UNTRANSLATED = "(untranslated) "
"""Before an English text that is still the Chinese one."""


class Doubt(NamedTuple):
    """One thing that could not be read with certainty.

    Attributes:
        cell: Address of the cell (`D12`), or `WHOLE`.
        stood: What stood there.
        assumed: Why it is doubtful, and what was assumed.
    """

    cell: str
    stood: str
    assumed: Text

    def sentence(self, lang: Lang) -> str:
        """`D12: "what stood there": what was assumed`, on one line."""
        stood = " ".join(self.stood.split())
        shown = stood if len(stood) <= 60 else stood[:59] + "…"
        quoted = Text(zh=f"“{shown}”：", en=f'"{shown}": ').in_(lang) if shown else ""
        return f"{self.cell}: {quoted}{self.assumed.in_(lang)}"


def untranslated(chinese: str) -> Text:
    """A text of which only the Chinese is known, marked so for who reads English."""
    return Text(zh=chinese, en=UNTRANSLATED + chinese)
