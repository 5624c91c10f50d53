"""The command line: data on stdout, talk on stderr, 0 done, 1 no, 2 called wrongly."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from domain.text import Lang
from tests.things import Chain
from tui.__main__ import COMMANDS, language, main

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(chain: Chain) -> Path:
    """The data folder of the small chain, with two inspections in it."""
    chain.submit(chain.form())
    chain.submit(chain.form(found=()))
    return chain.register.folder


def run(folder: Path, *words: object) -> int:
    try:
        return main([*map(str, words), "--data", str(folder)])
    except SystemExit as ended:
        return int(ended.code or 0)


def test_help_names_every_command(capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])

    said = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in said] == []


def test_help_imports_neither_database_nor_server_nor_screen() -> None:
    program = (
        "import sys, tui.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([n for n in ('sqlalchemy', 'litestar', 'textual', 'openpyxl') if n in sys.modules])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert said.stdout.endswith("[]\n"), said.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="0"):
        main([command, "--help"])

    assert f"forecourt {command}" in capsys.readouterr().out


@pytest.mark.parametrize("words", [["bogus"], ["journal"], ["export"], ["journal", "verify", "-x"]])
def test_a_wrong_call_is_2(words: list[str], tmp_path: Path) -> None:
    assert run(tmp_path, *words) == 2


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "POSIX"}, "zh"),
        ({"LANG": "de_DE"}, "en"),
    ],
)
def test_the_locale_picks_the_language(environment: dict[str, str], lang: Lang) -> None:
    assert language(environment) == lang


def test_a_question_about_a_folder_without_records_makes_none(
    tmp_path: Path, capsys: Captured
) -> None:
    assert run(tmp_path / "none", "journal", "verify", "--lang", "en") == 1

    out, said = capsys.readouterr()
    assert out == ""
    assert "There are no records" in said
    assert "run forecourt" in said
    assert not (tmp_path / "none").exists()


def test_the_folder_may_come_from_the_environment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("FORECOURT_DATA", str(folder))

    assert main(["journal", "verify"]) == 0
    assert "日志完好" in capsys.readouterr().out


def test_a_verified_journal_tells_its_head(chain: Chain, folder: Path, capsys: Captured) -> None:
    assert run(folder, "journal", "verify", "--json", "--rows") == 0

    register = chain.register
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "entries": register.journal_seq,
        "head": {"seq": register.journal_seq, "seal": register.seal},
        "broken": None,
    }


def test_a_broken_journal_names_the_entry(folder: Path, capsys: Captured) -> None:
    with closing(sqlite3.connect(folder / "forecourt.sqlite3")) as connection:
        connection.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 3")
        connection.commit()

    assert run(folder, "journal", "verify", "--json") == 1
    broken = json.loads(capsys.readouterr().out)["broken"]
    assert broken == {"seq": 3, "reason": "header does not match its seal"}

    assert run(folder, "journal", "verify", "--lang", "zh") == 1
    assert "第 3 条" in capsys.readouterr().out


def test_an_inspection_is_exported_to_the_file_that_was_named(
    chain: Chain, folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    out = tmp_path / "一次检查.xlsx"

    assert run(folder, "export", "inspection", chain.register.journal_seq, "--out", out) == 0

    assert capsys.readouterr().out.strip() == str(out)
    assert openpyxl.load_workbook(out).sheetnames == ["评分表", "问题", "逐条"]


def test_an_export_without_a_file_goes_to_the_data_folder_and_never_over_another(
    chain: Chain, folder: Path, capsys: Captured
) -> None:
    number = chain.register.journal_seq
    for _ in range(2):
        assert run(folder, "export", "inspection", number) == 0

    first, second = (Path(line) for line in capsys.readouterr().out.splitlines())
    assert first.parent == second.parent == folder / "exports"
    assert second.stem == f"{first.stem} (2)"


def test_exporting_leaves_no_entry_in_the_journal(chain: Chain, folder: Path) -> None:
    before = chain.register.journal_seq

    assert run(folder, "export", "findings") == 0
    assert run(folder, "journal", "verify") == 0
    assert chain.register.journal_seq == before


@pytest.mark.parametrize(
    "words",
    [
        ("export", "inspection", 4711),
        ("export", "findings", "--place", "nowhere"),
        ("export", "findings", "--out", "/nowhere/at/all.xlsx"),
        ("labels", "--station", "nowhere"),
        ("labels", "--station", "s2"),
        ("restore", "/nowhere"),
        ("demo",),
    ],
)
def test_what_cannot_be_done_is_1_with_a_reason_and_nothing_on_stdout(
    folder: Path, words: tuple[object, ...], capsys: Captured
) -> None:
    assert run(folder, *words) == 1

    out, said = capsys.readouterr()
    assert out == ""
    assert said.count("。") >= 2


def test_labels_are_a_pdf(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"

    assert run(folder, "labels", "--station", "co", "--address", "http://x:1", "--out", out) == 0
    assert out.read_bytes().startswith(b"%PDF")


def test_a_backup_made_while_running_can_be_restored(
    chain: Chain, folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    media = chain.register.media.path("ab" * 32)
    media.parent.mkdir(exist_ok=True)
    media.write_bytes(b"picture")
    head = chain.register.journal_seq

    assert run(folder, "backup", tmp_path / "copy") == 0
    chain.submit(chain.form())
    assert run(tmp_path / "again", "restore", tmp_path / "copy") == 0

    capsys.readouterr()
    assert run(tmp_path / "again", "journal", "verify", "--json", "--rows") == 0
    assert json.loads(capsys.readouterr().out)["entries"] == head
    restored = tmp_path / "again" / "media" / "ab" / ("ab" * 32)
    assert restored.read_bytes() == b"picture"


def test_a_backup_goes_over_nothing(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()

    assert run(folder, "backup", tmp_path) == 1
    assert run(folder, "restore", folder) == 1


def test_a_backup_whose_journal_does_not_hold_is_not_restored(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    assert run(folder, "backup", tmp_path / "copy") == 0
    with closing(sqlite3.connect(tmp_path / "copy" / "forecourt.sqlite3")) as connection:
        connection.execute("DELETE FROM journal WHERE seq = 2")
        connection.commit()

    assert run(tmp_path / "again", "restore", tmp_path / "copy", "--lang", "en") == 1
    assert "does not hold at entry 2" in capsys.readouterr().err
    assert not (tmp_path / "again").exists()


def test_a_restored_folder_without_a_picture_says_so(
    chain: Chain, tmp_path: Path, folder: Path, capsys: Captured
) -> None:
    from domain.procedures.evidence import receive_evidence
    from tests.things import CONSOLE, a_picture

    item = a_picture(b"gone")
    chain.submit(chain.form(evidence=(item,)))
    chain.register.carry_out(receive_evidence, item.id, by=CONSOLE)

    assert run(folder, "backup", tmp_path / "copy") == 0
    assert run(tmp_path / "again", "restore", tmp_path / "copy", "--lang", "en") == 1
    assert "1 pictures or videos are not in the backup" in capsys.readouterr().err
    assert run(folder, "doctor", "--lang", "en") == 1


def test_the_doctor_finds_nothing_bad_in_a_healthy_folder(folder: Path, capsys: Captured) -> None:
    assert run(folder, "doctor", "--json", "--lang", "en") == 0

    found = {each["what"]: each for each in json.loads(capsys.readouterr().out)}
    assert found["Journal"]["grade"] == "ok"
    assert found["Backup"]["grade"] == "warning"
    assert all(each["remedy"] for each in found.values() if each["grade"] != "ok")


def test_the_doctor_names_a_broken_journal_and_a_broken_database(
    folder: Path, tmp_path: Path, capsys: Captured
) -> None:
    with closing(sqlite3.connect(folder / "forecourt.sqlite3")) as connection:
        connection.execute("DELETE FROM journal WHERE seq = 2")
        connection.commit()
    assert run(folder, "doctor") == 1
    assert "✗ 日志" in capsys.readouterr().out

    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "forecourt.sqlite3").write_bytes(b"this is no database at all" * 100)
    assert run(tmp_path / "bad", "doctor") == 1
    assert "✗ 数据库" in capsys.readouterr().out


def test_only_one_process_receives_and_a_killed_one_frees_its_place(tmp_path: Path) -> None:
    from tui.receiver_lock import ReceiverLock, receiving

    program = (
        "import sys, time; from pathlib import Path; from tui.receiver_lock import ReceiverLock\n"
        "lock = ReceiverLock.take(Path(sys.argv[1])); lock.announce(('http://x:1',))\n"
        "print('held', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert ReceiverLock.take(tmp_path) is None
        running = receiving(tmp_path)
        assert running is not None
        assert (running.pid, running.urls) == (other.pid, ("http://x:1",))
        other.kill()

    assert receiving(tmp_path) is None
    lock = ReceiverLock.take(tmp_path)
    assert lock is not None
    lock.release()


@pytest.mark.slow
def test_an_export_of_many_findings_is_written_by_a_child(
    chain: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    from domain.register.queries import Asker
    from domain.views import FindingFilter
    from tui import exporting

    chain.submit(chain.form())
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight("p-wang"))
    monkeypatch.setattr(exporting, "MANY", 0)

    place = exporting.export_findings(register, asker, FindingFilter(place="s1"), "en")

    sheet = openpyxl.load_workbook(place).active
    assert sheet is not None
    assert sheet["A2"].value.startswith("Shown: Lakeside    1 findings")


def test_help_is_there_before_one_looks_up() -> None:
    """Counted in modules, not in seconds: those are of this machine."""
    program = (
        "import sys; bare = set(sys.modules); import tui.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "print(len(set(sys.modules) - bare))"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)

    assert int(said.stdout.split()[-1]) < 80
