"""Marks of a picture, by which the same shot is found again among very many.

A picture is a grey grid of at most `GRID` pixels a side. Its marks are some dozens of blobs, each
with a small difference hash (dHash) of what is around it, at the blob's own size. A hash of a
whole picture does not survive cropping; those of its blobs do, and a border adds only others.
Marks merely name candidates: an honest picture of the same pump shares many. Whether two are
one shot is said by `domain.picture_alignment`.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GRID = 160
"""Pixels of a grid's longer side."""
MOST = 48
"""Marks of one picture."""
RADII = (2, 3, 4, 5, 6, 7, 9, 11)
"""Half widths of the blobs that are looked for."""
FAINT = 4.0
"""Grey levels by which a blob has to differ from what is around it."""
PLAIN = 1.5
"""Mean difference, in grey levels, of a line that shows nothing."""
CELLS = 4
BITS = 2 * CELLS * (CELLS - 1)
UNSURE = 2
"""Bits of a hash that are tried both ways in a search: the least sure ones."""
TURNS = 8
"""Upright, turned by quarters, and the same mirrored."""
PACKED = 6

Rows = list[list[float]]


class Grid(NamedTuple):
    """A small grey picture: a byte a pixel, row after row."""

    grey: bytes
    width: int
    height: int


class Mark(NamedTuple):
    """A blob and the hash of what is around it; in pixels of the grid."""

    x: int
    y: int
    radius: int
    key: int


class Marked(NamedTuple):
    """The marks of a picture, and the keys to search for, by turn."""

    marks: tuple[tuple[Mark, ...], ...]
    keys: frozenset[int]


def inner_part(grid: Grid) -> tuple[float, float, float, float] | None:
    """The picture within a screenshot, as shares of width and height: left, top, right, bottom.

    None where there are no borders to speak of.
    """
    grey, width, height = grid
    rows = [grey[y * width : (y + 1) * width] for y in range(height)]
    top, bottom = _busiest(rows)
    left, right = _busiest([bytes(column) for column in zip(*rows[top:bottom], strict=True)])
    if not 0.1 < (right - left) * (bottom - top) / (width * height) < 0.85:
        return None
    inset = 1.5  # rather less of the picture than any of the border
    return (
        (left + inset * (left > 0)) / width,
        (top + inset * (top > 0)) / height,
        (right - inset * (right < width)) / width,
        (bottom - inset * (bottom < height)) / height,
    )


def _busiest(lines: Sequence[bytes]) -> tuple[int, int]:
    """The longest run of lines that are not plain."""
    best, start = (0, 0), 0
    for place, line in enumerate([*lines, b""]):
        if not line or sum(abs(a - line[0]) for a in line) < PLAIN * len(line):
            best = max(best, (start, place), key=lambda run: run[1] - run[0])
            start = place + 1
    return best


def turned(grid: Grid, turn: int) -> Grid:
    """A grid mirrored (turn 4 and above) and then turned right by `turn % 4` quarters."""
    grey, width, height = grid
    rows = [grey[y * width : (y + 1) * width] for y in range(height)]
    if turn >= 4:
        rows = [row[::-1] for row in rows]
    for _ in range(turn % 4):
        rows = [bytes(column) for column in zip(*reversed(rows), strict=True)]
    return Grid(b"".join(rows), len(rows[0]), len(rows))


def marks_of(grid: Grid) -> Marked:
    """The marks of a picture in each turn; those of turn 0 are to be kept."""
    sums = _sums(grid)
    found = _spread(sorted(_blobs(grid, sums), reverse=True))
    turns: list[tuple[Mark, ...]] = []
    keys: set[int] = set()
    cells = [_cells(sums, x, y, radius) for _, x, y, radius in found]
    for turn in range(TURNS):
        marks = []
        for (_, x, y, radius), around in zip(found, cells, strict=True):
            bits = _differences(_turned_cells(around, turn))
            keys |= _probes(bits)
            marks.append(Mark(*_turned_place(x, y, grid, turn), radius, _key(bits)))
        turns.append(tuple(marks))
    return Marked(tuple(turns), frozenset(keys))


def packed(marks: Sequence[Mark]) -> str:
    """Marks as text, eight characters each."""
    raw = b"".join(bytes((m.x, m.y, m.radius)) + m.key.to_bytes(3, "big") for m in marks)
    return b64encode(raw).decode()


def unpacked(text: str) -> tuple[Mark, ...]:
    """Marks from their text."""
    raw = b64decode(text)
    pieces = (raw[at : at + PACKED] for at in range(0, len(raw), PACKED))
    return tuple(Mark(p[0], p[1], p[2], int.from_bytes(p[3:], "big")) for p in pieces)


