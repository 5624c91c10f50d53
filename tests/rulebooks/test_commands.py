"""`forecourt rulebook` and `forecourt score` as a person or a script calls them."""

from __future__ import annotations

import argparse
import io
import json
import sys
from pathlib import Path

import pytest

from domain.text import Lang
from tests.small_rulebooks import CLAUSED, SHARED, edition_of
from tui.commands import rulebook, score

VIDEO = "petrochina-shandong-2012/video"


def call(*words: str, lang: Lang = "en") -> int:
    """The exit code of a command line, called as the program does."""
    parser = argparse.ArgumentParser()
    commands = parser.add_subparsers(dest="command", required=True)
    rulebook.add_parser(commands)
    score.add_parser(commands)
    args = parser.parse_args(words)
    return score.run(args, lang) if args.command == "score" else rulebook.run(args, lang)


def test_checking_what_is_right_says_so_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rulebook", "check", "rulebooks") == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "All right: 4 editions, 123 worked cases, 13 obligations in calendars.\n"


@pytest.mark.parametrize(("lang", "reason"), [("zh", "各部分之和是 11"), ("en", "sum to 11")])
def test_every_problem_is_a_line_with_file_and_line_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], lang: Lang, reason: str
) -> None:
    file = tmp_path / "1.yaml"
    file.write_text(SHARED.replace("cap: 5", "cap: 6", 1).replace("油污", ""), encoding="utf-8")

    assert call("rulebook", "check", str(file), lang=lang) == 1

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{file}:19: ")
    assert reason in first
    assert second.startswith(f"{file}:28: ")


def test_checking_what_is_not_there_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rulebook", "check", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_an_edition_with_cases_beside_it_is_checked_against_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = tmp_path / "1.yaml"
    edition.write_text(SHARED, encoding="utf-8")
    (tmp_path / "cases.yaml").write_text(
        "rulebook: test/shared\ncases:\n"
        '  - {case: {zh: 空, en: Empty}, edition: "1", expect: {total: 9}}\n',
        encoding="utf-8",
    )

    assert call("rulebook", "check", str(edition)) == 1
    assert "cases.yaml:3: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "卸油时无人值守"), ("en", "Unloading unattended")]
)
def test_an_edition_is_listed_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], lang: Lang, words: str
) -> None:
    assert call("rulebook", "show", VIDEO, lang=lang) == 0

    listed = capsys.readouterr().out
    assert f"    g.3     {words}  -3.00  [" in listed


def test_clauses_are_listed_with_their_number_points_and_unit() -> None:
    lines = list(rulebook.listing(edition_of(CLAUSED), "zh"))

    assert "            0: 未问候  -0.5 每人次" in lines


def test_an_edition_as_json_has_the_keys_of_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    assert call("rulebook", "show", VIDEO, "--edition", "2012-A0", "--json") == 0

    shown = json.loads(capsys.readouterr().out)
    assert (shown["id"], shown["total"], shown["in_force"]) == (
        VIDEO,
        "100",
        {"from": "2012-01-01"},
    )


@pytest.mark.parametrize("words", [["nothing"], [VIDEO, "--edition", "1999"]])
def test_what_is_not_on_the_shelf_is_a_wrong_call(words: list[str]) -> None:
    assert call("rulebook", "show", *words) == 2


def sheet(tmp_path: Path, **changed: object) -> str:
    """A file with a sheet of the video audit in which one criterion was found."""
    filled = {
        "rulebook": VIDEO,
        "edition": "2012-A0",
        "found": {"f.5": [{"clause": 0, "count": 2}]},
        **changed,
    }
    file = tmp_path / "sheet.json"
    file.write_text(json.dumps(filled), encoding="utf-8")
    return str(file)


def test_a_sheet_is_scored_as_json_on_stdout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("score", VIDEO, sheet(tmp_path)) == 0

    card = json.loads(capsys.readouterr().out)
    assert (card["total"], card["max"], card["verdict"]) == ("98.00", "100.00", None)
    assert card["groups"]["f"] == {"score": "22.00", "max": "24.00", "lost": "2.00"}
    assert card["criteria"]["f.5"] == {"lost": "2.00"}


def test_a_sheet_may_come_from_standard_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(Path(sheet(tmp_path)).read_bytes()))
    monkeypatch.setattr(sys, "stdin", typed)

    assert call("score", VIDEO, "-") == 0
    assert json.loads(capsys.readouterr().out)["total"] == "98.00"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"edition": "2013"}, 'no edition "2013"'),
        ({"rulebook": "petrochina-shandong-2012/onsite"}, "The sheet is for edition"),
        ({"found": {"z.1": [{}]}}, 'has no "z.1"'),
        ({"found": {"a.1": [{"clause": 1}]}}, "has no clause 1"),
        ({"found": {"a.1": [{"count": 0}]}}, "a count of 0"),
        ({"not_applicable": ["f"]}, "also"),
        ({"inputs": {"a.1": {"of": "1"}}}, "not scored by a formula"),
    ],
)
def test_a_sheet_that_cannot_be_scored_is_answered_with_no(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], changed: dict[str, object], reason: str
) -> None:
    assert call("score", VIDEO, sheet(tmp_path, **changed)) == 1

    said = capsys.readouterr()
    assert said.out == ""
    assert reason in said.err


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "The sheet is empty."),
        (b"{", "not JSON"),
        (b"[]", "The file does not fit"),
        (b"{}", 'The file lacks "rulebook"'),
        (b'{"a": 1, "a": 2}', '"a" is given twice'),
        (b'{"a": "\\ud800"}', "out of bounds"),
        (b'{"a": ' + b"9" * 5000 + b"}", "out of bounds"),
        (b"[" * 100_000, "out of bounds"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b" " * 2_000_000, "larger than 1 MiB"),
        (b'{"rulebook": 1, "edition": "", "found": {"a.1": 3}}', "found.a.1 does not fit"),
        (b'{"rulebook": "", "edition": "", "total": "100"}', 'Unknown key "total"'),
    ],
    ids=lambda raw: repr(raw)[:24],
)
def test_a_file_that_is_no_sheet_is_a_wrong_call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes, reason: str
) -> None:
    file = tmp_path / "sheet.json"
    file.write_bytes(raw)

    assert call("score", VIDEO, str(file)) == 2
    assert reason in capsys.readouterr().err


@pytest.mark.parametrize("words", [[VIDEO, "nowhere.json"], [VIDEO, "."], ["nothing", "-"]])
def test_a_sheet_or_rulebook_that_is_not_there_is_a_wrong_call(words: list[str]) -> None:
    assert call("score", *words) == 2
