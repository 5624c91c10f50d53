"""What is wrong with a file or a period that somebody names for a simulation, if anything."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from domain.months import Months
from domain.refusals import Refusal
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.rulebook import Edition


def problem_of_edition(file: str) -> Text | None:
    """Why a file holds no edition."""
    from domain.register.rulebook_files import read_edition

    return _refusal_of(partial(read_edition, Path(file.strip())))


def problem_of_map(old: Edition, new: Edition, file: str) -> Text | None:
    """Why a file maps nothing between two editions; no file at all is right."""
    from domain.register.rulebook_files import read_map_file

    named = Path(file.strip()) if file.strip() else None
    return _refusal_of(partial(read_map_file, named, old, new))


def problem_of_months(written: str) -> Text | None:
    """Why a text is no period."""
    return _refusal_of(partial(Months.written, written))


def _refusal_of(work: Callable[[], object]) -> Text | None:
    """Why something would be refused, as one sentence."""
    try:
        work()
    except Refusal as no:
        return Text(zh=no.sentence("zh"), en=no.sentence("en"))
    return None
