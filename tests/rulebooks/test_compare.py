"""What differs between two editions: by what became of each id, never by likeness."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from domain.comparison import Comparison, Difference, Hint, Status, compare
from domain.register.shelf import load_rulebooks
from domain.rulebook_map import counterparts
from domain.text import Lang
from tests.rulebooks.two_editions import (
    NEW,
    OLD,
    SHARED_NEW,
    SHARED_OLD,
    became,
    problems,
    write,
)
from tui.commands import rulebook


def compared(written: str | None = None) -> Comparison:
    return compare(OLD, NEW, became(written) if written else became())


def ids(comparison: Comparison, status: Status) -> list[str]:
    return [one.id for one in comparison.with_status(status)]


def call(*words: str, lang: Lang = "en") -> int:
    """The exit code of a command line, called as the program does."""
    parser = argparse.ArgumentParser()
    rulebook.add_parser(parser.add_subparsers(dest="command", required=True))
    return rulebook.run(parser.parse_args(["rulebook", *words]), lang)


def test_each_criterion_is_listed_once_by_what_became_of_it() -> None:
    comparison = compared()

    assert ids(comparison, "changed") == ["1"]
    assert ids(comparison, "renamed") == ["2b"]
    assert ids(comparison, "merged") == ["3"]
    assert ids(comparison, "new") == ["6", "7"]
    assert ids(comparison, "unmapped") == ["5"]
    assert ids(comparison, "kept") == ids(comparison, "gone") == []


def test_a_change_is_told_by_its_key_before_and_after() -> None:
    (one,) = compared().with_status("changed")
    assert one.differences == (Difference("clauses[0].points", "0.5", "1"),)


def test_what_was_merged_is_told_by_the_old_id_that_differs() -> None:
    (one,) = compared().with_status("merged")
    assert one.old == ("3", "4")
    assert Difference("clauses[0].per", "person", "occurrence", old="4") in one.differences
    assert Difference("group", "A2", "A3", old="3") in one.differences


def test_caps_and_groups_are_compared_too() -> None:
    first, second = compared().groups
    assert (first.status, first.differences) == ("changed", (Difference("cap", "6", "5"),))
    assert (second.status, second.old, second.new) == ("renamed", ("A2",), "A3")
    assert second.differences == (Difference("cap", "4", "5"),)


def test_the_edition_itself_is_compared() -> None:
    assert compared().edition == (Difference("in_force.from", "2020-01-01", "2030-01-01"),)


def test_the_same_words_under_another_id_are_a_hint_and_match_nothing() -> None:
    comparison = compared()
    assert comparison.hints == (Hint("5", "7"),)
    assert ids(comparison, "unmapped") == ["5"]


def test_what_a_mapping_says_is_gone_is_gone() -> None:
    comparison = compared('gone: ["2", "3", "4", "5"]')
    assert ids(comparison, "gone") == ["2", "3", "4", "5"]
    assert ids(comparison, "unmapped") == []
    assert comparison.hints == ()


def test_an_id_that_another_one_took_is_unmapped() -> None:
    """Criterion 3 still is an id of both editions, but the mapping gives the new one to 5."""
    comparison = compared('renamed: {"5": "3"}')
    assert "3" in ids(comparison, "unmapped")
    assert ids(comparison, "renamed") == ["3"]


def test_an_equal_share_that_changes_is_a_change() -> None:
    comparison = compare(SHARED_OLD, SHARED_NEW, counterparts(SHARED_OLD, SHARED_NEW))
    assert ids(comparison, "changed") == ["a.1", "a.2", "a.3"]
    assert comparison.with_status("changed")[0].differences == (
        Difference("share", "1.67", "1.25"),
    )


def test_an_edition_compared_with_itself_is_kept_whole() -> None:
    books = load_rulebooks()
    for edition in (books.editions(one)[-1] for one in books.ids()):
        comparison = compare(edition, edition, counterparts(edition, edition))
        assert len(comparison.with_status("kept")) == len(edition.placed)
        assert {one.status for one in (*comparison.groups, *comparison.sections)} == {"kept"}
        assert comparison.edition == ()


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('renamed:\n  "9": 2b', '2: Edition 1 of "test/claused" has no "9".'),
        ('renamed:\n  "2": 9', '2: Edition 2 of "test/claused" has no "9".'),
        ('merged:\n  "3":\n    - "3"\n    - "9"', '4: Edition 1 of "test/claused" has no "9".'),
        ('gone:\n  - "9"', '2: Edition 1 of "test/claused" has no "9".'),
        ('gone:\n  - "2"\nrenamed:\n  "2": 2b', '2: "2" is mapped twice.'),
        ('merged:\n  "3": ["4"]\n  "6": ["4"]', '3: "4" is mapped twice.'),
        ('renamed:\n  "2": 2b\n  "5": 2b', '3: More than one old id becomes "2b".'),
        ('renamed:\n  "2": A3', '2: Of "2" and "A3" one is a criterion and one a group.'),
        ("sections:\n  Z: A", '2: Edition 1 of "test/claused" has no "Z".'),
        ('clauses:\n  "1": {0: 7}', "2: No such clauses: 0 → 7."),
        ('clauses:\n  "1":\n    9: 0', "3: No such clauses: 9 → 0."),
        ('clauses:\n  "5": {0: 0}', '2: "5" became nothing.'),
        ("rename: {}", '1: Unknown key "rename" at rename.'),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused_with_its_line(written: str, reason: str) -> None:
    assert problems(written) == [reason]


def test_a_comparison_is_printed_for_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, written = map(str, write(tmp_path))

    assert call("compare", old, new, "--map", written, lang="zh") == 0

    said = capsys.readouterr().out
    assert "有改动 1 · 改编号 1 · 合并 1 · 新增 2 · 取消 0 · 去向未定 1" in said
    assert "3 + 4 → 3" in said
    assert "clauses[0].points: 0.5 → 1" in said
    assert "5 ≟ 7" in said


def test_a_comparison_is_printed_for_programs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, written = map(str, write(tmp_path))

    assert call("compare", old, new, "--map", written, "--json") == 0

    told = json.loads(capsys.readouterr().out)
    assert (told["old"], told["new"]) == ("test/claused@1", "test/claused@2")
    assert told["counts"]["merged"] == 1
    assert told["hints"] == [{"old": "5", "new": "7"}]


def test_a_broken_mapping_names_its_file_and_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new, written = write(tmp_path)
    written.write_text('renamed:\n  "9": 2b\n  "8": 7\n', encoding="utf-8")

    assert call("compare", str(old), str(new), "--map", str(written)) == 1

    first, second = capsys.readouterr().err.splitlines()
    assert first.startswith(f"{written}:2: ")
    assert second.startswith(f"{written}:3: ")


def test_editions_on_the_shelf_are_named_by_id_and_edition(
    capsys: pytest.CaptureFixture[str],
) -> None:
    video = "petrochina-shandong-2012/video"
    assert call("compare", f"{video}@2012-A0", video, "--json") == 0
    assert json.loads(capsys.readouterr().out)["counts"]["kept"] == 44


def test_an_edition_that_is_not_there_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("compare", "petrochina-shandong-2012/video@1999", "nowhere.yaml") == 2
    assert "1999" in capsys.readouterr().err
