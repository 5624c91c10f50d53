"""Names can be corrected; ids, codes and the journal stay."""

from __future__ import annotations

import pytest

from domain.journal import first_broken
from domain.procedures.refusals import Unfit, Unknown
from domain.procedures.renaming import rename_person, rename_place, rename_point
from domain.register.journal_table import entries
from domain.text import Text, same
from tests.things import CONSOLE, Chain

NEW = Text(zh="新湖加油站", en="New Lake")


def test_a_station_gets_another_name_and_keeps_its_inspections(chain: Chain) -> None:
    receipt = chain.submit(chain.form())
    chain.register.carry_out(rename_place, "s1", NEW, by=CONSOLE)

    assert chain.register.directory.station_name("s1") == NEW
    assert chain.submit(chain.form()).number == receipt.number + 2


def test_a_person_and_a_point_get_other_names(chain: Chain) -> None:
    point = chain.register.directory.points_by_token[chain.token]
    chain.register.carry_out(rename_person, "p-wang", " 王小明 ", by=CONSOLE)
    chain.register.carry_out(rename_point, point.id, same("二号机"), by=CONSOLE)

    directory = chain.register.directory
    assert directory.people["p-wang"].name == "王小明"
    assert directory.points_by_token[chain.token].name == same("二号机")


def test_a_corrected_name_is_in_the_journal(chain: Chain) -> None:
    chain.register.carry_out(rename_place, "s1", NEW, by=CONSOLE)

    with chain.register.read() as connection:
        every = list(entries(connection))
    assert first_broken(every) is None
    assert (every[-1].header.action, every[-1].header.subject) == ("place.renamed", "s1")
    assert "新湖加油站".encode() in (every[-1].body or b"")


@pytest.mark.parametrize("name", ["", "  ", "a\nb"])
def test_an_empty_or_broken_name_is_refused(chain: Chain, name: str) -> None:
    with pytest.raises(Unfit):
        chain.register.carry_out(rename_place, "s1", same(name), by=CONSOLE)


def test_what_is_not_there_cannot_be_renamed(chain: Chain) -> None:
    register = chain.register
    for rename, name in ((rename_place, NEW), (rename_point, NEW)):
        with pytest.raises(Unknown):
            register.carry_out(rename, "nobody", name, by=CONSOLE)
    with pytest.raises(Unknown):
        register.carry_out(rename_person, "nobody", "x", by=CONSOLE)
