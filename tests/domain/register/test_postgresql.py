"""The same code on PostgreSQL: one line of seals, news between processes, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.draw_checking import check_draws
from domain.draw_steps import commitment
from domain.drawing import Quota, Rule
from domain.journal import first_broken
from domain.organisation import Actor
from domain.procedures.draws import Announcement, announce_draw, freeze_list, reveal_draw
from domain.register.draws import draw_of, make_seed
from domain.register.journal_table import entries, head
from domain.register.queries import Asker, Page, count_findings, findings
from domain.register.register import Register
from tests.things import CONSOLE, Chain, Clock, a_form, build_chain, wait_until


@pytest.fixture
def branch(tmp_path: Path, postgres_database: str) -> Iterator[Chain]:
    """The small chain on PostgreSQL."""
    clock = Clock()
    with Register.open(tmp_path, postgres_database, clock=clock) as register:
        yield build_chain(register, clock)


def test_a_form_is_stored_and_read_back(branch: Chain) -> None:
    form = branch.form()
    receipt = branch.submit(form)
    directory = branch.register.directory
    asker = Asker(directory, branch.register.rulebooks, directory.sight(None))

    with branch.register.read() as connection:
        (finding,) = findings(connection, asker, Page(10))
        assert count_findings(connection, asker) == 1
    assert finding.inspection == receipt.number
    assert branch.submit(form) == receipt


def test_two_registers_seal_one_line_and_hear_of_each_other(
    branch: Chain, tmp_path: Path, postgres_database: str
) -> None:
    console = Actor("console")
    with Register.open(tmp_path, postgres_database) as other, ThreadPoolExecutor(8) as pool:
        both = [branch, Chain(other, branch.clock, branch.token, branch.phone)]
        forms = [a_form(station="s1") for _ in range(40)]
        receipts = list(pool.map(lambda n: both[n % 2].submit(forms[n], console), range(40)))
        head = max(receipt.seq for receipt in receipts)
        wait_until(lambda: other.journal_seq == branch.register.journal_seq == head)

        with other.read() as connection:
            assert first_broken(entries(connection)) is None
    assert len({receipt.seq for receipt in receipts}) == 40


def test_one_read_is_one_moment(branch: Chain) -> None:
    branch.submit(branch.form())
    directory = branch.register.directory
    asker = Asker(directory, branch.register.rulebooks, directory.sight(None))

    with branch.register.read() as connection:
        before = count_findings(connection, asker), head(connection)
        branch.submit(branch.form())
        assert (count_findings(connection, asker), head(connection)) == before
    with branch.register.read() as connection:
        assert count_findings(connection, asker) == 2


def test_a_draw_is_announced_frozen_revealed_and_verified(branch: Chain) -> None:
    do, seed = branch.register.carry_out, make_seed(branch.register.folder)
    rule = Rule(Quota(at_least=1), must_stars=3)
    do(announce_draw, Announcement("i4", "co", "2026-11", commitment(seed), rule), by=CONSOLE)
    do(freeze_list, "i4.co.2026-11", by=CONSOLE)
    do(reveal_draw, "i4.co.2026-11", seed, by=CONSOLE)

    with branch.register.read() as connection:
        draw = draw_of(connection, "i4.co.2026-11")
        checked = check_draws(entries(connection), branch.clock.now.date())
    assert draw is not None
    assert draw.drawn is not None
    assert draw.drawn[0].stations == ("s1",)
    assert (checked.broken, [one.trouble for one in checked.draws]) == (None, [None])
