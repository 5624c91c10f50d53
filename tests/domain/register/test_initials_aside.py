"""Initials are read elsewhere: who searches keeps the letters and none of the tables."""

from __future__ import annotations

import subprocess
import sys

import pytest

from domain.initials import initials, known_initials
from domain.register.initials_aside import learn_initials
from domain.register.shelf import load_rulebooks
from tests.things import COMPREHENSIVE, EDITION

SEARCHES = """
import sys
from domain.initials import known_initials
from domain.register.initials_aside import learn_initials
from domain.register.shelf import load_rulebooks
edition = load_rulebooks().edition(sys.argv[1], sys.argv[2])
learn_initials(edition)
assert "jgp" in known_initials(edition.criterion("134b").text.zh)
assert not [one for one in sys.modules if one.startswith("pypinyin")]
"""


@pytest.mark.slow
def test_every_chinese_text_of_an_edition_is_known_afterwards() -> None:
    edition = load_rulebooks().edition(COMPREHENSIVE, EDITION)

    learn_initials(edition)

    for _, group, criterion in edition.placed.values():
        for text in (group.title.zh, criterion.text.zh):
            assert known_initials(text) == initials(text)


@pytest.mark.slow
def test_the_tables_stay_out_of_the_process_that_searches() -> None:
    subprocess.run([sys.executable, "-c", SEARCHES, COMPREHENSIVE, EDITION], check=True)
