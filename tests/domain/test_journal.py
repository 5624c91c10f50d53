"""The journal's seals show every edit, deletion and reordering."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.canonical import canonical, digest
from domain.journal import GENESIS, Break, Entry, Header, first_broken, seal

words = st.text(max_size=12)
happenings = st.lists(st.tuples(words, words, words), min_size=1, max_size=12)


def sealed(happened: Sequence[tuple[str, str, str]]) -> list[Entry]:
    entries: list[Entry] = []
    for seq, (actor, action, fact) in enumerate(happened, start=1):
        body = canonical({"facts": {"said": fact}, "rows": []})
        header = Header(
            action=action,
            actor=actor,
            at=f"2026-11-22T00:00:{seq:02}.000000Z",
            body_sha256=digest(body),
            node="n",
            prev=entries[-1].seal if entries else GENESIS,
            seq=seq,
            subject="s",
        )
        entries.append(Entry(header, seal(header), body))
    return entries


@given(happenings)
def test_a_journal_left_alone_holds(happened: list[tuple[str, str, str]]) -> None:
    assert first_broken(sealed(happened)) is None


@given(happenings, st.data())
def test_an_edited_header_is_named(
    happened: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    entries = sealed(happened)
    n = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from(["action", "actor", "at", "node", "subject"]))
    header = msgspec.structs.replace(
        entries[n].header, **{field: getattr(entries[n].header, field) + "!"}
    )
    entries[n] = msgspec.structs.replace(entries[n], header=header)

    assert first_broken(entries) == Break(n + 1, "header does not match its seal")


@given(happenings, st.data())
def test_an_edited_body_is_named(happened: list[tuple[str, str, str]], data: st.DataObject) -> None:
    entries = sealed(happened)
    n = data.draw(st.integers(0, len(entries) - 1))
    entries[n] = msgspec.structs.replace(entries[n], body=(entries[n].body or b"") + b" ")

    assert first_broken(entries) == Break(n + 1, "body does not match its digest")


@given(happenings, st.data())
def test_a_deleted_entry_is_named(
    happened: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    entries = sealed([*happened, ("somebody", "later", "on")])
    n = data.draw(st.integers(0, len(entries) - 2))
    del entries[n]

    assert first_broken(entries) == Break(n + 1, "missing")


@given(happenings, st.data())
def test_an_entry_resealed_after_an_edit_breaks_the_one_after_it(
    happened: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    entries = sealed([*happened, ("somebody", "later", "on")])
    n = data.draw(st.integers(0, len(entries) - 2))
    header = msgspec.structs.replace(entries[n].header, actor="somebody else entirely")
    entries[n] = Entry(header, seal(header), entries[n].body)

    assert first_broken(entries) == Break(n + 2, "does not follow the entry before it")


@given(st.lists(st.tuples(words, words, words), min_size=2, max_size=12), st.data())
def test_two_entries_that_changed_places_are_found(
    happened: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    entries = sealed(happened)
    n = data.draw(st.integers(0, len(entries) - 2))
    entries[n], entries[n + 1] = entries[n + 1], entries[n]

    broken = first_broken(entries)

    assert broken is not None
    assert broken.seq == n + 1


def test_a_body_that_retention_removed_leaves_the_line_whole() -> None:
    entries = sealed([("a", "b", "c"), ("d", "e", "f")])
    entries[0] = msgspec.structs.replace(entries[0], body=None)

    assert first_broken(entries) is None


def test_canonical_bytes_sort_their_keys_and_spell_decimals_out() -> None:
    from decimal import Decimal

    assert canonical({"b": Decimal("1.50"), "a": "油"}) == '{"a":"油","b":"1.50"}'.encode()


@pytest.mark.parametrize("n", [0, 1])
def test_the_first_entry_must_be_number_one_and_follow_nothing(n: int) -> None:
    entries = sealed([("a", "b", "c"), ("d", "e", "f")])

    broken = first_broken(entries[n:])

    assert broken == (None if n == 0 else Break(1, "missing"))
