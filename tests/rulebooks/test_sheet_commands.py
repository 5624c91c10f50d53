"""`forecourt rulebook import` and `export` as a person or a script calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rulebooks.workbooks import workbook_of
from tui.__main__ import main

ROWS = (
    "序号 | 检查项目 | 分项 | 检查标准 | 标准分",
    "1 | 环境 | 地面 | 有积水，每处扣1分 | 5",
    "2 | ^ | ^ | 有油污扣1～2分 | ^",
)
VIDEO = "petrochina-shandong-2012/video"
RANGE = 'D3: "扣1～2分": a range of points; the highest, 2, was assumed.'


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    file = tmp_path / "表.xlsx"
    file.write_bytes(workbook_of(*ROWS))
    return file


def call(*words: object) -> int:
    return main([*map(str, words), "--lang", "en"])


def test_the_edition_goes_to_stdout_and_doubts_to_stderr(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("rulebook", "import", workbook, "--id", "chain/onsite") == 0

    said = capsys.readouterr()
    assert "\nid: chain/onsite\n" in said.out
    assert said.err.splitlines()[0] == RANGE
    assert said.err.splitlines()[-1].startswith("chain/onsite 1: 1 sections, 1 groups, 2 criteria")


def test_strict_turns_doubts_into_a_no(workbook: Path) -> None:
    assert call("rulebook", "import", workbook, "--strict") == 1


def test_the_file_that_is_written_passes_the_check(workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "1.yaml"
    assert call("rulebook", "import", workbook, "--out", out) == 0
    assert call("rulebook", "check", out) == 0


def test_a_file_that_is_there_is_not_written_over(workbook: Path, tmp_path: Path) -> None:
    out = tmp_path / "1.yaml"
    out.write_text("mine", encoding="utf-8")

    assert call("rulebook", "import", workbook, "--out", out) == 1

    assert out.read_text(encoding="utf-8") == "mine"


def test_a_file_that_is_no_workbook_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "list.xls"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    assert call("rulebook", "import", file) == 2

    assert "older format" in capsys.readouterr().err


def test_a_workbook_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("rulebook", "import", tmp_path / "none.xlsx") == 1
    assert "there is no such file" in capsys.readouterr().err


def test_a_day_that_is_none_is_refused_in_both_languages(
    workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        call("rulebook", "import", workbook, "--from", "明天")
    assert "write the day as 2026-01-31" in capsys.readouterr().err


def test_an_edition_goes_out_and_comes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, back = tmp_path / "video.xlsx", tmp_path / "back.yaml"
    assert main(["rulebook", "export", VIDEO, str(paper), "--lang", "zh"]) == 0
    assert call("rulebook", "import", paper, "--out", back) == 0
    assert capsys.readouterr().out == f"{paper}\n"
    assert f"\nid: {VIDEO}\n" in back.read_text(encoding="utf-8")


def test_the_export_says_what_a_list_cannot_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = ["--rulebooks", "tests/rulebooks/examples"]
    assert call("rulebook", "export", "example/shopper", tmp_path / "a.xlsx", *examples) == 0
    assert "gates, grades, self-scores" in capsys.readouterr().err


def test_an_edition_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert call("rulebook", "export", "no/such", tmp_path / "a.xlsx") == 2
