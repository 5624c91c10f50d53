"""Draws are derived again from the journal alone; whatever was changed is named."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest

from domain.canonical import canonical, digest
from domain.draw_checking import CheckedDraw, Trouble, check_draws
from domain.draw_steps import commitment
from domain.drawing import Quota, Rule
from domain.journal import Entry, seal
from domain.organisation import Role
from domain.procedures.draws import (
    Announcement,
    announce_draw,
    freeze_list,
    replace_station,
    reveal_draw,
)
from domain.procedures.organisation import add_person
from domain.register.journal_table import entries
from domain.register.matching import first_row_changed
from tests.things import CONSOLE, Chain
from tui.__main__ import main

SEED = "5eed" * 16
RULE = Rule(Quota(at_least=1), must_stars=3)
TODAY = date(2026, 11, 20)
DRAW = "i4.co.2026-11"
Change = Callable[[dict[str, Any]], None]
Captured = pytest.CaptureFixture[str]


def draw_once(chain: Chain, *, revealed: bool = True) -> None:
    do = chain.register.carry_out
    chain.submit(chain.form())
    do(announce_draw, Announcement("i4", "co", "2026-11", commitment(SEED), RULE), by=CONSOLE)
    if revealed:
        do(freeze_list, DRAW, by=CONSOLE)
        do(reveal_draw, DRAW, SEED, by=CONSOLE)
        do(replace_station, DRAW, "s1", "停业改造", by=CONSOLE)


def journal(chain: Chain) -> list[Entry]:
    with chain.register.read() as connection:
        return list(entries(connection))


def resealed(old: list[Entry], action: str, change: Change) -> list[Entry]:
    """The journal as somebody leaves it who changes a body and then derives all seals again."""
    new: list[Entry] = []
    for entry in old:
        body, header = entry.body, entry.header
        if header.action == action and body is not None:
            content = json.loads(body)
            change(content["rows"][0][1])
            body = canonical(content)
        header = msgspec.structs.replace(
            header,
            body_sha256=digest(body) if body else header.body_sha256,
            prev=new[-1].seal if new else header.prev,
        )
        new.append(Entry(header, seal(header), body))
    return new


def checked(journal: list[Entry], today: date = TODAY) -> CheckedDraw:
    found = check_draws(journal, today)
    assert found.broken is None
    (only,) = found.draws
    return only


def another_seed(row: dict[str, Any]) -> None:
    row["seed"] = SEED[::-1]


def another_commitment(row: dict[str, Any]) -> None:
    row["commitment"] = commitment("another")


def another_rule(row: dict[str, Any]) -> None:
    row["rule"] = row["rule"].replace('"at_least":1', '"at_least":2')


def a_station_less(row: dict[str, Any]) -> None:
    frozen = json.loads(row["frozen"])
    del frozen["strata"][0]["stations"][1]
    row["frozen"] = json.dumps(frozen)


def a_star_less(row: dict[str, Any]) -> None:
    row["frozen"] = row["frozen"].replace('"stars":3', '"stars":2')


def inspected_never(row: dict[str, Any]) -> None:
    row["frozen"] = row["frozen"].replace('"2026-11-20","stars"', 'null,"stars"')


def the_other_one_first(row: dict[str, Any]) -> None:
    drawn = json.loads(row["drawn"])
    drawn[0]["order"].reverse()
    row["drawn"] = json.dumps(drawn)


def one_more(row: dict[str, Any]) -> None:
    row["drawn"] = row["drawn"].replace('"taken":1', '"taken":2')


def a_public_value(row: dict[str, Any]) -> None:
    row["public_value"] = "12345"


def one_of_choice(row: dict[str, Any]) -> None:
    row["by_station"] = "s3"


def no_reason(row: dict[str, Any]) -> None:
    row["reason"] = " "


def nonsense(row: dict[str, Any]) -> None:
    row["drawn"] = "[7]"


def test_an_honest_draw_holds(chain: Chain) -> None:
    draw_once(chain)

    assert checked(journal(chain)).trouble is None


@pytest.mark.parametrize(
    ("action", "change", "trouble"),
    [
        ("draw.announced", another_commitment, "seed"),
        ("draw.announced", another_rule, "rule"),
        ("draw.frozen", a_station_less, "list"),
        ("draw.frozen", a_star_less, "list"),
        ("draw.frozen", inspected_never, "list"),
        ("draw.revealed", another_seed, "seed"),
        ("draw.revealed", the_other_one_first, "result"),
        ("draw.revealed", one_more, "result"),
        ("draw.revealed", a_public_value, "public value"),
        ("draw.revealed", nonsense, "cannot be read"),
        ("draw.replaced", one_of_choice, "replacement"),
        ("draw.replaced", no_reason, "replacement"),
    ],
)
def test_what_was_changed_is_named_even_where_all_seals_were_derived_again(
    chain: Chain, action: str, change: Change, trouble: Trouble
) -> None:
    draw_once(chain)

    found = checked(resealed(journal(chain), action, change))

    assert found.trouble == trouble


def test_a_change_without_new_seals_breaks_the_journal(chain: Chain) -> None:
    draw_once(chain)
    honest = journal(chain)
    changed = resealed(honest, "draw.frozen", a_star_less)
    at = next(n for n, each in enumerate(honest) if each.header.action == "draw.frozen")

    found = check_draws(
        [
            *honest[:at],
            Entry(honest[at].header, honest[at].seal, changed[at].body),
            *honest[at + 1 :],
        ],
        TODAY,
    )

    assert found.broken is not None
    assert found.broken.seq == at + 1


def test_a_list_frozen_after_another_entry_gives_another_draw(chain: Chain) -> None:
    """The seal of the freezing entry goes into every number, so the same seed draws otherwise."""
    draw_once(chain)
    one = journal(chain)
    two = resealed(one, "draw.announced", lambda row: row.update(announced_at="2026-11-20T00:00Z"))

    assert checked(two).trouble == "result"


def test_a_draw_whose_seed_never_came_is_named_once_its_month_is_over(chain: Chain) -> None:
    draw_once(chain, revealed=False)

    assert checked(journal(chain), date(2026, 11, 30)).trouble is None
    assert checked(journal(chain), date(2026, 12, 1)).trouble == "missing reveal"


def test_a_second_announcement_that_came_around_the_procedure_is_named(chain: Chain) -> None:
    draw_once(chain, revealed=False)
    chain.register.carry_out(
        announce_draw,
        Announcement("i4", "co", "2026-12", commitment("another"), RULE),
        by=CONSOLE,
    )

    def same_month(row: dict[str, Any]) -> None:
        row["period"], row["id"] = "2026-11", DRAW

    forged = resealed(journal(chain), "draw.announced", same_month)
    assert "announced twice" in [one.trouble for one in check_draws(forged, TODAY).draws]


def test_where_old_bodies_were_removed_lists_are_not_compared_and_that_is_said(
    chain: Chain,
) -> None:
    draw_once(chain)
    old, *others = journal(chain)

    found = check_draws([Entry(old.header, old.seal), *others], TODAY)

    assert found.ok
    assert found.list_unchecked == (DRAW,)


def run(folder: Path, *words: object) -> int:
    try:
        return main(["draw", *map(str, words), "--data", str(folder), "--lang", "en"])
    except SystemExit as ended:
        return int(ended.code or 0)


def test_a_draw_is_made_and_verified_on_the_command_line(chain: Chain, captured: Captured) -> None:
    folder = chain.register.folder
    steps = (
        ("announce", "--duty", "I6", "--place", "u1", "--period", "2199-12"),
        ("freeze", "i6.u1.2199-12"),
        ("reveal", "i6.u1.2199-12"),
        ("show", "i6.u1.2199-12"),
        ("show",),
        ("verify", "--json"),
        ("verify", "i6.u1.2199-12"),
    )

    assert [run(folder, *step) for step in steps] == [0] * len(steps)
    said = captured.readouterr().out
    assert "All 1 draws hold." in said
    assert '"ok":true' in said


def test_a_tampered_draw_is_named_on_the_command_line(chain: Chain, captured: Captured) -> None:
    draw_once(chain)
    chain.register.carry_out(add_person, "p-x", "钱宁", (Role("staff", "s1"),), by=CONSOLE)
    rewrite(chain, resealed(journal(chain), "draw.revealed", one_more))

    assert run(chain.register.folder, "verify") == 1
    assert "the result does not follow from seed and list" in captured.readouterr().out


def test_a_changed_row_of_a_draw_is_not_what_the_journal_says(chain: Chain) -> None:
    draw_once(chain)
    with closing(sqlite3.connect(chain.register.folder / "forecourt.sqlite3")) as file, file:
        file.execute("UPDATE draw_replacement SET reason = '另一个原因'")

    with chain.register.read() as connection:
        broken = first_row_changed(connection)

    assert broken is not None
    assert broken.reason == "rows of draw_replacement differ"


@pytest.mark.parametrize(
    "words",
    [
        ("verify", "i9.co.2026-11"),
        ("show", "i9.co.2026-11"),
        ("announce", "--duty", "i9", "--place", "co", "--period", "2199-12"),
        ("announce", "--duty", "i4", "--place", "co", "--period", "2999-1"),
    ],
)
def test_what_is_not_there_is_refused(chain: Chain, words: tuple[str, ...]) -> None:
    assert run(chain.register.folder, *words) == 1


@pytest.fixture
def captured(capsys: Captured) -> Captured:
    """What was printed."""
    return capsys


def rewrite(chain: Chain, forged: list[Entry]) -> None:
    """Put a forged journal in place of the true one, as the owner of the file can."""
    with closing(sqlite3.connect(chain.register.folder / "forecourt.sqlite3")) as file, file:
        for entry in forged:
            header = entry.header
            file.execute(
                "UPDATE journal SET body_sha256 = ?, prev = ?, seal = ? WHERE seq = ?",
                (header.body_sha256, header.prev, entry.seal, header.seq),
            )
            file.execute("UPDATE journal_body SET body = ? WHERE seq = ?", (entry.body, header.seq))
