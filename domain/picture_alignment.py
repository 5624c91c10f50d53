"""Whether two pictures are one shot: laid over each other, and compared piece by piece.

A copy of a shot, however it was cropped or saved, lies over the original everywhere at once. A
second shot from nearly the same place does not: what is near moves against what is far, shadows
wander, things come and go. So the worst pieces of the overlap decide, not the mean.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate
from math import atan2, degrees, hypot
from typing import TYPE_CHECKING, NamedTuple

from domain.picture_marks import Grid, Mark, turned
from domain.picture_warps import Warp, after, inverse, laid_over, moved

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS = 14
STEP = 2
PIECES = 8
"""Columns and rows of pieces that the overlap is compared in."""
TEXTURE = 1.5
"""Grey levels of detail below which a piece is too plain to say anything."""
FEWEST = 8
"""Pieces with detail that an overlap needs."""
SMOOTH = 7
"""Half width of what is taken off before comparing: light and shade."""


class Likeness(NamedTuple):
    """How two pictures lie over each other.

    Attributes:
        outside: How far one sticks out of the other, in pixels; of the one that does so less.
        whole: Correlation of their detail over all of the overlap.
        worst: Correlation of the piece below which a tenth of the pieces are.
        light: Correlation of their light and shade.
        turn: Degrees by which one is turned against the other.
        stretch: How far height and width grew apart or slanted; 0 in a copy cropped and resized.
    """

    outside: float
    whole: float
    worst: float
    light: float
    turn: float
    stretch: float

    @property
    def is_one_shot(self) -> bool:
        """Whether they are one shot.

        A copy lies wholly in the other, straight; few second shots do. A turned one has to be
        all the more alike, for hands turn a camera too. Limits: docs/presence_pictures.md.
        """
        if abs(self.turn) < 0.1 and self.stretch < 0.006:
            within, whole, worst, light = 0.15, 0.95, 0.80, 0.95
        elif self.stretch < 0.01:
            within, whole, worst, light = 0.02, 0.985, 0.89, 0.985
        else:
            return False
        return (
            self.outside <= within
            and self.whole >= whole
            and self.worst >= worst
            and self.light >= light
        )


def same_shot(
    ours: tuple[Grid, Sequence[Sequence[Mark]]], theirs: tuple[Grid, Sequence[Mark]]
) -> bool:
    """Whether two pictures are one shot: a grid and its marks in each turn, and an earlier one's.

    Pure computation, up to half a second.
    """
    fits = [(laid_over(marks, theirs[1]), turn) for turn, marks in enumerate(ours[1])]
    best = max(((fit[0], turn, fit[1]) for fit, turn in fits if fit), default=None)
    if best is None:
        return False
    _, turn, warp = best
    found = likeness(turned(ours[0], turn), theirs[0], warp)
    return found is not None and found.is_one_shot


def likeness(ours: Grid, theirs: Grid, warp: Warp) -> Likeness | None:
    """How two pictures lie over each other, from a rough guess on; None where they do not."""
    scale = hypot(warp[0], warp[3])
    if not 0.25 < scale < 4:
        return None
    if scale < 1:  # the coarser one is laid over the finer one
        ours, theirs, warp = theirs, ours, inverse(warp)
        scale = 1 / scale
    first = _Picture(ours, 1, SMOOTH)
    second = _Picture(theirs, round(scale), round(SMOOTH * scale))
    found = _settled(first, second, warp)
    return _compared(first, second, found) if found else None


class _Picture:
    """Rows of a picture's detail: smoothed a little, light and shade taken off."""

    def __init__(self, grid: Grid, fine: int, coarse: int) -> None:
        self.width, self.height = grid.width, grid.height
        rows = [
            [float(each) for each in grid.grey[y * grid.width : (y + 1) * grid.width]]
            for y in range(grid.height)
        ]
        rows = _smoothed(rows, max(1, fine))
        self.shade = _smoothed(rows, coarse)
        self.rows = [
            [a - b for a, b in zip(*pair, strict=True)]
            for pair in zip(rows, self.shade, strict=True)
        ]

    def at(self, x: float, y: float) -> float:
        """The detail between four pixels."""
        left, top = int(x), int(y)
        x, y = x - left, y - top
        above, below = self.rows[top], self.rows[top + 1]
        first = above[left] + x * (above[left + 1] - above[left])
        return first + y * (below[left] + x * (below[left + 1] - below[left]) - first)


def _smoothed(rows: list[list[float]], radius: int) -> list[list[float]]:
    """Means of the boxes around every pixel, cut off at the edges."""
    for _ in range(2):
        rows = [list(row) for row in zip(*map(_run, rows, [radius] * len(rows)), strict=True)]
    return rows


def _run(row: Sequence[float], radius: int) -> list[float]:
    sums = list(accumulate(row, initial=0.0))
    return [(sums[end] - sums[start]) / size for start, end, size in _ends(len(row), radius)]


@lru_cache(64)
def _ends(many: int, radius: int) -> tuple[tuple[int, int, int], ...]:
    """Where the box around each of so many pixels begins and ends, and its size."""
    ends = ((max(0, x - radius), min(many, x + radius + 1)) for x in range(many))
    return tuple((start, end, end - start) for start, end in ends)


