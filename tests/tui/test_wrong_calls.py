"""What people get wrong on the command line: a reason, a remedy, no traceback."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.things import Chain
from tests.tui.test_command_line import run
from tui.__main__ import main
from tui.commands.console import open_receiver

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A folder whose database file is none."""
    (tmp_path / "forecourt.sqlite3").write_text("no database " * 100)
    return tmp_path


@pytest.mark.parametrize("words", [("journal", "verify"), ("export", "findings"), ("serve",)])
def test_a_damaged_database_is_said_to_be_one(
    damaged: Path, words: tuple[str, ...], capsys: Captured
) -> None:
    assert run(damaged, *words, "--lang", "en") == 1

    assert "damaged" in capsys.readouterr().err


def test_a_damaged_backup_is_not_restored(
    damaged: Path, tmp_path_factory: pytest.TempPathFactory, capsys: Captured
) -> None:
    to = tmp_path_factory.mktemp("to")

    assert run(to, "restore", damaged) == 1
    assert "已损坏" in capsys.readouterr().err
    assert list(to.iterdir()) == []


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "受支持"),
        ("mysql://a:b@c/d", "受支持"),
        ("postgresql://a:secret@127.0.0.1:1/d", "没有响应"),
    ],
)
def test_a_wrong_database_is_refused_without_showing_its_password(
    tmp_path: Path, url: str, said: str, capsys: Captured
) -> None:
    assert run(tmp_path, "export", "findings", "--database", url) == 1

    out, told = capsys.readouterr()
    assert said in told
    assert "secret" not in out + told


@pytest.mark.parametrize("command", ["console", "serve", "doctor", "export findings", "demo"])
def test_a_file_cannot_be_the_data_folder(tmp_path: Path, command: str, capsys: Captured) -> None:
    file = tmp_path / "file"
    file.touch()

    assert run(file, *command.split(), "--lang", "en") == 1
    assert "is a file, not a folder" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--port", "99999", "serve"], ["serve", "--port", "x"]])
def test_a_port_that_is_none_is_a_wrong_call(words: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)

    assert "0 到 65535" in capsys.readouterr().err


@pytest.mark.parametrize("before", [True, False], ids=["before_serve", "behind_serve"])
def test_a_port_means_the_same_at_both_places(
    tmp_path: Path, before: bool, capsys: Captured
) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = ["--port", str(taken.getsockname()[1])]
        words = [*port, "serve"] if before else ["serve", *port]

        assert main([*words, "--data", str(tmp_path)]) == 1
    assert f":{port[1]} " in capsys.readouterr().err


def test_an_address_of_another_machine_is_told_as_that(tmp_path: Path, capsys: Captured) -> None:
    assert run(tmp_path, "serve", "--host", "192.0.2.77", "--lang", "en") == 1

    assert "no address of this machine" in capsys.readouterr().err


def test_an_empty_path_does_not_mean_the_present_folder(capsys: Captured) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["doctor", "--data", ""])

    assert "路径是空的" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["s1", "湖滨加油站", "Lakeside"])
def test_a_station_is_named_by_its_id_or_its_name(
    chain: Chain, tmp_path: Path, word: str, capsys: Captured
) -> None:
    out = tmp_path / "labels.pdf"

    assert run(chain.register.folder, "labels", "--station", word, "--out", out) == 0
    assert "接收服务没有运行" in capsys.readouterr().err


def test_a_name_that_nearly_fits_is_answered_with_those_that_do(
    chain: Chain, capsys: Captured
) -> None:
    assert run(chain.register.folder, "export", "findings", "--place", "湖滨") == 1

    assert "s1（湖滨加油站）" in capsys.readouterr().err


def test_labels_of_a_running_receiver_need_no_warning(
    chain: Chain, tmp_path: Path, capsys: Captured
) -> None:
    receiver = open_receiver(chain.register, port=0)
    try:
        assert run(chain.register.folder, "labels", "--out", tmp_path / "labels.pdf") == 0
        assert capsys.readouterr().err == ""
    finally:
        receiver.stop()


def test_a_missing_folder_is_named_in_the_readers_language(chain: Chain, capsys: Captured) -> None:
    words = ("export", "findings", "--out", "/nowhere/at/all.xlsx", "--lang", "zh")

    assert run(chain.register.folder, *words) == 1
    assert "没有这个文件夹" in capsys.readouterr().err
