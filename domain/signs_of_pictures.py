"""Signs in pictures: used before, or older than the visit."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from domain.signs import Sign
from domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from domain.signs import Limits
    from domain.traces import History, Reuse, Trace

A_DAY = timedelta(days=1)


def reuse_signs(history: History, _: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Pictures that an earlier inspection had already."""
    for one in history.traces:
        if one.reuse:
            yield one, _again(min(one.reuse, key=lambda each: (not each.exact, each.earlier)))


def old_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Pictures that were taken before the visit; both times are the phone's own.

    A team's are by the clocks of its members' phones, so they take company.
    """
    old = timedelta(seconds=limits.old_s)
    for one in history.scans:
        taken = [shot.taken_at for shot in one.shots if shot.taken_at]
        if not taken or one.started_at - min(taken) <= old:
            continue
        age = one.started_at - min(taken)
        said = Text(zh=f"照片比到场早 {_long(age).zh}", en=f"taken {_long(age).en} before")
        yield one, Sign("picture_old", 100 if age > A_DAY and not one.timed_here else 40, said)


def later_signs(history: History, limits: Limits) -> Iterator[tuple[Trace, Sign]]:
    """Pictures that say they were taken after their form was sent; cameras may go wrong too."""
    for one in history.scans:
        taken = [shot.taken_at for shot in one.shots if shot.taken_at]
        if taken and max(taken) - one.submitted_at > timedelta(seconds=limits.clock_s):
            later = _long(max(taken) - one.submitted_at)
            said = Text(zh=f"照片晚于提交 {later.zh}", en=f"taken {later.en} after it was sent")
            yield one, Sign("picture_later", 40, said)


def _again(reuse: Reuse) -> Sign:
    if reuse.exact:
        said = Text(
            zh=f"照片与 #{reuse.earlier} 的完全相同",
            en=f"the very picture of #{reuse.earlier}",
        )
        return Sign("picture_again", 100, said)
    said = Text(
        zh=f"照片与 #{reuse.earlier} 的是同一张，经裁剪或重存",
        en=f"the picture of #{reuse.earlier}, cropped or saved again",
    )
    return Sign("picture_alike", 100, said)


def _long(age: timedelta) -> Text:
    if age > 2 * A_DAY:
        return Text(zh=f"{age.days} 天", en=f"{age.days} days")
    minutes = int(age.total_seconds()) // 60
    if minutes >= 120:
        return Text(zh=f"{minutes // 60} 小时", en=f"{minutes // 60} hours")
    return Text(zh=f"{minutes} 分钟", en=f"{minutes} min")
