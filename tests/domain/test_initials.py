"""Pinyin initials: what is typed to find Chinese."""

from __future__ import annotations

import pytest

from domain.initials import initials


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("灭火器压力不足", "mhqylbz"),
        ("银行与行走", "yhyxz"),
        ("重复", "cf"),
        ("卡销比低于 35%", "kxbdy35"),
        ("IC卡、POS机", "ickposj"),
        ("ＰＯＳ机", "posj"),
        ("", ""),
    ],
)
def test_a_text_is_typed_by_the_first_letters_of_its_readings(text: str, typed: str) -> None:
    assert initials(text) == typed
