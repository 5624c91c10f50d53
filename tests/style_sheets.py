"""Stylesheets are parsed once for a run, not again for each console that a test opens.

A quarter of what a test of the console costs is the parsing of the same style sheets. Textual keeps
what it has parsed too, but for one console and sixty-four sheets only.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

Where = tuple[str, str]


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Remember what Textual's parser answered, by all that it was given."""
    parse, known = Stylesheet._parse_rules, dict[object, list[RuleSet]]()

    def remembered(
        sheet: Stylesheet,
        css: str,
        read_from: Where,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        given = (css, read_from, is_default_rules, tie_breaker, scope)
        key = (given, frozenset(sheet._variables.items()))
        if key not in known:
            known[key] = parse(sheet, *given)
        return known[key]

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(Stylesheet, "_parse_rules", remembered)
        yield
