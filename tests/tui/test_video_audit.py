"""Entering an audit by keyboard while watching recordings."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from domain.register.queries import Asker, Page, findings
from tests.things import Chain
from tests.tui.terminal import console_of, press, seen, until, write
from tui.drafts import Drafts
from tui.screens.inspection import InspectionScreen
from tui.screens.video_audit import VideoAuditScreen
from tui.widgets.audit_rows import audit_rows
from tui.widgets.dialogs import Question
from tui.widgets.searching import row_named

pytestmark = pytest.mark.slow

BEGUN = ("2", "n", "enter", "enter", "enter")
"""The first station, the video audit, the first person."""


def audit_of(pilot: Pilot[Any]) -> VideoAuditScreen:
    """The audit in front."""
    screen = pilot.app.screen
    assert isinstance(screen, VideoAuditScreen)
    return screen


def stored(chain: Chain) -> list[tuple[str, int, str, str | None]]:
    """What the register holds: entry, count, note and place on the recording."""
    directory = chain.register.directory
    asker = Asker(directory, chain.register.rulebooks, directory.sight(None))
    with chain.register.read() as connection:
        lines = findings(connection, asker, Page(50))
    return [(line.criterion, line.count, line.note, line.at) for line in lines]


async def test_an_audit_is_entered_and_sent_without_a_mouse(chain: Chain) -> None:
    async with console_of(chain, *BEGUN) as pilot:
        await write(pilot, "f3+")
        await press(pilot, "n")
        await write(pilot, "rings")
        await press(pilot, "enter", "t")
        await write(pilot, "1234")
        await press(pilot, "enter")
        assert "00:12:34" in seen(pilot)

        await write(pilot, "a2")
        await press(pilot, "enter", "1", "2")
        assert "96 / 100" in seen(pilot)

        await press(pilot, "s")
        assert "f.3  ×1  00:12:34  rings" in seen(pilot)
        await press(pilot, "enter")
        await until(pilot, lambda: "已提交" in seen(pilot))
        await press(pilot, "enter")

        assert isinstance(pilot.app.screen, InspectionScreen)
    assert stored(chain) == [("a.2", 12, "", None), ("f.3", 1, "rings", "00:12:34")]
    assert Drafts(chain.register.folder).every() == ([], [])


async def test_keys_that_arrive_all_at_once_lose_nothing_and_hit_nothing_else(chain: Chain) -> None:
    async with console_of(chain, *BEGUN) as pilot:
        for key in ("f", "3", "plus", "n", "r", "3", "enter", "t", "5", "enter", "a", "2", "plus"):
            character = {"plus": "+", "enter": "\r"}.get(key, key)
            pilot.app.post_message(events.Key(key, character))
        await until(
            pilot,
            lambda: (
                isinstance(pilot.app.screen, VideoAuditScreen)
                and len(audit_of(pilot).draft.found) == 2
            ),
        )

        found = [
            (one.criterion, one.count, one.note, one.at) for one in audit_of(pilot).draft.found
        ]
        assert found == [("f.3", 1, "r3", "00:00:05"), ("a.2", 1, "", None)]


@pytest.mark.slow
async def test_the_auditor_is_recorded_not_the_console(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "s", "enter", "enter") as pilot:
        await until(pilot, lambda: "控制台" in seen(pilot))
        assert "王强" in seen(pilot)


async def test_every_change_can_be_taken_back(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "plus", "down", "x", "u", "u") as pilot:
        assert [(one.criterion, one.count) for one in audit_of(pilot).draft.found] == [("a.1", 1)]
        await press(pilot, "u", "u")
        assert audit_of(pilot).draft.empty
        assert "没有可撤销的了" in seen(pilot)


async def test_minus_removes_what_was_counted_by_mistake(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "minus") as pilot:
        assert audit_of(pilot).draft.found == ()


@pytest.mark.slow
async def test_the_same_entry_is_seen_at_two_places(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "o") as pilot:
        await press(pilot, "t")
        await write(pilot, "500")
        await press(pilot, "enter")

        assert [one.at for one in audit_of(pilot).draft.found] == [None, "00:05:00"]
        assert "又一处" in seen(pilot)
        assert "98 / 100" in seen(pilot)


@pytest.mark.slow
async def test_what_does_not_apply_leaves_the_score(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "up", "x") as pilot:
        assert "适用部分 80 / 80" in seen(pilot)
        await press(pilot, "down", "plus")
        assert "既记了问题，又标了“不适用”" in seen(pilot)


@pytest.mark.slow
async def test_a_wrong_time_is_asked_for_again(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "t") as pilot:
        await write(pilot, "9999")
        await press(pilot, "enter")
        assert "这不是时间" in seen(pilot)


@pytest.mark.slow
async def test_a_closed_console_loses_nothing(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "n") as pilot:
        await write(pilot, "seen")
        await press(pilot, "enter")
        draft = audit_of(pilot).draft
    assert Drafts(chain.register.folder).every() == ([draft], [])


@pytest.mark.slow
async def test_a_note_half_typed_is_dropped_by_a_second_esc_only(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "n") as pilot:
        await write(pilot, "地面有油")
        await press(pilot, "escape")
        assert "再按一次 Esc 放弃" in seen(pilot)
        assert "地面有油" in seen(pilot)

        await press(pilot, "enter")
        assert "地面有油" in seen(pilot)

        await press(pilot, "n")
        await write(pilot, "和烟头")
        await press(pilot, "escape", "escape")
        assert "和烟头" not in seen(pilot)


@pytest.mark.slow
async def test_a_draft_is_gone_on_with(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "escape") as pilot:
        assert "草稿已保存" in seen(pilot)
        await press(pilot, "n")
        assert "继续草稿" in seen(pilot)
        await press(pilot, "enter")
        assert len(audit_of(pilot).draft.found) == 1


async def test_a_draft_that_cannot_be_read_stops_nobody(chain: Chain) -> None:
    drafts = Drafts(chain.register.folder)
    drafts.folder.mkdir()
    (drafts.folder / "torn.json").write_bytes(b'{"id":')
    async with console_of(chain, "2", "n") as pilot:
        assert "草稿读不出来" in seen(pilot)
        assert "稽查哪个加油站" in seen(pilot)


@pytest.mark.slow
async def test_a_draft_is_given_up_once_sure(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "delete", "enter") as pilot:
        assert not isinstance(pilot.app.screen, VideoAuditScreen)
    assert Drafts(chain.register.folder).every() == ([], [])


@pytest.mark.slow
async def test_quitting_with_an_audit_not_sent_asks_first(chain: Chain) -> None:
    async with console_of(chain, *BEGUN, "plus", "q") as pilot:
        assert isinstance(pilot.app.screen, Question)
        assert "还没有提交" in seen(pilot)
        await press(pilot, "escape")
        assert audit_of(pilot).draft.found


@pytest.mark.slow
async def test_any_edition_can_be_entered(chain: Chain) -> None:
    async with console_of(chain, "2", "n", "enter", "down", "down", "enter", "enter") as pilot:
        await write(pilot, "ec4+")
        assert [one.criterion for one in audit_of(pilot).draft.found] == ["E.c.4"]


def test_an_entry_is_found_by_id_or_by_words(chain: Chain) -> None:
    edition = chain.register.rulebooks.editions("petrochina-shandong-2012/video")[0]
    from tui.drafts import Draft

    draft = Draft("i", edition.id, edition.edition, "s1", None, chain.clock.now)
    rows = audit_rows(edition, draft)

    def named(typed: str) -> str | None:
        place = row_named(rows, typed)
        return None if place is None else rows[place].key[0]

    typed = ("f3", "F.3", "f", "接听手机", "phoning")
    assert [named(one) for one in typed] == ["f.3", "f.3", "f", "f.3", "f.3"]
    assert named("没有这样的条目") is None
