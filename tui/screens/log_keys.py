"""The keys of the screen of the electronic log."""

from __future__ import annotations

from domain.text import Text
from tui.keys import Key, key
from tui.screens.base import EXPORT
from tui.screens.narrowed import CHOOSE_PLACE, EVERYTHING

LOG_KEYS: tuple[Key, ...] = (
    key("n", "note", Text(zh="写一条", en="Note"), Text(zh="写一条记录", en="Writes a note")),
    key(
        "h",
        "hand_over",
        Text(zh="交班", en="Hand over"),
        Text(zh="把这一班交给同事", en="Hands the shift over to a colleague"),
    ),
    key(
        "a",
        "accept",
        Text(zh="接班", en="Accept"),
        Text(zh="接下光标处的这一班", en="Takes over the shift under the cursor"),
    ),
    key(
        "s",
        "search",
        Text(zh="查找", en="Search"),
        Text(
            zh="按词查找：内容、人、发现问题的条款和备注",
            en="Finds words: texts, people, criteria and notes of findings",
        ),
    ),
    CHOOSE_PLACE,
    key(
        "f",
        "next_kind",
        Text(zh="类别", en="Kind"),
        Text(zh="只看自查、巡检、检查、记录、交接班", en="Shows one kind of line only"),
    ),
    key(
        "left",
        "month(-1)",
        Text(zh="上月", en="Month before"),
        Text(zh="看上一个月", en="Shows the month before"),
        cap="←",
    ),
    key(
        "right",
        "month(1)",
        Text(zh="下月", en="Month after"),
        Text(zh="看下一个月，直到本月", en="Shows the month after, up to this one"),
        cap="→",
    ),
    EXPORT,
    key(
        "p",
        "choose_person",
        Text(zh="人员", en="Person"),
        Text(zh="只看一个人参与的", en="Shows what one person took part in"),
    ),
    key(
        "c",
        "correct",
        Text(zh="更正", en="Correct"),
        Text(zh="更正光标处的记录：另写一条", en="Corrects the note under the cursor"),
    ),
    EVERYTHING,
)
