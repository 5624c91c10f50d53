"""What the screen of a team inspection says beside what every inspection by clauses does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from domain.text import Text
from tui.screens.clause_audit_words import progress
from tui.widgets.cells import safe
from tui.widgets.choose import Choice
from tui.words import points

if TYPE_CHECKING:
    from domain.organisation import Directory
    from domain.rulebook import Section
    from domain.team import Merged, SectionState
    from domain.text import Lang
    from tui.screens.clause_audit_words import Known

ABOUT = Text(
    zh="多人同时填同一次检查：手机扫站内任一码即可加入，各人所记随时合并在这里。"
    "+ 总是记在自己名下；s 提交光标所在的项目，组长用 p 分派、c 结束。",
    en="Several people fill in one inspection: a phone joins by scanning any code of the station. "
    "What each enters shows here at once; + always counts for yourself. s submits the section "
    "under the cursor; the leader shares out with p and closes with c.",
)
NOBODY = Text(zh="不指定（谁都可以填）", en="nobody in particular")
UNSENT = Text(
    zh="最后几条还没有写入，现在退出会丢失。仍要退出吗？",
    en="The last entries are not stored yet and would be lost. Quit all the same?",
)
SUBMIT = Text(zh="提交", en="submit")
REOPEN = Text(zh="重新打开", en="open again")
CLOSE = Text(zh="结束检查", en="close it")


class TeamNow(NamedTuple):
    """A team inspection as it stands, with the names of those in it.

    Attributes:
        pending: Steps of this console that are not stored yet.
    """

    merged: Merged
    leader: str | None
    directory: Directory
    pending: int = 0

    def name(self, person: str | None) -> str:
        """Somebody's name, safe to show."""
        return safe(self.directory.person_name(person))


def team_head(team: TeamNow, section: Section | None, lang: Lang) -> Content:
    """One line: how many sections are in, whose this one is, who entered how much."""
    states = team.merged.sections.values()
    done, many = sum(one.submitted for one in states), len(states)
    parts = [Text(zh=f"已提交{done}/{many}", en=f"submitted {done}/{many}")]
    if section:
        state = section_state(team, team.merged.sections[section.id])
        parts.append(Text(zh=f"本项目{state.zh}", en=f"this section {state.en}"))
    if team.pending:
        parts.append(Text(zh=f"正在写入{team.pending}", en=f"storing {team.pending}"))
    parts.append(_members(team))
    said = " · ".join(one.in_(lang) for one in parts)
    label = Text(zh="联合检查", en="Team").in_(lang)
    return Content.assemble((f"{label} ", "$accent"), said)


def _members(team: TeamNow) -> Text:
    """The leader, then everybody else who entered something, most first."""
    entries = dict(team.merged.members)
    led = entries.pop(team.leader or "", 0)
    others = sorted(entries.items(), key=lambda each: -each[1])
    said = [f"{team.name(one)}{n}" for one, n in [(team.leader, led), *others]]
    zh, en = "、".join(said), ", ".join(said)
    return Text(zh=f"组长{zh}", en=f"led by {en}")


def section_state(team: TeamNow, state: SectionState) -> Text:
    """Whether a section is submitted, by whom; else who has it."""
    if state.submitted:
        by = team.name(state.submitted_by)
        return Text(zh=f"{by}已提交", en=f"submitted by {by}")
    if state.person:
        holder = team.name(state.person)
        return Text(zh=f"由{holder}负责", en=f"with {holder}")
    return Text(zh="未分派", en="with nobody")


def section_choices(known: Known, team: TeamNow, lang: Lang) -> list[Choice[str]]:
    """Every section with its progress and whose it is."""
    return [
        Choice(
            one.groups[0].id,
            f"{'✓' if state.submitted else ' '} {one.id} {one.title.in_(lang)}",
            f"{section_state(team, state).in_(lang)} · {progress(known, one, lang, ' ')}",
            f"{one.title.zh} {one.title.en}",
        )
        for one, state in ((each, team.merged.sections[each.id]) for each in known.edition.sections)
    ]


def ask_submit(known: Known, team: TeamNow, section: Section) -> Text:
    """Whether a section is done, with what it comes to."""
    title, state = section.title, team.merged.sections[section.id]
    if state.submitted:
        by = team.name(state.submitted_by)
        return Text(
            zh=f"{section.id} {title.zh}\n{by}已提交。\n\n重新打开，继续修改吗？",
            en=f"{section.id} {title.en}\nSubmitted by {by}.\n\nOpen it again?",
        )
    figures = known.card.sections[section.id] if known.card else None
    score = f"{points(figures.score)} / {points(figures.max)}" if figures else "–"
    missing = _missing(known, section)
    lost = "、".join(missing), ", ".join(missing)
    return Text(
        zh=f"{section.id} {title.zh}\n得分 {score} · 记录 {state.entries} 条"
        + (f"\n⚠ 缺数：{lost[0]}" if missing else "")
        + "\n\n提交后须重新打开才能修改。现在提交吗？",
        en=f"{section.id} {title.en}\nScore {score} · {state.entries} entries"
        + (f"\n! Figures missing: {lost[1]}" if missing else "")
        + "\n\nOnce submitted it has to be opened again to be changed. Submit it?",
    )


def _missing(known: Known, section: Section) -> list[str]:
    inside = {one.id for group in section.groups for one in group.criteria}
    return [one for one in (known.card.missing if known.card else ()) if one in inside]


def closed_by_leader(number: int) -> Text:
    """Somebody else closed what is on the screen."""
    return Text(
        zh=f"组长已结束联合检查，成为第 {number} 号检查。",
        en=f"The leader has closed this inspection: it is no. {number} now.",
    )
