"""Where a point of one picture lies in another: shift, size, turn and slant in six numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.picture_marks import Mark

T = TypeVar("T")
NEAR_BITS = 3
"""Bits in which the hashes of two marks may differ that are taken for the same."""
BY_PLACE, BY_HASH = 8, 4
"""How many candidates are compared closely."""
EXACT = 1.2
"""Pixels by which a mark of a copy may lie beside; their places are whole pixels."""
AGREE = 4
"""Pairs of marks that have to tell the same shift and size."""

Warp = tuple[float, float, float, float, float, float]
"""x' = a x + b y + c, y' = d x + e y + f."""


def laid_over(ours: Sequence[Mark], theirs: Sequence[Mark]) -> tuple[int, Warp] | None:
    """How many marks agree on one shift and size, and from ours to theirs; None if too few."""
    pairs = [(a, b) for a in ours for b in theirs if (a.key ^ b.key).bit_count() <= NEAR_BITS]
    best: list[tuple[Mark, Mark]] = []
    for a, b in pairs:
        scale = b.radius / a.radius
        agreeing = [
            (p, q)
            for p, q in pairs
            if abs(b.x + (p.x - a.x) * scale - q.x) + abs(b.y + (p.y - a.y) * scale - q.y)
            < 6 + 0.12 * scale * (abs(p.x - a.x) + abs(p.y - a.y))
            and 0.66 < q.radius / p.radius / scale < 1.5
        ]
        if len({q for _, q in agreeing}) > len({q for _, q in best}):
            best = agreeing
    warp = _similarity(best)
    for tolerance in (8.0, 4.0):
        if warp is None:
            return None
        best = [(p, q) for p, q in pairs if off(warp, p, q) < tolerance]
        warp = _similarity(best)
    return (len({q for _, q in best}), warp) if warp else None


def off(warp: Warp, p: Mark, q: Mark) -> float:
    a, b, c, d, e, f = warp
    return abs(a * p.x + b * p.y + c - q.x) + abs(d * p.x + e * p.y + f - q.y)


def _similarity(pairs: Sequence[tuple[Mark, Mark]]) -> Warp | None:
    """Shift, size and turn that bring the first of each pair to the second; least squares."""
    many = len(pairs)
    if len({p for p, _ in pairs}) < AGREE or len({q for _, q in pairs}) < AGREE:
        return None
    px, py = sum(p.x for p, _ in pairs) / many, sum(p.y for p, _ in pairs) / many
    qx, qy = sum(q.x for _, q in pairs) / many, sum(q.y for _, q in pairs) / many
    spread = sum((p.x - px) ** 2 + (p.y - py) ** 2 for p, _ in pairs)
    if spread < 1:
        return None
    a = sum((p.x - px) * (q.x - qx) + (p.y - py) * (q.y - qy) for p, q in pairs) / spread
    b = sum((p.x - px) * (q.y - qy) - (p.y - py) * (q.x - qx) for p, q in pairs) / spread
    return a, -b, qx - a * px + b * py, b, a, qy - b * px - a * py


def nearest(
    ours: Sequence[Sequence[Mark]], candidates: Sequence[tuple[T, Sequence[Mark]]]
) -> list[tuple[T, Sequence[Mark]]]:
    """The few candidates to compare closely: by marks in their exact place, and by hashes shared.

    Args:
        ours: The marks in each turn.
        candidates: With those first that share most hashes.
    """
    exact = sorted(candidates, key=lambda one: agreeing(ours, one[1]), reverse=True)[:BY_PLACE]
    return exact + [one for one in candidates[:BY_HASH] if one not in exact]


def agreeing(ours: Sequence[Sequence[Mark]], theirs: Sequence[Mark]) -> int:
    """How many marks lie exactly where a copy would have them; ours in each turn.

    Quick, and enough to put a copy before honest pictures of the same thing.
    """
    keys = {mark.key for mark in theirs}
    marks = max(ours, key=lambda turn: sum(mark.key in keys for mark in turn))
    fit = laid_over(marks, theirs)
    if fit is None:
        return 0
    warp, exact = fit[1], EXACT * max(1.0, abs(fit[1][0]))
    near = {q for p in marks for q in theirs if off(warp, p, q) < exact and _alike(p, q)}
    return len(near)


def _alike(p: Mark, q: Mark) -> bool:
    return (p.key ^ q.key).bit_count() <= NEAR_BITS


def inverse(warp: Warp) -> Warp:
    """The way back."""
    a, b, c, d, e, f = warp
    area = a * e - b * d
    return (
        e / area,
        -b / area,
        (b * f - c * e) / area,
        -d / area,
        a / area,
        (c * d - a * f) / area,
    )


def moved(warp: Warp, x: float, y: float) -> tuple[float, float]:
    """Where a point lies."""
    a, b, c, d, e, f = warp
    return a * x + b * y + c, d * x + e * y + f


def after(second: Warp, first: Warp) -> Warp:
    """Both warps in one: the first, then the second."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (
        g * a + h * d,
        g * b + h * e,
        g * c + h * f + i,
        j * a + k * d,
        j * b + k * e,
        j * c + k * f + m,
    )
