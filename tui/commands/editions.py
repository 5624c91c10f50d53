"""Editions as people name them on the command line: `id@edition`, an id, or a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from domain.register.rulebook_files import read_edition
from domain.rulebook import UnknownEdition
from domain.text import Text

if TYPE_CHECKING:
    from domain.rulebook import Edition, Rulebooks

NAMED = "ID@EDITION|FILE"


def edition_called(word: str, rulebooks: Rulebooks) -> Edition:
    """The edition of this name, the newest of a rulebook, or the one in a file.

    Raises:
        UnknownRulebook, UnknownEdition: There is none of this name.
        NoSuchFile, BrokenFile: The file holds none.
    """
    if word.endswith((".yaml", ".yml")) or Path(word).is_file():
        return read_edition(Path(word))
    rulebook, _, edition = word.partition("@")
    return rulebooks.edition(rulebook, edition) if edition else rulebooks.editions(rulebook)[-1]


def name_of(edition: Edition) -> str:
    """An edition as it is named: `id@edition`."""
    return f"{edition.id}@{edition.edition}"


def one_before(new: Edition, rulebooks: Rulebooks) -> Edition:
    """The edition that another would follow: the newest of its rulebook that has another name.

    Raises:
        UnknownRulebook: Nothing of the rulebook is known.
        UnknownEdition: Nothing but the edition itself is known.
    """
    others = [one for one in rulebooks.editions(new.id) if one.edition != new.edition]
    if not others:
        raise UnknownEdition(
            Text(
                zh=f"“{new.id}”没有另一个版本可比。",
                en=f'There is no other edition of "{new.id}" to compare with.',
            ),
            remedy=Text(
                zh="请用 --old 编号@版本 指明旧版。", en="Name the old one with --old ID@EDITION."
            ),
        )
    return others[-1]
