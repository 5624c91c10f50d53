"""Points & phones: a post passes on with its duties, and what passes is told before it does."""

from __future__ import annotations

from tests.things import Chain
from tests.tui.terminal import console_of, press, seen, write


async def test_a_post_passes_to_somebody_else_with_its_duties(chain: Chain) -> None:
    async with console_of(chain, "3", "h") as pilot:
        await write(pilot, "王强")
        await press(pilot, "enter")
        await write(pilot, "赵磊")
        await press(pilot, "enter")
        asked = seen(pilot)
        await press(pilot, "enter")
        await press(pilot, "6")

        told = ("王强不再担任湖滨加油站站经理", "未完成的任务3项", "由赵磊接手")
        assert [said for said in told if said not in asked] == []
        people = chain.register.directory.people
        assert [role.place for role in people["p-zhao"].roles] == ["s2", "s1"]
        assert people["p-wang"].roles == ()
        assert "王强" not in seen(pilot)


async def test_a_post_that_nobody_takes_over_is_vacant_and_it_is_said_who_is_told(
    chain: Chain,
) -> None:
    async with console_of(chain, "3", "h") as pilot:
        await write(pilot, "王强")
        await press(pilot, "enter")
        await write(pilot, "先空着")
        await press(pilot, "enter")
        asked = seen(pilot)

        told = ("岗位将空缺，任务没有人负责", "逾期直接报城区片区片区经理")
        assert [said for said in told if said not in asked] == []
        await press(pilot, "escape")
        assert chain.register.directory.people["p-wang"].roles != ()
