"""What the screen of an audit being entered says: its head, its list, its questions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from textual.content import Content

from domain.canonical import instant
from domain.card_words import beside_score, joined
from domain.clause_words import VETO
from domain.counting import COUNTED_BY
from domain.refusals import Refusal
from domain.text import Text, same
from tui.stamps import recording_time
from tui.widgets.audit_rows import Row
from tui.widgets.cells import safe
from tui.widgets.choose import Ask
from tui.widgets.columns import Column
from tui.widgets.dialogs import Notice
from tui.words import SEVERITIES, lost, points, short_time

if TYPE_CHECKING:
    from domain.rulebook import Edition
    from domain.scoring import ScoreCard
    from domain.submission import Found, Receipt
    from domain.text import Lang
    from tui.drafts import Draft

GROUPS_NAMED = 8
"""More of them are counted, not named."""
ABOUT = Text(
    zh="一边看录像一边记。直接输入编号（如 f3）跳到那一条，+ 记一次；每按一键都已存盘，"
    "断电也不丢。得分随时更新。",
    en="Write down what you see. Type an id such as f3 to go there, + counts one. Every key is "
    "kept on disk. The score follows.",
)
UNSENT = Text(
    zh="有一次稽查还没有提交。草稿已保存，下次可以继续。现在退出吗？",
    en="An audit has not been sent. Its draft is kept and can be gone on with. Quit now?",
)
DISCARD = Text(
    zh="放弃这份草稿？已录入的内容将被删除。",
    en="Give this draft up? What was entered will be deleted.",
)
GIVE_UP = Text(zh="放弃", en="give up")
KEEP = Text(zh="返回", en="back")
SEND = Text(zh="提交", en="send")
NOTE = Text(zh="备注", en="Note")
RECORDING = Text(zh="录像时间（时:分:秒）", en="Place on the recording (HH:MM:SS)")
NO_TIME = Text(zh="这不是时间，例如 1234 或 0:12:34", en="No time; try 1234 or 0:12:34")
JUMP = Text(zh="编号或文字，Enter 到此，+ 记一次", en="An id or a text; Enter stays, + counts")
SPARED = Text(zh="不适用", en="N/A")
AGAIN = Text(zh="〃 又一处", en="〃 again")
SCORE = Text(zh="当前得分", en="Score so far")
APPLIED = Text(zh="适用部分 {} / {}", en="{} / {} of what applies")
COSTS = Text(zh="每条扣 {}", en="costs {}")


def text_cell(row: Row, lang: Lang) -> str:
    """A group's title, a criterion with its note, or that it was seen again."""
    if row.criterion is None:
        return f"{row.group.id} {row.group.title.in_(lang)}"
    said = AGAIN.in_(lang) if row.again else row.text.in_(lang)
    return f"{said}  ✎ {row.found.note}" if row.found and row.found.note else said


def cost_cell(row: Row, _: Lang) -> str:
    """What a finding costs, in brackets what one would; of a group, what it keeps."""
    if row.kept is not None and not row.spared:
        return f"{points(row.kept)}/{points(row.group.cap)}"
    if row.cost is None or row.spared:
        return ""
    return lost(row.cost) if row.found else f"({points(row.cost)})"


def style_of(row: Row) -> str:
    """Groups stand out, findings are bold, what was not found is quiet."""
    if row.criterion is None:
        return "heading"
    return "major" if row.found else "quiet" if row.spared else "minor"


COLUMNS: tuple[Column[Row], ...] = (
    Column(
        Text(zh="编号", en="Id"),
        7,
        lambda row, _: row.criterion.id if row.criterion else "",
        style=style_of,
    ),
    Column(Text(zh="条目", en="Entry"), 30, text_cell, grow=1, style=style_of),
    Column(
        Text(zh="次数", en="Count"),
        6,
        lambda row, lang: (
            SPARED.in_(lang) if row.spared else str(row.found.count) if row.found else ""
        ),
        right=True,
        style=style_of,
    ),
    Column(
        Text(zh="录像时间", en="At"),
        8,
        lambda row, _: (row.found and row.found.at) or "",
        style=style_of,
    ),
    Column(Text(zh="扣分", en="Cost"), 7, cost_cell, right=True, style=style_of),
)


def head(
    draft: Draft,
    edition: Edition,
    card: ScoreCard | Refusal,
    station: Text,
    person: str,
    lang: Lang,
) -> Content:
    """Two lines: what is audited by whom, and the score so far."""
    begun = short_time(instant(draft.started_at))
    what = Content.assemble(
        (safe(station.in_(lang)), "bold"),
        f"  {edition.title.in_(lang)} {edition.edition} · {safe(person)} · {begun}",
    )
    if isinstance(card, Refusal):
        return Content("\n").join((what, Content(f"✗ {card.sentence(lang)}")))
    many = len(draft.found)
    found = Text(zh=f"问题 {many}", en=f"found {many}").in_(lang)
    dropped = len(draft.not_applicable)
    spared = Text(zh=f"不适用 {dropped}", en=f"N/A {dropped}").in_(lang)
    score = Content.assemble(
        (f"{SCORE.in_(lang)} ", "$foreground-muted"),
        (f"{points(card.total)} / {points(card.max)}", "bold $accent"),
        f"  ·  {found}  ·  {spared}",
    )
    if card.applied.max != card.max:
        figures = (points(card.applied.score), points(card.applied.max))
        score = Content.assemble(score, f"  ·  {APPLIED.in_(lang).format(*figures)}")
    return Content("\n").join((what, score))


