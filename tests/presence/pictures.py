"""How well reused pictures are found.

Every attack and every honest second photograph runs through what the register runs: marks, a
search by hashes among all originals, and the comparison.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from domain.picture_alignment import same_shot
from domain.picture_marks import Grid, Mark, marks_of
from domain.picture_warps import nearest
from domain.register.picture_marks import CANDIDATES, SHARED
from domain.register.pictures import small_grids
from tests.presence.picture_attacks import ATTACKS
from tests.presence.staged import HANDS, Scene, Style

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from PIL import Image

SEEDS = 5_000
"""Seeds of scenes begin here; those that it was tuned on lie below."""


class Known:
    """Originals, and a search among them as the register does it."""

    def __init__(self) -> None:
        self.kept: list[tuple[Grid, tuple[Mark, ...]]] = []
        self._by_key: dict[int, list[int]] = defaultdict(list)

    def keep(self, picture: Image.Image) -> int:
        """Keep an original; its number."""
        grid = small_grids(picture.convert("L"))[0]
        marks = marks_of(grid).marks[0]
        for key in {mark.key for mark in marks}:
            self._by_key[key].append(len(self.kept))
        self.kept.append((grid, marks))
        return len(self.kept) - 1

    def same(self, picture: Image.Image) -> list[int]:
        """Numbers of the originals that a picture is one shot with."""
        grids = small_grids(picture.convert("L"))
        marked = [marks_of(grid) for grid in grids]
        keys = frozenset[int]().union(*(each.keys for each in marked))
        shared = Counter(number for key in keys for number in self._by_key[key])
        near = [
            (number, self.kept[number][1])
            for number, many in shared.most_common(CANDIDATES)
            if many >= SHARED
        ]
        return [
            number
            for grid, own in zip(grids, marked, strict=True)
            for number, _ in nearest(own.marks, near)
            if same_shot((grid, own.marks), self.kept[number])
        ]


class Measured(NamedTuple):
    """How many were found again, taken for another scene, and how many there were."""

    found: int
    wrong: int
    all: int


def newcomers(
    scene: Scene, original: Image.Image, names: Collection[str]
) -> Iterator[tuple[str, Image.Image]]:
    """What is made of an original, and further photographs of its scene."""
    for name, attack in ATTACKS.items():
        if name in names:
            yield name, attack(original, Random(scene.seed))
    for number, (name, hand) in enumerate(HANDS.items(), 1):
        if name in names:
            yield name, scene.shoot(number, hand)


def measure(
    style: Style, many: int, seeds: int = SEEDS, names: Collection[str] = (*ATTACKS, *HANDS)
) -> dict[str, Measured]:
    """What becomes of newcomers, by their kind; so many scenes of each layout."""
    known = Known()
    scenes = [Scene(layout, seeds + one, style) for layout in style.layouts for one in range(many)]
    originals = [scene.shoot(0) for scene in scenes]
    own = [known.keep(original) for original in originals]
    found: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for number, scene, original in zip(own, scenes, originals, strict=True):
        for name, picture in newcomers(scene, original, names):
            same = known.same(picture)
            found[name] += number in same
            wrong[name] += bool(set(same) - {number})
    return {name: Measured(found[name], wrong[name], len(scenes)) for name in names}
