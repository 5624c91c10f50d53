"""Text that a person reads, always in both languages.

A `Text` cannot be made without its Chinese and its English, so no screen, page or
refusal can forget one of them; that is why there is no message catalogue to compile.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Lang = Literal["zh", "en"]
"""The languages of the product; Chinese is the first."""


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text in Chinese (`zh`) and English (`en`)."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """The text in the reader's language."""
        return self.zh if lang == "zh" else self.en


def same(text: str) -> Text:
    """A text that reads alike in both languages: a number, a code, a person's name."""
    return Text(zh=text, en=text)
