"""The quick tally of a form says what the whole card says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.refusals import Refusal
from domain.register.shelf import load_rulebooks
from domain.scoring import charges, score_lines, tally
from domain.sheet import Line
from tests.things import EDITION, ONSITE, VIDEO

SHELF = load_rulebooks()


@pytest.mark.parametrize("rulebook", [ONSITE, VIDEO])
@given(data=st.data())
def test_a_tally_is_the_card_in_short(rulebook: str, data: st.DataObject) -> None:
    edition = SHELF.edition(rulebook, EDITION)
    named = st.sampled_from([*edition.placed, "Z"])
    lines = data.draw(
        st.lists(st.builds(Line, named, st.integers(0, 1), st.integers(0, 1000)), max_size=8)
    )
    spared = data.draw(st.lists(st.sampled_from([*edition.placed, *edition.groups]), max_size=3))
    try:
        card = score_lines(edition, lines, not_applicable=spared)
    except Refusal as no:
        with pytest.raises(type(no)):
            tally(edition, lines, not_applicable=spared)
        return

    told = tally(edition, lines, not_applicable=spared)

    assert (told.total, told.max, told.applied) == (card.total, card.max, card.applied)
    assert told.charges == charges(edition, lines)
