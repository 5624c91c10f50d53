"""Draws in words: their states, who came in and why, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.draw_steps import Draw, DrawState, Standing, standings
from domain.drawing import Rule, Unseen, Why
from domain.text import Text, same

if TYPE_CHECKING:
    from domain.draw_checking import CheckedDraws, Trouble
    from domain.organisation import Directory
    from domain.text import Lang

DUTIES: dict[str, Text] = {
    "i4": Text(zh="I4 公司录像稽查", en="I4 company video audit"),
    "i6": Text(zh="I6 单位录像稽查", en="I6 unit video audit"),
    "i7": Text(zh="I7 单位现场稽查", en="I7 unit on-site audit"),
}
STATES: dict[DrawState, Text] = {
    "announced": Text(zh="已公告", en="announced"),
    "frozen": Text(zh="名单已冻结", en="list frozen"),
    "drawn": Text(zh="已抽出", en="drawn"),
    "replaced": Text(zh="已抽出，有替换", en="drawn, with replacements"),
}
WHYS: dict[Why, Text] = {
    "must": Text(zh="必检", en="must be in"),
    "unseen": Text(zh="久未检查", en="long unseen"),
    "chance": Text(zh="抽签", en="chance"),
}
TROUBLES: dict[Trouble, Text] = {
    "announced twice": Text(
        zh="同一任务、同一期间公告了两次", en="announced a second time for the same duty and period"
    ),
    "out of turn": Text(zh="步骤顺序不对", en="a step is out of turn"),
    "rule": Text(zh="编号或规则与公告不符", en="its id or rule does not fit what was announced"),
    "list": Text(
        zh="冻结的名单与日志中的加油站、星级或检查日期不符",
        en="the list is not the stations, stars and inspections that the journal knew",
    ),
    "seed": Text(zh="种子与公告的承诺值不符", en="the seed is not the one committed to"),
    "public value": Text(
        zh="公开数值缺失、不符，或冻结、公开的日期不对",
        en="the public value is missing or wrong, or it was frozen or revealed on a wrong day",
    ),
    "result": Text(
        zh="结果不是由种子、名单和规则得出的", en="the result does not follow from seed and list"
    ),
    "replacement": Text(
        zh="替换的不是抽签顺序中的下一座，或没有原因",
        en="a replacement is not the next in the drawn order, or has no reason",
    ),
    "missing reveal": Text(
        zh="期间已过，种子始终没有公开", en="the period is over and its seed was never revealed"
    ),
    "cannot be read": Text(
        zh="正文无法读取或已被清除", en="its body cannot be read or was removed"
    ),
}


def duty_name(duty: str) -> Text:
    """What a duty is called; its id where we know no more."""
    return DUTIES.get(duty, Text(zh=duty, en=duty))


def listed(draws: Sequence[Draw], lang: Lang) -> str:
    """One line a draw."""
    lines = (f"{one.announced.id}  {STATES[one.state].in_(lang)}" for one in draws)
    none = Text(zh="还没有抽签。", en="There is no draw yet.").in_(lang)
    return "\n".join(lines) or none


def told(draw: Draw, directory: Directory, lang: Lang) -> str:
    """A draw with everything that is known of it."""
    announced = draw.announced
    heads = [
        same(f"{announced.id}  {STATES[draw.state].in_(lang)}"),
        Text(zh=f"承诺值 {announced.commitment}", en=f"commitment {announced.commitment}"),
    ]
    if announced.public_on:
        said = f"{announced.public_source} ({announced.public_on})"
        heads.append(Text(zh=f"公开数值 {said}", en=f"public value {said}"))
    if draw.frozen:
        seal = draw.freezing_seal
        heads.append(Text(zh=f"冻结封签 {seal}", en=f"sealed when frozen {seal}"))
    if draw.seed:
        value = f"  {draw.public_value}".rstrip()
        heads.append(Text(zh=f"种子 {draw.seed}{value}", en=f"seed {draw.seed}{value}"))
    stations = (_station(one, directory, lang) for one in standings(draw))
    return "\n".join((*(head.in_(lang) for head in heads), *stations))


def _station(one: Standing, directory: Directory, lang: Lang) -> str:
    mark = "*" if one.inspected else "-"
    name = directory.station_name(one.placed.station).in_(lang)
    return f"{mark} {one.stratum}  {one.placed.station} {name}  {became(one, directory).in_(lang)}"


def became(one: Standing, directory: Directory) -> Text:
    """By what a station came where it is in the drawn order."""
    why = WHYS[one.placed.why]
    if one.replaced is not None:
        gone, name = one.replaced, directory.station_name(one.replaced.by_station)
        return Text(
            zh=f"由{name.zh}顶替：{gone.reason}",
            en=f"replaced by {name.en}: {gone.reason}",
        )
    if one.instead_of is not None:
        name = directory.station_name(one.instead_of.station)
        return Text(zh=f"顶替{name.zh}", en=f"instead of {name.en}")
    if not one.placed.number and not one.comes_in:
        return Text(zh="等待抽签", en="not drawn yet")
    return why if one.comes_in else Text(zh="备选", en="in reserve")


NO_PUBLIC_VALUE = Text(
    zh="没有公告公开数值：种子由本机独自决定",
    en="No public value was announced: this node alone decides the seed",
)


def rule_words(rule: Rule) -> Text:
    """By what stations come in."""
    quota = rule.quota
    zh, en = [], []
    if quota.at_least:
        zh, en = [f"每单位至少 {quota.at_least} 座"], [f"of each unit at least {quota.at_least}"]
    if quota.per_cent:
        zh.append(f"每单位至少 {quota.per_cent}%")
        en.append(f"of each unit at least {quota.per_cent} %")
    if rule.must_stars:
        zh.append(f"{rule.must_stars} 星及以上必检")
        en.append(f"{rule.must_stars} stars and above must be in")
    unseen = UNSEEN[rule.unseen]
    return Text(zh="；".join((*zh, unseen.zh)), en="; ".join((*en, unseen.en)))


UNSEEN: dict[Unseen, Text] = {
    "first": Text(zh="久未检查的优先", en="those long unseen first"),
    "weighted": Text(zh="久未检查的签多", en="more tickets for those long unseen"),
    "uniform": Text(zh="机会均等", en="equal chances"),
}


def checked_words(checked: CheckedDraws) -> Text:
    """What verifying found: the first thing that does not fit, or that everything does."""
    if (broken := checked.broken) is not None:
        return Text(
            zh=f"日志在第 {broken.seq} 条不成立；请运行 forecourt journal verify。",
            en=f"The journal does not hold at entry {broken.seq}; run forecourt journal verify.",
        )
    wrong = sorted((one for one in checked.draws if one.trouble), key=lambda one: one.seq)
    if wrong and wrong[0].trouble:
        first, why = wrong[0], TROUBLES[wrong[0].trouble]
        return Text(
            zh=f"抽签 {first.id} 在第 {first.seq} 条不成立：{why.zh}。",
            en=f"Draw {first.id} does not hold at entry {first.seq}: {why.en}.",
        )
    count, unchecked = len(checked.draws), "、".join(checked.list_unchecked)
    return Text(
        zh=f"{count} 次抽签全部成立。"
        + (f"较早的正文已清除，名单未核对：{unchecked}。" if unchecked else ""),
        en=f"All {count} draws hold."
        + (f" Older bodies are gone, lists not compared: {unchecked}." if unchecked else ""),
    )
