"""The keys of the screen where an inspection by clauses is entered, beside those of an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.text import Text
from tui.keys import Key, key
from tui.screens.audit_keys import AUDIT_KEYS

if TYPE_CHECKING:
    from textual.binding import BindingType

ALIKE = {one.key: one for one in AUDIT_KEYS if isinstance(one, Key)}
"""Keys that do here what they do in every audit."""

CLAUSE_KEYS: tuple[BindingType, ...] = (
    key(
        "plus,equals_sign",
        "count(1)",
        Text(zh="记一次", en="Count"),
        Text(zh="次数加一；先输入编号即到那一条", en="One more; type a number to go there first"),
        cap="+/-",
    ),
    key(
        "slash",
        "jump('')",
        Text(zh="查找", en="Find"),
        Text(
            zh="按编号、汉字、拼音首字母或英文查找",
            en="By number, words or pinyin initials",
        ),
    ),
    ALIKE["s"],
    ALIKE["n"],
    ALIKE["x"],
    key(
        "full_stop,ideographic_full_stop",
        "clause",
        Text(zh="款", en="Clause"),
        Text(zh="再按数字，到本条的第几款", en="Then a digit: to that clause of this criterion"),
        show=False,
        cap=".",
    ),
    key(
        "g",
        "sections",
        Text(zh="项目", en="Sections"),
        Text(zh="各项目的进度、主管处室，并可跳到", en="Sections: owner and progress; go there"),
    ),
    key(
        "k",
        "checked",
        Text(zh="查完", en="Done"),
        Text(zh="本分项已查完，到下一分项", en="This group is gone through; on to the next"),
    ),
    key(
        "w",
        "whole",
        Text(zh="全文", en="Whole"),
        Text(zh="本条全文：界限、推荐读法、上次", en="The criterion whole: limits, reading"),
    ),
    key(
        "i",
        "import",
        Text(zh="导入数", en="Import"),
        Text(zh="从 .xlsx 导入经营数据", en="Takes business figures out of an .xlsx file"),
    ),
    key(
        "t",
        "stamp",
        Text(zh="时间", en="Time"),
        Text(zh="录像时间，1234 即 00:12:34", en="Place on the recording: 1234 is 00:12:34"),
        show=False,
    ),
)
