"""The same code on PostgreSQL: one line of seals, news between processes, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from domain.journal import first_broken
from domain.organisation import Actor
from domain.register.journal_table import entries, head
from domain.register.queries import Asker, Page, count_findings, findings
from domain.register.register import Register
from tests.things import Chain, Clock, a_form, build_chain, wait_until


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
