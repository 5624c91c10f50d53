"""The electronic log on the console: read, narrowed, searched, written into, exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from domain.notes import NewNote
from domain.organisation import Role
from domain.procedures.log import write_note
from domain.procedures.organisation import add_person
from domain.register.notes import Note, notes_between
from tests.things import CONSOLE, PATROL, VIDEO, Chain, a_form, new_id
from tests.tui.terminal import console_of, press, seen, until, write
from tui.__main__ import main

pytestmark = pytest.mark.slow


def kept(chain: Chain) -> list[Note]:
    """What was written, the newest first."""
    with chain.register.read() as connection:
        return notes_between(connection, "2000", "3000", None)


def note(chain: Chain, text: str, **changes: Any) -> None:
    values: dict[str, Any] = {"id": new_id(), "station": "s1", "text": text}
    said = NewNote(written_at=chain.clock.now, **values | changes)
    chain.register.carry_out(write_note, said, by=chain.by_phone)


@pytest.fixture
def busy(chain: Chain) -> Chain:
    """A round and a self-check of the morning, a note, and a shift that waits for a clerk."""
    do = chain.register.carry_out
    do(add_person, "p-chen", "陈静", (Role("staff", "s1"),), by=CONSOLE)
    chain.clock.forward(hours=-3)
    now = chain.clock.now
    scan = {"rulebook": PATROL, "edition": "2026-1", "started_at": now, "found": ()}
    chain.submit(a_form(token=chain.token, at=now, **scan))
    chain.clock.forward(hours=1)
    chain.submit(a_form(at=chain.clock.now, station="s1", rulebook=VIDEO, found=()))
    chain.clock.forward(hours=1)
    note(chain, "到货 AdBlue 20 桶")
    chain.clock.forward(hours=1)
    note(chain, "早班交中班", kind="handover", to_person="p-chen", readings=("钥匙 6 把",))
    return chain


async def test_everything_of_the_month_stands_in_one_list(busy: Chain) -> None:
    async with console_of(busy, "7", size=(160, 48)) as pilot:
        shown = seen(pilot)

    wanted = ("2026-11", "早班巡检", "每日录像自查", "AdBlue", "待陈静接班", "自查 1 · 巡检 1")
    assert [said for said in wanted if said not in shown] == []


async def test_it_is_one_key_away_from_patrols_and_duties(busy: Chain) -> None:
    async with console_of(busy, "5", size=(160, 48)) as pilot:
        assert "7 电子日志" in seen(pilot)
        await press(pilot, "6")
        assert "7 电子日志" in seen(pilot)
        await press(pilot, "7")
        assert "AdBlue" in seen(pilot)


async def test_it_is_narrowed_and_searched(busy: Chain) -> None:
    async with console_of(busy, "7", "s") as pilot:
        await write(pilot, "adblue")
        await press(pilot, "enter")
        assert ("AdBlue" in seen(pilot), "待陈静接班" in seen(pilot)) == (True, False)
        await press(pilot, "escape", "f")
        assert ("每日录像自查" in seen(pilot), "AdBlue" in seen(pilot)) == (True, False)
        await press(pilot, "escape", "p", *"p-chen", "enter")
        assert ("待陈静接班" in seen(pilot), "AdBlue" in seen(pilot)) == (True, False)
        await press(pilot, "escape", "slash", *"s2", "enter")
        assert "没有记录" in seen(pilot)
        await press(pilot, "escape", "left")
        assert "2026-10 ◂" in seen(pilot)
        await press(pilot, "right", "right")
        assert "2026-11" in seen(pilot)


async def test_rounds_that_nobody_made_are_listed_of_one_station_only(busy: Chain) -> None:
    busy.clock.forward(hours=26)
    async with console_of(busy, "7", size=(160, 48)) as pilot:
        assert ("未做 2 轮" in seen(pilot), "未做 0/1" in seen(pilot)) == (True, False)
        await press(pilot, "slash", *"s1", "enter")
        assert ("轮" in seen(pilot), "未做 0/1" in seen(pilot)) == (False, True)
        await press(pilot, "escape", "f", "f")
        assert "未做 0/1" in seen(pilot)


async def test_a_note_is_written_without_a_name_and_corrected_by_another(busy: Chain) -> None:
    async with console_of(busy, "7", "n", *"s1", "enter", "enter") as pilot:
        await press(pilot, "enter")
        assert "请写内容" in seen(pilot)
        await write(pilot, "pump 3 out of use")
        await press(pilot, "enter")
        assert "pump 3 out of use" in seen(pilot)

        await press(pilot, "s", *"pump", "enter", "c", *"chen", "enter")
        await write(pilot, "pump 4, not 3")
        await press(pilot, "enter")

    correction, wrong = kept(busy)[:2]
    assert (wrong.person, wrong.text) == (None, "pump 3 out of use")
    assert (correction.person, correction.about) == ("p-chen", wrong.id)


async def test_a_shift_is_taken_over_by_its_successor_only(busy: Chain) -> None:
    async with console_of(busy, "7", "a", *"p-wang", "enter", "enter") as pilot:
        assert "交班人不能自己接班" in seen(pilot)
        await press(pilot, "escape", "a", *"p-chen", "enter", *"ok", "enter")
        assert "已接班" in seen(pilot)
        await press(pilot, "a")
        assert "不是等人接的班" in seen(pilot)
        await press(pilot, "enter")
        assert [said for said in ("钥匙 6 把", "接班意见", "ok") if said not in seen(pilot)] == []


async def test_a_shift_is_handed_over_at_the_console(busy: Chain) -> None:
    keys = ("7", "h", *"s1", "enter", *"p-chen", "enter", *"manager", "enter")
    async with console_of(busy, *keys) as pilot:
        for text in ("late shift", "pump 3; light", ""):
            await write(pilot, text)
            await press(pilot, "enter")

    handed = kept(busy)[0]
    assert (handed.person, handed.to_post, handed.text) == (
        "p-chen",
        "station_manager",
        "late shift",
    )
    assert (handed.matters, handed.readings) == (("pump 3", "light"), ())


async def test_lines_lead_to_the_inspection_and_to_the_round(busy: Chain) -> None:
    async with console_of(busy, "7", "end") as pilot:
        await press(pilot, "enter")
        assert "已完成 1/1" in seen(pilot)
        await press(pilot, "escape", "up", "enter")
        assert "100" in seen(pilot)
        assert "录像稽查" in seen(pilot)


async def test_a_note_from_a_phone_shows_by_itself(busy: Chain) -> None:
    async with console_of(busy, "7") as pilot:
        note(busy, "夜间有雾")

        await until(pilot, lambda: "夜间有雾" in seen(pilot))


async def test_the_month_is_exported_from_the_screen(busy: Chain) -> None:
    async with console_of(busy, "7", "e") as pilot:
        await until(pilot, lambda: "已导出到" in seen(pilot))

    (written,) = (busy.register.folder / "exports").glob("电子日志_*.xlsx")
    assert load_workbook(written)["电子日志"].max_row == 6


def test_the_month_of_a_station_is_exported_by_a_command(
    busy: Chain, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = str(busy.register.folder), tmp_path / "log.xlsx"
    words = ["--data", data, "--lang", "zh", "export", "log", "--station", "湖滨加油站"]

    assert main([*words, "--month", "2026-11", "--out", str(out)]) == 0

    listed = load_workbook(out)["电子日志"].iter_rows(min_row=3, max_col=6, values_only=True)
    # The command goes by the system's clock: for it, more rounds were missed meanwhile.
    rows = [row for row in listed if row[2] != "巡检"]
    assert [row[2] for row in rows] == ["交接班", "记录", "自查"]
    assert str(rows[1][0]) == "2026-11-20 11:00:00"
    assert "早班交中班" in str(rows[0][5])
    for month in ("2026", "2026-13", "2026-01..2026-02", "本月"):
        assert main([*words, "--month", month]) == 1
        assert "请写一个月份" in capsys.readouterr().err
