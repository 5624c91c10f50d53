"""Reading rulebook files: what YAML would decide by itself is refused, with file and line."""

from __future__ import annotations

import time

import pytest

from tests.small_rulebooks import CLAUSED, SHARED, checked, edition_of, reasons
from tests.things import PATIENCE_S


def test_ids_may_be_numbers_without_quotes() -> None:
    assert list(edition_of(CLAUSED).placed) == ["1", "2", "3"]


def test_a_word_that_yaml_takes_for_a_truth_value_stays_a_word() -> None:
    assert edition_of(SHARED.replace("en: Oil", "en: No")).criterion("a.1").text.en == "No"


def test_points_are_exactly_what_was_written() -> None:
    edition = edition_of(CLAUSED.replace("points: 0.5", "points: 0.1"))

    assert str(edition.criterion("1").clauses[0].points) == "0.1"


def test_an_unknown_key_is_refused_with_file_line_and_what_is_known() -> None:
    shelf = checked(SHARED.replace("        cap: 5\n", "        capp: 5\n", 1))

    missing, unknown = shelf.problems
    assert (unknown.file, unknown.line) == ("edition.yaml", 24)
    assert unknown.reason.en == 'Unknown key "capp" at sections[0].groups[0].capp.'
    assert "cap, criteria" in unknown.remedy.zh
    assert (missing.line, missing.reason.zh) == (22, "sections[0].groups[0] 缺少“cap”。")


def test_all_slips_of_shape_are_named_not_only_the_first() -> None:
    spoilt = (
        SHARED.replace("kind: onsite_audit", "kind: onsight")
        .replace("from: 2020-01-01", "from: 1.1.2020")
        .replace("complete: true", "complete: yes")
        .replace("total: 10\nscoring", "total: ten\nscoring")
        .replace("zh: 油污, ", "")
        .replace("severity: critical", "severity: bad")
    )

    assert reasons(checked(spoilt)) == [
        "3: kind does not fit.",
        "9: in_force.from does not fit.",
        "10: complete does not fit.",
        "11: total does not fit.",
        '28: sections[0].groups[0].criteria[0].text lacks "zh".',
        "37: sections[0].groups[1].severity does not fit.",
    ]


def test_a_text_in_one_language_only_is_refused() -> None:
    assert reasons(checked(SHARED.replace("{zh: 小表, en: Small list}", "Small list"))) == [
        "4: title does not fit."
    ]


def test_a_key_given_twice_is_refused_where_the_second_stands() -> None:
    shelf = checked(SHARED.replace("complete: true", "complete: true\nedition: '2'"))

    assert reasons(shelf) == ['11: "edition" is given twice (line 2).']


@pytest.mark.parametrize(
    "hostile",
    [
        "a: &a [x]\nb: [*a, *a]\n",
        "a: &a {k: *a}\n",
        "a: *missing\n",
        "a: !!python/object/apply:os.system [ls]\n",
        "!secret a: 1\n",
        "? [a, b]\n: 1\n",
        "a: 1\n---\nb: 2\n",
        "a: [1, 2\n",
        "a:\n\t- b\n",
        "a: \x00\n",
        "a: 'unclosed\n",
        "[" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "{a: " * 100_000,
        "x" * 2_000_000,
        "",
        "# only a comment\n",
        "---\n",
        "[]",
        "just text",
    ],
    ids=lambda text: repr(text[:24]),
)
def test_hostile_yaml_is_one_clear_problem(hostile: str) -> None:
    shelf = checked(hostile)

    assert shelf.problems
    assert not shelf.editions
    assert all(one.reason.zh and one.remedy.zh and one.remedy.en for one in shelf.problems)


def test_a_bomb_of_aliases_is_refused_before_it_goes_off() -> None:
    levels = "".join(f"l{n + 1}: &l{n + 1} [{', '.join([f'*l{n}'] * 9)}]\n" for n in range(12))
    begun = time.monotonic()

    shelf = checked(f"l0: &l0 [x]\n{levels}")

    assert reasons(shelf) == ["1: YAML anchors and aliases (& and *) are refused."]
    assert time.monotonic() - begun < PATIENCE_S


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_refused_with_how_to_mend_it(encoding: str) -> None:
    problem = checked(SHARED.encode(encoding)).problems[0]

    assert problem.reason.en == "The file is not UTF-8."
    assert "另存为 UTF-8" in problem.remedy.zh


def test_the_line_of_a_broken_character_is_named() -> None:
    assert checked(SHARED.encode("gb18030")).problems[0].line == 4


def test_a_mark_at_the_front_of_a_windows_file_is_no_problem() -> None:
    assert not checked(SHARED.encode("utf-8-sig")).problems


def test_windows_line_ends_are_no_problem() -> None:
    assert not checked(SHARED.replace("\n", "\r\n")).problems


def test_every_prefix_of_a_rulebook_is_read_or_refused_never_a_crash() -> None:
    written = SHARED.encode()
    for end in range(0, len(written), 7):
        shelf = checked(written[:end])
        assert shelf.problems or end > len(written) - 200
