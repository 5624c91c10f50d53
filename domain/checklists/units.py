"""Counting units as check lists word them (每处, 发现一次, /人次), and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.checklists.doubts import untranslated
from domain.counting import COUNTED_BY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from domain.text import Text

FLAT = "flat"
_ALIASES = {
    "每缺少项": "每缺一项",
    "每缺项": "每缺一项",
    "每缺或错项": "每缺或错一项",
    "每个点": "每个点",
    "每区域": "每个区域",
    "每张卡": "每张卡片",
    "每台件次": "每（台）件次",
}
_OPENING = re.compile(r"^每(?:发现|出现|存在|查出|有)?[一1]?")
_FILLING = re.compile(r"(?<=缺少)[一1]|(?<=或错)[一1]|(?<=缺)[一1]|[·/／]")
_MEASURED = re.compile(r"每(?:超过|超|缺少?|少|多|低于|高于|晚|延迟|逾期|迟到)[^未不无没]{1,8}")
_SHORT = re.compile(r"每[^日天月周年班季未不无没有]{1,4}")


class Units:
    """The counting units of one edition: those of all, and its own, by id and by words."""

    def __init__(self, own: Mapping[str, Text] | None = None) -> None:
        self.own: dict[str, Text] = dict(own or {})
        self._by_words = {words.zh: unit for unit, words in COUNTED_BY.items() if unit != FLAT}
        self._by_words |= {words.zh: unit for unit, words in self.own.items()}
        self._begins = frozenset(self._by_words.values())

    def known(self, words: str) -> str | None:
        """The unit that words name exactly or but for filling (每发现一处 is 每处), if any."""
        if words in self._by_words:
            return self._by_words[words]
        bare = _bare(words)
        return self._by_words.get(bare) or self._by_words.get(_ALIASES.get(bare, ""))

    def known_start(self, words: str) -> tuple[str, str] | None:
        """The unit with the longest words that these begin with, and what follows them."""
        for length in range(min(len(words), 12), 1, -1):
            # Only units of all: 每个, once a list has it, would take 每个端架 for its own.
            if (unit := self.known(words[:length])) in self._begins and unit:
                return unit, words[length:]
        return None

    def named(self, words: str) -> str | None:
        """A known unit, else one of the edition's own where the words can only be a unit."""
        if unit := self.known(words):
            return unit
        bare = words if _MEASURED.fullmatch(words) else _bare(words)
        if not (_MEASURED.fullmatch(bare) or _SHORT.fullmatch(bare)):
            return None
        return self.add(bare.removeprefix("每"), bare)

    def add(self, unit: str, words: str) -> str:
        """Take in a unit of the edition's own."""
        self.own[unit] = untranslated(words)
        self._by_words[words] = unit
        return unit


def _bare(words: str) -> str:
    """每发现一处 and 每1处 as 每处; 每缺少1项 as 每缺少项."""
    return _FILLING.sub("", _OPENING.sub("每", words))
