"""Words that several exports share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.canonical import instant
from domain.exports.cells import station_time
from domain.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from domain.organisation import Via
    from domain.presence import Grade, Presence
    from domain.rulebook import Kind, Severity

KINDS: dict[Kind, Text] = {
    "comprehensive": Text(zh="综合检查", en="Comprehensive"),
    "special": Text(zh="专项检查", en="Special"),
    "video_audit": Text(zh="录像稽查", en="Video audit"),
    "onsite_audit": Text(zh="现场稽查", en="On-site audit"),
    "card_audit": Text(zh="卡业务稽查", en="Card audit"),
    "self_check": Text(zh="自检", en="Self-check"),
    "patrol": Text(zh="巡检", en="Patrol"),
}
SEVERITIES: dict[Severity, Text] = {
    "minor": Text(zh="一般", en="minor"),
    "major": Text(zh="较重", en="major"),
    "critical": Text(zh="严重", en="critical"),
}
WAYS: dict[Via, Text] = {
    "phone": Text(zh="手机", en="phone"),
    "console": Text(zh="控制台", en="console"),
    "cli": Text(zh="命令行", en="command line"),
    "demo": Text(zh="演示数据", en="demonstration"),
}
GRADES: dict[Grade, Text] = {
    "proven": Text(zh="已证实在场", en="proven"),
    "strong": Text(zh="充分", en="strong"),
    "fair": Text(zh="较充分", en="fair"),
    "weak": Text(zh="不足", en="weak"),
    "none": Text(zh="无（控制台录入）", en="none (entered at a console)"),
}


def graded(presence: Presence) -> Text:
    """The grade of presence and, where the changing code was scanned, when."""
    grade = GRADES[presence.grade]
    if presence.proved_at is None:
        return grade
    scanned = scanned_code(presence.proved_at)
    return Text(zh=f"{grade.zh}（{scanned.zh}）", en=f"{grade.en} ({scanned.en})")


def scanned_code(at: datetime) -> Text:
    """That the console's changing code was scanned, and when at the station."""
    clock = f"{station_time(instant(at)):%H:%M}"
    return Text(zh=f"{clock} 扫了在场码", en=f"scanned the console's changing code at {clock}")