def row_words(row: Row, edition: Edition, lang: Lang) -> Content:
    """The entry under the cursor in full."""
    if row.criterion is None:
        cap = Text(
            zh=f"标准分 {points(row.group.cap)}", en=f"standard score {points(row.group.cap)}"
        )
        return Content(f"{row.group.id} {row.group.title.in_(lang)} · {cap.in_(lang)}")
    severity = SEVERITIES[edition.place(row.criterion.id).severity].in_(lang)
    said = f"{row.text.in_(lang)} [{severity}]"
    if row.criterion.clauses:
        clause = row.criterion.clauses[row.clause]
        unit = COUNTED_BY[clause.per].in_(lang) if clause.per in COUNTED_BY else clause.per
        said += f" · {points(clause.points)} {unit}"
    elif row.cost is not None and not row.found:
        said += f" · {COSTS.in_(lang).format(points(row.cost))}"
    if row.criterion.veto:
        said += f" · {VETO.in_(lang)}"
    facts = "; ".join(one.in_(lang) for one in row.criterion.facts)
    note = f"\n✎ {safe(row.found.note)}" if row.found and row.found.note else ""
    return Content.assemble(
        (f"{row.criterion.id}  ", "bold $accent"), said, f"\n{facts}" if facts else "", note
    )


def ask_time(found: Found, lang: Lang) -> Ask:
    """The question for a place on the recording."""
    hint = Text(zh="1234 即 00:12:34；留空则删除", en="1234 is 00:12:34; empty removes it")
    return Ask(
        RECORDING.in_(lang),
        found.at or "",
        lang,
        hint=hint.in_(lang),
        problem=lambda typed: NO_TIME if typed and not recording_time(typed) else None,
    )


def review(draft: Draft, edition: Edition, card: ScoreCard, station: Text) -> Text:
    """What is about to be sent, as a question."""
    figures = f"{points(card.total)} / {points(card.max)}"
    lines = [
        f"  {_named(edition, one)}  ×{one.count}  {one.at or ''}  {safe(one.note)[:40]}".rstrip()
        for one in draft.found
    ]
    listed = "\n".join(lines[:12]) + (f"\n  … +{len(lines) - 12}" if len(lines) > 12 else "")
    spared = ", ".join(draft.not_applicable)
    further = _further(draft, edition, card)
    return Text(
        zh=f"{station.zh} · {edition.title.zh}\n得分 {figures} · 问题 {len(lines)} 条"
        + (f" · 不适用 {spared}" if spared else "")
        + f"\n{listed}{further.zh}\n\n提交后不能修改。现在提交吗？",
        en=f"{station.en} · {edition.title.en}\nScore {figures} · found {len(lines)}"
        + (f" · N/A {spared}" if spared else "")
        + f"\n{listed}{further.en}\n\nIt cannot be changed once sent. Send it now?",
    )


def _named(edition: Edition, found: Found) -> str:
    """The criterion; of several clauses, with the number of the one found."""
    several = len(edition.criterion(found.criterion).clauses) > 1
    return f"{found.criterion}.{found.clause + 1}" if several else found.criterion


def _further(draft: Draft, edition: Edition, card: ScoreCard) -> Text:
    """What else to know before sending: verdict, missing figures, overlaps, groups not done."""
    said = beside_score(edition, card)
    left = [one for one in edition.groups if one not in draft.checked]
    if draft.checked and left:
        first, many = left[:GROUPS_NAMED], len(left)
        zh, en = "、".join(first), ", ".join(first)
        dots = " …" if many > len(first) else ""
        said.append(
            Text(
                zh=f"还有 {many} 个分项没标“查完”：{zh}{dots}",
                en=f"{many} groups not marked done: {en}{dots}",
            )
        )
    return joined([same(""), *(Text(zh=f"⚠ {one.zh}", en=f"! {one.en}") for one in said)], "\n")


def receipt_notice(receipt: Receipt, lang: Lang) -> Notice:
    """The receipt: number, score and seal."""
    figures = f"{points(Decimal(receipt.score))} / {points(Decimal(receipt.max))}"
    said = Text(
        zh=f"检查编号  #{receipt.number}\n得分  {figures}\n封签  {receipt.seal}",
        en=f"Inspection  #{receipt.number}\nScore  {figures}\nSeal  {receipt.seal}",
    )
    title = Text(zh="✓ 已提交", en="✓ Sent").in_(lang)
    return Notice(title, Content(said.in_(lang)), lang)
