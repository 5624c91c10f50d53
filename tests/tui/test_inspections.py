"""Inspections: the list, and one of them down to the deduction."""

from __future__ import annotations

from domain.submission import Found
from tests.things import CONSOLE, VIDEO, Chain, a_form
from tests.tui.terminal import console_of, press, seen, table_of


def audits(chain: Chain) -> None:
    """An on-site audit by phone and a video audit at the console."""
    chain.submit(chain.form(found=(Found("A.a.1", note="背对车道"), Found("E.b.2", count=3))))
    chain.submit(
        a_form(rulebook=VIDEO, station="s2", found=(Found("f.3"),), at=chain.clock.now), by=CONSOLE
    )


async def test_inspections_are_listed_with_their_scores(chain: Chain) -> None:
    audits(chain)
    async with console_of(chain, "2") as pilot:
        assert "98.00/100" in seen(pilot)
        assert "录像稽查" in seen(pilot)


async def test_inspections_are_narrowed_by_kind(chain: Chain) -> None:
    audits(chain)
    async with console_of(chain, "2", "f", "f") as pilot:
        assert len({line.kind for line in table_of(pilot).window.lines}) == 1
        assert "1–1 / 1" in seen(pilot)


async def test_an_inspection_leads_down_to_the_deduction(chain: Chain) -> None:
    audits(chain)
    async with console_of(chain, "2", "down", "enter", size=(160, 48)) as pilot:
        shown = seen(pilot)
        assert "重算一致" in shown
        assert "本表不完整" in shown
        assert "└ 背对车道" in shown
        assert "A.b" in shown
        assert "A.b.1" not in shown

        await press(pilot, "a")
        assert "A.b.1" in seen(pilot)


async def test_a_score_that_no_longer_adds_up_is_pointed_out(chain: Chain) -> None:
    audits(chain)
    from sqlalchemy import create_engine, text

    with create_engine(chain.register.url).begin() as connection:
        connection.execute(text("UPDATE inspection SET score = '99' WHERE kind = 'video_audit'"))
    async with console_of(chain, "2", "enter") as pilot:
        assert "✗ 与重算不符：98 / 100" in seen(pilot)


async def test_the_whole_seal_is_shown_on_demand(chain: Chain) -> None:
    audits(chain)
    async with console_of(chain, "2", "enter", "v") as pilot:
        assert chain.register.seal in seen(pilot)


async def test_a_contested_form_is_kept_in_view(chain: Chain) -> None:
    form = chain.form()
    chain.submit(form)
    from domain.procedures.submission import submit_inspection
    from domain.procedures.weighing import weigh

    other = chain.form(id=form.id, found=(Found("A.a.2"),))
    weighed = weigh(chain.register.rulebooks, other)
    chain.register.carry_out(submit_inspection, weighed, None, by=chain.by_phone)
    async with console_of(chain, "2", "enter") as pilot:
        assert "异议表单 1 份" in seen(pilot)
        await press(pilot, "v")
        assert "A.a.2" in seen(pilot)
