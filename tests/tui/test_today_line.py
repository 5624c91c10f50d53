"""The first screen says at once what has to be done today and what is late."""

from __future__ import annotations

from domain.register.queries import Asker
from domain.register.today import Today, today_of
from tests.things import VIDEO, Chain, a_form
from tests.tui.terminal import console_of, seen, until


def today(chain: Chain, person: str | None = None) -> Today:
    """What is to be done, as anybody sees it, or one person."""
    directory = chain.register.directory
    asker = Asker(directory, chain.register.rulebooks, directory.sight(person))
    with chain.register.read() as connection:
        return today_of(connection, asker, chain.clock(), person)


async def test_it_says_how_much_is_due_and_which_key_shows_it(chain: Chain) -> None:
    async with console_of(chain) as pilot:
        await until(pilot, lambda: "5 项到期" in seen(pilot))
        assert "本周还有 4" in seen(pilot)
        assert "→ 6" in seen(pilot)


async def test_what_is_late_and_can_still_be_done_stands_out(chain: Chain) -> None:
    chain.clock.forward(days=1)  # Saturday: what was due on Friday is late.

    async with console_of(chain) as pilot:
        await until(pilot, lambda: "逾期可补 3" in seen(pilot))


def test_what_was_done_is_not_due_any_more(chain: Chain) -> None:
    before = today(chain).due
    chain.submit(a_form(rulebook=VIDEO, station="s1", found=(), at=chain.clock.now))

    assert today(chain).due == before - 1


def test_a_manager_is_told_what_is_due_at_the_own_station(chain: Chain) -> None:
    assert today(chain, "p-wang").due == 2