def _sums(grid: Grid) -> list[list[int]]:
    """Sums of all above and to the left: any box is summed in four steps."""
    above = [0] * (grid.width + 1)
    sums = [above]
    for y in range(grid.height):
        row = accumulate(grid.grey[y * grid.width : (y + 1) * grid.width], initial=0)
        above = [a + b for a, b in zip(above, row, strict=True)]
        sums.append(above)
    return sums


def _means(sums: list[list[int]], radius: int, margin: int) -> Rows:
    """Means of the boxes around every pixel that is at least `margin` from the edge."""
    height, width = len(sums) - 1, len(sums[0]) - 1
    area = (2 * radius + 1) ** 2
    left, right = margin - radius, margin + radius + 1
    many = width - 2 * margin
    return [
        [
            (d - b - c + a) / area
            for a, b, c, d in zip(
                sums[y - radius][left : left + many],
                sums[y - radius][right : right + many],
                sums[y + radius + 1][left : left + many],
                sums[y + radius + 1][right : right + many],
                strict=True,
            )
        ]
        for y in range(margin, height - margin)
    ]


def _blobs(grid: Grid, sums: list[list[int]]) -> Iterator[tuple[float, int, int, int]]:
    """Strength, place and radius of what is lighter or darker than all around it."""
    for radius in RADII:
        margin = 4 * radius
        if min(grid.width, grid.height) < 2 * margin + 3:
            return
        inner, outer = _means(sums, radius, margin), _means(sums, 2 * radius, margin)
        strong = [
            [abs(a - b) for a, b in zip(*rows, strict=True)]
            for rows in zip(inner, outer, strict=True)
        ]
        for x, y, strength in _peaks(strong, max(1, radius // 2)):
            yield strength, x + margin, y + margin, radius


def _peaks(strong: Rows, near: int) -> Iterator[tuple[int, int, float]]:
    """The strongest of their neighbourhood."""
    wide = [[max(row[max(0, x - near) : x + near + 1]) for x in range(len(row))] for row in strong]
    for y in range(1, len(strong) - 1):
        around = wide[max(0, y - near) : y + near + 1]
        tops = map(max, *around)
        for x, (top, here) in enumerate(zip(tops, strong[y], strict=True)):
            if here >= FAINT and here == top and 0 < x < len(strong[y]) - 1:
                yield x, y, here


def _spread(blobs: Sequence[tuple[float, int, int, int]]) -> list[tuple[float, int, int, int]]:
    """The strongest, none of them the same as another at nearly the same size."""
    taken: list[tuple[float, int, int, int]] = []
    for blob in blobs:
        _, x, y, radius = blob
        if all(
            abs(x - u) + abs(y - v) > min(radius, r) or max(radius, r) > 1.6 * min(radius, r)
            for _, u, v, r in taken
        ):
            taken.append(blob)
            if len(taken) == MOST:
                break
    return taken


def _cells(sums: list[list[int]], x: int, y: int, radius: int) -> Rows:
    """Means of four by four boxes around a blob."""
    steps = [round(radius * each) for each in (-2.4, -0.8, 0.8, 2.4)]
    rows = []
    for down in steps:
        top, end = sums[y + down - radius], sums[y + down + radius + 1]
        row = []
        for along in steps:
            left, right = x + along - radius, x + along + radius + 1
            row.append(float(end[right] - end[left] - top[right] + top[left]))
        rows.append(row)
    return rows


def _turned_cells(cells: Rows, turn: int) -> Rows:
    if turn >= 4:
        cells = [row[::-1] for row in cells]
    for _ in range(turn % 4):
        cells = [list(column) for column in zip(*reversed(cells), strict=True)]
    return cells


def _turned_place(x: int, y: int, grid: Grid, turn: int) -> tuple[int, int]:
    width, height = grid.width, grid.height
    if turn >= 4:
        x = width - 1 - x
    for _ in range(turn % 4):
        x, y = height - 1 - y, x
        width, height = height, width
    return x, y


def _differences(cells: Rows) -> list[float]:
    """From cell to cell, along and down: their signs are the hash."""
    along = [b - a for row in cells for a, b in pairwise(row)]
    down = [b - a for above, below in pairwise(cells) for a, b in zip(above, below, strict=True)]
    return along + down


def _key(differences: Sequence[float]) -> int:
    key = 0
    for each in differences:
        key = key << 1 | (each > 0)
    return key


def _probes(differences: Sequence[float]) -> set[int]:
    """The hash, and what it would be if its least sure bits had come out otherwise."""
    least = sorted(range(BITS), key=lambda place: abs(differences[place]))[:UNSURE]
    keys = {_key(differences)}
    for place in least:
        keys |= {key ^ 1 << (BITS - 1 - place) for key in keys}
    return keys
