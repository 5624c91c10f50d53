"""The rulebooks that come with Forecourt, against what the standard QG/SDXS 358-2012 prints.

`printed_lists.json` holds the ids, caps, titles and wording of appendices 2 and 3.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.register.shelf import RULEBOOKS as FOLDER
from domain.register.shelf import load_rulebooks, read_shelf
from domain.rulebook import Edition
from domain.text import Text

PRINTED: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "printed_lists.json").read_text(encoding="utf-8")
)
LISTS = ("video", "onsite")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def edition_of(name: str) -> Edition:
    return load_rulebooks().edition(f"petrochina-shandong-2012/{name}", "2012-A0")


def test_the_rulebooks_are_right_and_their_worked_cases_hold() -> None:
    shelf = read_shelf([FOLDER])

    assert [problem.sentence("en") for problem in shelf.problems] == []
    assert [edition.id for edition in shelf.editions] == [
        *(f"petrochina-shandong-2012/{name}" for name in ("comprehensive", *sorted(LISTS))),
        "station/patrol",
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_criterion_stands_in_its_group_and_in_order(name: str) -> None:
    read = {
        group.id: [criterion.id for criterion in group.criteria]
        for group in edition_of(name).groups.values()
    }

    assert read == {group["group"]: list(group["criteria"]) for group in PRINTED[name]}
    assert list(read) == [group["group"] for group in PRINTED[name]]


@pytest.mark.parametrize("name", LISTS)
def test_every_cap_is_the_printed_one(name: str) -> None:
    read = {one.id: one.cap for one in edition_of(name).groups.values()}
    printed = {one["group"]: one["cap"] for one in PRINTED[name]}

    cut_off = [group for group, cap in printed.items() if cap is None]
    assert {one: cap for one, cap in read.items() if one not in cut_off} == {
        one: Decimal(cap) for one, cap in printed.items() if cap is not None
    }
    assert cut_off == ([] if name == "video" else ["E.c"])


@pytest.mark.parametrize("name", LISTS)
def test_every_section_total_is_the_printed_one(name: str) -> None:
    read = {one.id: one.total for one in edition_of(name).sections}

    assert read == {one["section"]: Decimal(one["section_total"]) for one in PRINTED[name]}


@pytest.mark.parametrize("name", LISTS)
def test_groups_bear_their_printed_titles(name: str) -> None:
    read = {one.id: [one.title.zh, one.title.en] for one in edition_of(name).groups.values()}

    assert read == {one["group"]: one["title"] for one in PRINTED[name]}


@pytest.mark.parametrize(
    ("name", "groups", "criteria", "total"),
    [
        ("video", 7, 44, 100),
        ("onsite", 19, 69, 70),
    ],
)
def test_the_lists_have_their_known_size(name: str, groups: int, criteria: int, total: int) -> None:
    edition = edition_of(name)

    assert (len(edition.groups), len(edition.placed), edition.total) == (
        groups,
        criteria,
        Decimal(total),
    )


def test_the_on_site_list_says_that_it_is_incomplete_and_why() -> None:
    edition = edition_of("onsite")

    assert not edition.complete
    assert edition.incomplete_because is not None
    assert "17-5-5=7" in edition.incomplete_because.zh
    assert edition.groups["E.c"].cap == 7


@pytest.mark.parametrize("name", LISTS)
def test_limits_in_numbers_are_those_of_the_printed_wording(name: str) -> None:
    """A limit (10 seconds, 4.5 m, 0.25 m²) is where a slip of the pen would cost a station."""
    printed = {one: text for group in PRINTED[name] for one, text in group["criteria"].items()}
    for placed in edition_of(name).placed.values():
        limits = numbers(printed[placed.criterion.id])
        assert numbers(placed.criterion.text.en) == limits
        assert numbers(placed.criterion.text.zh) == limits


@pytest.mark.parametrize("name", LISTS)
def test_every_text_is_chinese_in_zh_and_no_text_of_a_criterion_in_en_is(name: str) -> None:
    for placed in edition_of(name).placed.values():
        texts: list[Text] = [placed.criterion.text, *placed.criterion.facts]
        assert all(CHINESE.search(text.zh) for text in texts)
        assert not CHINESE.search(placed.criterion.text.en)


def test_what_endangers_people_is_critical() -> None:
    critical = {
        placed.criterion.id
        for name in LISTS
        for placed in edition_of(name).placed.values()
        if placed.severity == "critical"
    }

    assert critical >= {"f.1", "f.4", "f.5", "g.1", "g.2", "g.3", "g.4", "B.b.6", "E.c.3"}
    assert critical.isdisjoint({"a.1", "b.2", "A.b.1", "D.c.1"})


def numbers(text: str) -> list[str]:
    """The figures in a text, sorted."""
    return sorted(re.findall(r"\d+(?:\.\d+)?", text))
