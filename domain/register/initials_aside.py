"""Reads pinyin initials in a child process, whose tables of 60 MB go with it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from domain.initials import initials, known_initials, remember_initials
from domain.register.child import Child, ChildFailed, serve_parent
from domain.rulebook import Edition


def learn_initials(edition: Edition) -> None:
    """Have the initials of all Chinese texts of an edition known; takes about a second, once.

    Raises:
        OSError, ChildFailed: The child process could not do it; nothing new is known then.
    """
    fresh = sorted({text for text in _texts(edition) if not known_initials(text)})
    if fresh:
        remember_initials(Child(__name__, fresh).answer())


def learn_if_possible(edition: Edition) -> None:
    """The same for those who go on without: lines are still found by number and words."""
    with suppress(OSError, ChildFailed):
        learn_initials(edition)


def _texts(edition: Edition) -> Iterable[str]:
    for _, group, criterion in edition.placed.values():
        yield group.title.zh
        yield criterion.text.zh
        for clause in criterion.clauses:
            yield clause.text.zh


def _read(texts: list[str]) -> dict[str, str]:
    return {text: initials(text) for text in texts}


if __name__ == "__main__":
    serve_parent(_read)
