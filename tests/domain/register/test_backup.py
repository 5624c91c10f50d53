"""Copies of a data folder: whole, and on the disk before anybody is told so."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from domain.draw_steps import commitment
from domain.register.backup import DATABASE, copy_beside, copy_database, copy_media
from domain.register.draws import kept_seed, make_seed
from domain.register.sealing import reading_connection
from domain.register.secret import folder_secret
from tests.things import Chain

FILE = "ab" + 62 * "0"


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, bool]]:
    """What was synced, in its order, and whether the finished database was there by then."""
    if not Path("/proc/self/fd").exists():
        pytest.skip("only Linux tells what a handle is of")
    seen: list[tuple[Path, bool]] = []
    sync = os.fsync

    def note(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        seen.append((path, (path / DATABASE).is_file()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", note)
    return seen


def test_the_name_of_the_copy_is_on_disk_as_its_bytes_are(
    chain: Chain, tmp_path: Path, synced: list[tuple[Path, bool]]
) -> None:
    copy_database(chain.register.folder, tmp_path / "copy")

    assert synced[-1] == (tmp_path / "copy", True)
    with closing(reading_connection(tmp_path / "copy" / DATABASE)) as copy:
        assert copy.execute("SELECT max(seq) FROM journal").fetchone()[0] == (
            chain.register.journal_seq
        )


@pytest.mark.parametrize("link", [True, False])
def test_so_are_the_names_of_the_media(
    chain: Chain, tmp_path: Path, synced: list[tuple[Path, bool]], link: bool
) -> None:
    kept = chain.register.media.path(FILE)
    kept.parent.mkdir()
    kept.write_bytes(b"x")

    assert copy_media(chain.register.folder, tmp_path / "copy", link=link) == 1
    assert [path for path, _ in synced][-2:] == [
        tmp_path / "copy" / "media" / "ab",
        tmp_path / "copy" / "media",
    ]
    assert (tmp_path / "copy" / "media" / "ab" / FILE).read_bytes() == b"x"


def test_a_copy_into_the_same_folder_again_is_no_trouble(chain: Chain, tmp_path: Path) -> None:
    kept = chain.register.media.path(FILE)
    kept.parent.mkdir()
    kept.write_bytes(b"x")

    counts = [copy_media(chain.register.folder, tmp_path / "copy", link=True) for _ in range(2)]

    assert counts == [1, 1]


def test_what_lies_beside_the_records_is_copied_too(chain: Chain, tmp_path: Path) -> None:
    folder = chain.register.folder
    seed, secret = make_seed(folder), folder_secret(folder)
    (folder / "calendar.yaml").write_text("id: ours", "utf-8")

    copy_beside(folder, tmp_path / "copy")

    assert kept_seed(tmp_path / "copy", commitment(seed)) == seed
    assert folder_secret(tmp_path / "copy") == secret
    assert (tmp_path / "copy" / "calendar.yaml").read_text("utf-8") == "id: ours"
