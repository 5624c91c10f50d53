"""Finding the phrases that say what a fault costs, in the text of one cell.

Every phrase is one pattern; the patterns are tried in the order given here, and what an earlier one
took, a later one leaves alone. What they mean is `phrases`' matter.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from domain.checklists.numerals import COUNT, NUMBER, SPAN, half_width

_PRICE = rf"[ 　]?(?P<points>{NUMBER})(?:{SPAN}(?P<most>{NUMBER}))?[ 　]?分(?![钟之])"
_THEN = r"[，,、：:]?"
_FREE_AFTER = rf"(?:（前(?P<free>{COUNT})不计）)?"
_WORDS = r"[^，,；;。：:扣每\n]"
"""What a unit, and the fault it counts, are made of."""
_UNIT = rf"(?:每人次(?=每项)|每机(?=每处)|每项(?=每件))?每{_WORDS}"
_MEASURE = r"(?:人次|车次|台次|项次|处次|件次|[次处项人台件种个笔起张块条只把盏具点站])"
_COUNTED = r"[^\d，,；;。：:扣分每及或以\n]{1,2}?"
_STEP = (
    rf"(?:缺少?|少|发现|有)?{COUNT}(?:{SPAN}{COUNT})?{_COUNTED}(?:[及或]?以上)?"
    rf"[^\d，,；;。：:扣每\n]{{0,10}}?{_THEN}扣{NUMBER}分(?![钟之])"
)
_THIS = "(?:本条|该条|此条|本项|该项|此项)"

PATTERNS: dict[str, re.Pattern[str]] = {
    # 每种累计：1起共扣0.5分，2起共扣1分: as the export words steps.
    "table": re.compile(
        rf"(?P<unit>{_UNIT}{{1,14}}?)累计：(?P<steps>{COUNT}起共[扣加]{NUMBER}分"
        rf"(?:，{COUNT}起共[扣加]{NUMBER}分)*){_FREE_AFTER}"
    ),
    # 缺1种扣0.5分，缺2种及以上扣1分
    "steps": re.compile(rf"{_STEP}(?:[，,；;、]\s*{_STEP})+"),
    # 最多扣3分 / 扣完3分为止 / 累计不超过3分
    "cap": re.compile(
        rf"{_THIS}?(?:累计)?(?:最多|最高|至多)(?:累计)?扣(?P<most>{NUMBER})分(?:为止)?"
        rf"|扣[完满]?(?P<full>{NUMBER})分为止"
        rf"|(?:累计|扣分|累计扣分)不超过(?P<under>{NUMBER})分(?!钟)"
    ),
    "until": re.compile(
        rf"(?:直至|直到|至)?{_THIS}?(?:标准)?(?:分值|分数|分)?扣完"
        rf"(?:{_THIS}|标准)?(?:分值|分数|标准分|分)?为止"
    ),
    # 前两处不扣分，第三处起每处扣1分
    "free": re.compile(
        rf"[前头](?P<free>{COUNT}){_MEASURE}不(?:扣分|扣|计)[，,；;]?"
        rf"(?:之后|以后|其后|超出部分|从?第{COUNT}{_MEASURE}(?:起|开始))?[，,]?"
        rf"(?P<unit>{_UNIT}{{1,8}}?)扣{_PRICE}"
    ),
    # 每处扣1分 / 每发现一处不合格，扣1分 / 每处扣1分（前2不计）
    "each": re.compile(rf"(?P<unit>{_UNIT}{{1,24}}?){_THEN}扣除?{_PRICE}{_FREE_AFTER}"),
    # 扣2分/处
    "slash": re.compile(rf"扣?{_PRICE}\s*[/／]\s*每?(?P<per>{_MEASURE})"),
    # 发现一次扣3分, 一处不合格扣1分
    "one": re.compile(
        rf"(?P<found>发现|查出|缺少?|少|有)?(?<![\d统任第同唯之逐])[一1](?!次性)"
        rf"(?P<measure>{_MEASURE}{_WORDS}{{0,12}}?){_THEN}扣{_PRICE}"
    ),
    "nothing_more": re.compile("不另扣分"),
    "flat": re.compile(rf"(?:一次性)?扣除?{_PRICE}"),
    "add": re.compile(
        rf"(?:(?P<unit>{_UNIT}{{1,14}}?)|一次性)?{_THEN}(?:奖励|加){_PRICE}{_FREE_AFTER}"
    ),
    # 总分记零分: no number of points says that; the verdict does.
    "all": re.compile("(?:总分|全部项目|本次检查|整体)(?:[记计得]?为?[0零]分|不得分)"),
    "empties": re.compile(
        rf"(?:则|扣完|扣除)?(?P<whole>{_THIS}|[本该]分项)?(?:全部)?(?:分值|分数|标准分)?"
        r"(?:不得分|得[0零]分|[记计]为?[0零]分|分?全扣|全部扣完|分扣完)"
    ),
    "veto": re.compile(
        r"(?:并且|并|且|同时)?(?:直接|实行|予以)?(?:一票否决(?:制|项)?|判定?为不合格)"
    ),
    # Which of several, or how much: nobody but the list's author can say.
    "choice": re.compile(r"[（(]?(?:[二三四]选[一1]|任选其一|择一扣分|不重复扣分|就高扣分)[）)]?"),
    "discretion": re.compile(r"可?(?:酌情|视情节?(?:轻重)?|视情况|视程度)(?:可|予以)?(?:扣分)?"),
}

UNREAD = re.compile(
    r"扣[^，,。；;\n]{0,6}分|扣\s*[\d一二两三四五六七八九十半]|扣除|扣减|否决|得分|[0零]分|\d\s*分(?![钟之])"
    r"|酌情|视情|加倍|双倍|翻倍|加\s*\d|奖励|罚"
)
"""What still speaks of points where no phrase was recognised."""


class Token(NamedTuple):
    """One phrase in a text: which pattern it is, where it stands, and its parts."""

    kind: str
    start: int
    end: int
    said: str
    parts: dict[str, str]


def tokens(text: str) -> list[Token]:
    """The phrases of a text, in order; they never overlap."""
    rest = half_width(text)
    found: list[Token] = []
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(rest):
            start, end = match.span()
            parts = {name: part for name, part in match.groupdict().items() if part}
            found.append(Token(kind, start, end, text[start:end], parts))
            # No later phrase reaches over this one, for none goes on behind the end of a line.
            rest = f"{rest[:start]}{chr(10) * (end - start)}{rest[end:]}"
    return sorted(found, key=lambda token: token.start)
