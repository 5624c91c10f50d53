"""Pinyin initials, by which people type Chinese faster than they type it: 灭火器 is mhq."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

_known: dict[str, str] = {}


def known_initials(text: str) -> str:
    """The initials of a text that was read before; none for others."""
    return _known.get(text, "")


def remember_initials(read: Mapping[str, str]) -> None:
    """Keep the initials of texts that were read."""
    _known.update(read)


def initials(text: str) -> str:
    """The first letter of each character's reading, in lower case.

    Characters of several readings are read as in the words around them (银行 yh, 行走 xz).
    Latin letters and digits stay; spaces, signs and whatever has no reading are left out.
    """
    # Its tables take a third of a second to load and 60 MB, so this is for a process of its own.
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415

    read = lazy_pinyin(normalize("NFKC", text), style=Style.FIRST_LETTER, errors=_kept)
    return "".join(read).casefold()


def _kept(unread: str) -> str:
    """What stays of characters that are not Chinese."""
    return "".join(one for one in unread if one.isascii() and one.isalnum())
