"""Health: says how the node is, verifies the journal, makes a backup."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from domain.register import reading
from domain.register.reading import verify_file
from domain.register.register import Register
from domain.text import Lang
from tests.things import Chain
from tests.tui.opened import console_on, until
from tests.tui.test_points import shown


class AReceiver:
    """A receiver as far as a console needs to know it."""

    address = "192.168.1.10:8600"
    clients = 3

    def __init__(self, _: Register) -> None:
        pass

    def stop(self) -> None:
        """Nothing runs."""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
@pytest.mark.slow
async def test_address_journal_disk_and_rulebooks_are_to_be_seen(
    chain: Chain, lang: Lang, size: tuple[int, int]
) -> None:
    async with console_on(
        chain.register, "health", lang=lang, size=size, receiver=AReceiver
    ) as pilot:
        await until(pilot, lambda: "http://192.168.1.10:8600" in shown(pilot))
        text = shown(pilot)

        wanted = (chain.register.seal, "GB", "2012-A0", "Python", "textual")
        assert [each for each in wanted if each not in text] == []


async def test_a_node_without_a_receiver_says_that_phones_cannot_send(chain: Chain) -> None:
    async with console_on(chain.register, "health", lang="en") as pilot:
        assert "phones cannot send" in shown(pilot)


@pytest.mark.parametrize("for_a_process", [50_000, 3], ids=["here", "in_children_too"])
@pytest.mark.slow
async def test_v_verifies_the_journal(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, for_a_process: int
) -> None:
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", for_a_process)
    async with console_on(chain.register, "health") as pilot:
        await pilot.press("v")

        await until(pilot, lambda: f"{chain.register.journal_seq} 条完好" in shown(pilot))


async def test_v_names_the_entry_that_is_broken(chain: Chain) -> None:
    with closing(sqlite3.connect(chain.register.folder / "forecourt.sqlite3")) as connection:
        connection.execute("UPDATE journal SET actor = 'nobody' WHERE seq = 3")
        connection.commit()

    async with console_on(chain.register, "health") as pilot:
        await pilot.press("v")

        await until(pilot, lambda: "第 3 条" in shown(pilot))


@pytest.mark.slow
async def test_b_makes_a_backup_that_holds(chain: Chain) -> None:
    async with console_on(chain.register, "health") as pilot:
        await pilot.press("b")
        backups = chain.register.folder / "backups"
        noted = chain.register.folder / "last_backup.json"
        await until(pilot, noted.exists)

        (made,) = backups.iterdir()
        assert verify_file(made / "forecourt.sqlite3").seq == chain.register.journal_seq


async def test_an_empty_register_has_health_too(register: Register) -> None:
    async with console_on(register, "health") as pilot:
        assert "未运行" in shown(pilot)
