"""Places as people name them on the command line: by id or by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.refusals import Refusal
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.organisation import Directory, Place

SHOWN = 8


class NoSuchPlace(Refusal):
    """No place has this id or name, or several have the name."""

    code = "no-such-place"
    status = 404

    def __init__(self, word: str, near: Sequence[Place]) -> None:
        named = [(each.id, each.name) for each in near[:SHOWN]]
        super().__init__(
            Text(
                zh=f"没有唯一叫“{word}”的加油站或单位。",
                en=f"There is no one station or place called {word!r}.",
            ),
            remedy=Text(
                zh="请写完整的名称或编号"
                + (
                    f"，例如 {'、'.join(f'{i}（{name.zh}）' for i, name in named)}。"
                    if named
                    else "。"
                ),
                en="Write the whole name or the id"
                + (
                    f", such as {', '.join(f'{i} ({name.en})' for i, name in named)}."
                    if named
                    else "."
                ),
            ),
        )


def place_called(directory: Directory, word: str) -> str:
    """The id of the place with this id or name.

    Raises:
        NoSuchPlace: There is none, or several have the name; names those that come near.
    """
    if word in directory.places:
        return word
    places = list(directory.places.values())
    called = [each for each in places if word in (each.name.zh, each.name.en)]
    if len(called) == 1:
        return called[0].id
    near = [each for each in places if word and (word in each.name.zh or word in each.name.en)]
    raise NoSuchPlace(word, called or near or places)