def _settled(first: _Picture, second: _Picture, warp: Warp) -> Warp | None:
    """The warp that lies best: steps down the slope of the first (inverse compositional)."""
    points = _points(first)
    for _ in range(ROUNDS):
        seen = [
            (slopes, here, second.at(u, v))
            for slopes, x, y, here in points
            for u, v in (moved(warp, x, y),)
            if 1 <= u < second.width - 2 and 1 <= v < second.height - 2
        ]
        if len(seen) < 100:
            return None
        power = sum(there * there for _, _, there in seen)
        gain = sum(here * there for _, here, there in seen) / power if power else 0.0
        if gain <= 0.05:
            return None
        step = _step([(slopes, gain * there - here) for slopes, here, there in seen])
        if step is None:
            return None
        a, b, c, d, e, f = step
        try:
            warp = after(warp, inverse((1 + a, b, c, d, 1 + e, f)))
        except ZeroDivisionError:
            return None
        if max(abs(c), abs(f)) < 0.01 and max(map(abs, (a, b, d, e))) < 0.0002:
            break
    return warp


def _points(picture: _Picture) -> list[tuple[Warp, int, int, float]]:
    """Where there is a slope: its six directions, the place and the detail there."""
    points, rows = [], picture.rows
    for y in range(2, picture.height - 2, STEP):
        for x in range(2 + y // STEP % 2, picture.width - 2, STEP):
            gx = (rows[y][x + 1] - rows[y][x - 1]) / 2
            gy = (rows[y + 1][x] - rows[y - 1][x]) / 2
            points.append((abs(gx) + abs(gy), x, y, gx, gy))
    points.sort(reverse=True)
    return [
        ((gx * x, gx * y, gx, gy * x, gy * y, gy), x, y, rows[y][x])
        for _, x, y, gx, gy in points[: max(600, len(points) // 3)]
    ]


def _step(errors: Sequence[tuple[Warp, float]]) -> list[float] | None:
    """The six numbers that take most of the errors away; least squares by elimination."""
    columns = list(zip(*(slopes for slopes, _ in errors), strict=True))
    off = [error for _, error in errors]
    rows = [[sum(map(float.__mul__, one, other)) for other in (*columns, off)] for one in columns]
    for at in range(6):
        pivot = max(range(at, 6), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        if abs(rows[at][at]) < 1e-9:
            return None
        for row in range(6):
            if row != at:
                share = rows[row][at] / rows[at][at]
                rows[row] = [x - share * y for x, y in zip(rows[row], rows[at], strict=True)]
    return [rows[at][6] / rows[at][at] for at in range(6)]


def _compared(first: _Picture, second: _Picture, warp: Warp) -> Likeness | None:
    places = [
        (x, y, first.rows[y][x], second.at(u, v))
        for y in range(1, first.height - 1)
        for x in range(1 + y % 2, first.width - 1, 2)
        for u, v in (moved(warp, x, y),)
        if 1 <= u < second.width - 2 and 1 <= v < second.height - 2
    ]
    if len(places) < 500:
        return None
    whole = _correlation([(here, there) for _, _, here, there in places])
    pieces = sorted(_pieces(places))
    if len(pieces) < FEWEST:
        return None
    a, b, _, d, e, _ = warp
    outside = min(_outside(first, second, warp), _outside(second, first, inverse(warp)))
    shades = [
        (first.shade[y][x], second.shade[round(v)][round(u)])
        for x, y, *_ in places[::7]
        for u, v in (moved(warp, x, y),)
    ]
    turn = degrees(atan2(d - b, a + e))
    stretch = hypot(a - e, b + d) / abs(a * e - b * d) ** 0.5
    worst = pieces[len(pieces) // 10]
    return Likeness(outside, whole, worst, _correlation(shades), turn, stretch)


def _outside(inner: _Picture, outer: _Picture, warp: Warp) -> float:
    """How far the corners of one lie outside of the other, in its own pixels."""
    far = 0.0
    for x in (-0.5, inner.width - 0.5):
        for y in (-0.5, inner.height - 0.5):
            u, v = moved(warp, x, y)
            far = max(far, -0.5 - u, -0.5 - v, u - outer.width + 0.5, v - outer.height + 0.5)
    return far / hypot(warp[0], warp[3])


def _pieces(places: Sequence[tuple[int, int, float, float]]) -> list[float]:
    """The correlation of each piece that has detail in either picture."""
    left, right = min(p[0] for p in places), max(p[0] for p in places) + 1
    top, end = places[0][1], places[-1][1] + 1
    pieces: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for x, y, here, there in places:
        piece = (x - left) * PIECES // (right - left), (y - top) * PIECES // (end - top)
        pieces.setdefault(piece, []).append((here, there))
    return [
        _correlation(each)
        for each in pieces.values()
        if len(each) >= 20
        and max(sum(h * h for h, _ in each), sum(t * t for _, t in each)) > TEXTURE**2 * len(each)
    ]


def _correlation(pairs: Sequence[tuple[float, float]]) -> float:
    many = len(pairs)
    here, there = sum(h for h, _ in pairs) / many, sum(t for _, t in pairs) / many
    both = sum((h - here) * (t - there) for h, t in pairs)
    one, other = sum((h - here) ** 2 for h, _ in pairs), sum((t - there) ** 2 for _, t in pairs)
    return float(both / (one * other) ** 0.5) if one > 0 and other > 0 else 0.0
