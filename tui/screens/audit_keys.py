"""The keys of the screen where an audit is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from domain.text import Text
from tui.keys import key

if TYPE_CHECKING:
    from textual.binding import BindingType

AUDIT_KEYS: tuple[BindingType, ...] = (
    key(
        "plus,equals_sign",
        "count(1)",
        Text(zh="次数", en="Count"),
        Text(zh="次数加一（也可直接按数字）", en="One more; digits set the count"),
        cap="1-9 +/-",
    ),
    key(
        "minus",
        "count(-1)",
        Text(zh="减", en="Less"),
        Text(zh="次数减一，减到零即删除", en="One less; at nought the finding goes"),
        show=False,
    ),
    key("n", "note", Text(zh="备注", en="Note"), Text(zh="写备注", en="Writes a note")),
    key(
        "t",
        "stamp",
        Text(zh="时间", en="Time"),
        Text(zh="录像时间，1234 即 00:12:34", en="Place on the recording: 1234 is 00:12:34"),
    ),
    key(
        "o",
        "another",
        Text(zh="另记", en="Again"),
        Text(zh="同一条另记一处（时间、备注分开）", en="The same entry again, elsewhere"),
    ),
    key(
        "x",
        "not_applicable",
        Text(zh="不适用", en="N/A"),
        Text(zh="不适用（在分项行上则整个分项）", en="Not applicable; on a group, all of it"),
    ),
    key("u", "undo", Text(zh="撤销", en="Undo"), Text(zh="撤销，可多次", en="Undo, many times")),
    key(
        "slash",
        "jump('')",
        Text(zh="跳到", en="Go to"),
        Text(zh="按编号或文字跳转；直接输入 f3 也行", en="To an id or a text; or just type f3"),
    ),
    key("s", "review", Text(zh="提交", en="Send"), Text(zh="核对并提交", en="Review and send")),
    key(
        "delete",
        "discard",
        Text(zh="放弃", en="Give up"),
        Text(zh="放弃这份草稿", en="Gives this draft up"),
        show=False,
        cap="Del",
    ),
    *(Binding(str(n), f"digit({n})", show=False) for n in range(10)),
)
