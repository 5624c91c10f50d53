"""A team inspection as one console fills it in: a draft that is made of everybody's steps."""

from __future__ import annotations

import secrets
import threading
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from domain.canonical import moment
from domain.ids import RANDOM_BYTES, time_ordered_id
from domain.organisation import Actor
from domain.procedures.team import take_steps
from domain.register.teams import steps_of, team_of
from domain.team import STEPS, FoundStep, Kept, Merged, RetractedStep, merge
from domain.team_rules import judge_step
from tui.drafts import Draft, Drafts
from tui.team_steps import inverse, steps_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from domain.procedures.team import Declined
    from domain.register.register import Register
    from domain.register.teams import Team
    from domain.team import Step


class News(NamedTuple):
    """What others did, and whether the inspection is closed."""

    steps: tuple[Kept, ...]
    team: Team


class _Change(NamedTuple):
    """What one key did, and what takes it back."""

    steps: tuple[Step, ...]
    back: tuple[Step, ...]


class TeamBook:
    """Keeps a team inspection in step with the register, in the place of a `Notebook`.

    A change shows at once; `save` has the register take it in. Which groups were gone through is
    for whoever sits here: it stays in a file of this folder and is no step.

    Attributes:
        team: What was opened; `closed` once it is an inspection.
        merged: What everybody's steps come to, this console's last ones among them.
        draft: The same as a form.
    """

    merged: Merged
    draft: Draft

    def __init__(self, register: Register, team: Team, person: str | None) -> None:
        self.team, self.person = team, person
        self._register = register
        self._edition = register.rulebooks.edition(team.rulebook, team.edition)
        self._marks = Drafts(register.folder / "teams")
        marked = next((one for one in self._marks.every()[0] if one.id == team.id), None)
        self._checked = self._marked = marked.checked if marked else ()
        self._kept: list[Kept] = []
        self._pending: list[Step] = []
        self._changes: list[_Change] = []
        self._renamed: dict[str, str] = {}
        self._holding, self._sending = threading.Lock(), threading.Lock()
        self.refresh()

    @property
    def leads(self) -> bool:
        """Whether whoever sits here leads."""
        return self.person == self.team.leader

    @property
    def pending(self) -> int:
        """Steps that have not been taken in yet."""
        return len(self._pending)

    def author(self, line: int) -> str | None:
        """Who entered the draft's finding of this place."""
        return self.merged.found[line].person

    def take(self, draft: Draft) -> bool:
        """Do what turns the draft into this one; False if that changes nothing.

        Raises:
            Refusal: It may not be done; nothing is changed.
        """
        if draft == self.draft:
            return False
        self.do(*steps_between(self.merged, self.draft, draft, self.new_id))
        if draft.checked != self._checked:
            self._checked = draft.checked
            self.refresh()
        return True

    def do(self, *steps: Step) -> None:
        """Add steps, each if it may follow the ones before.

        Raises:
            Refusal: One may not; none is added.
        """
        if steps:
            back = self._judged(steps)
            self._changes.append(_Change(steps, back))
            self._add(steps)

    def undo(self) -> bool:
        """Take back what was done here last; False if there is nothing left.

        Raises:
            Refusal: It may not be taken back any more.
        """
        if not self._changes:
            return False
        change = self._changes[-1]
        steps = tuple(self._renaming(one) for one in change.back)
        self._judged(steps)
        for one, again in zip(reversed(change.steps), steps, strict=True):
            if isinstance(one, RetractedStep) and isinstance(again, FoundStep):
                self._renamed[one.step] = again.id
        self._changes.pop()
        self._add(steps)
        return True

    def save(self) -> tuple[Declined, ...]:
        """Have the register take in what is pending; answers what it declined. Blocks.

        Raises:
            Refusal: It can take in nothing now; what is pending stays.
        """
        declined: list[Declined] = []
        with self._sending:
            self._save_marks()
            while batch := tuple(self._pending[:STEPS]):
                by = Actor(via="console", person=self.person)
                declined += self._register.carry_out(take_steps, self.team.id, batch, by=by)
                news, sent = self.read(), {one.id for one in batch}
                with self._holding:
                    self._kept += self._unheard(news.steps)
                    self._pending = [one for one in self._pending if one.id not in sent]
        return tuple(declined)

    def saved(self, declined: tuple[Declined, ...]) -> None:
        """Show what the register took in; what it declined is nothing to undo."""
        refused = {one.id for one in declined}
        self._changes = [
            one for one in self._changes if not refused & {each.id for each in one.steps}
        ]
        self.refresh()

    def read(self) -> News:
        """What is new in the register. Blocks, touches nothing."""
        with self._register.read() as connection:
            team = team_of(connection, self.team.id) or self.team
            return News(steps_of(connection, self.team.id, self._last), team)

    def hear(self, news: News) -> None:
        """Take in what others did."""
        with self._holding:
            self._kept += self._unheard(news.steps)
        self.team = news.team
        self.refresh()

    def forget(self) -> None:
        """Give up what is pending, because it can never be taken in, and the marks."""
        with self._holding:
            self._pending = []
        self._marks.remove(self.draft)

    def refresh(self) -> None:
        """Work out anew what all the steps come to."""
        with self._holding:
            steps = [*self._kept, *self._numbered(self._pending)]
        self.merged = merge(self._edition, steps)
        self.draft = Draft(
            id=self.team.id,
            rulebook=self.team.rulebook,
            edition=self.team.edition,
            station=self.team.station,
            person=self.person,
            started_at=moment(self.team.opened_at),
            found=self.merged.lines,
            not_applicable=self.merged.not_applicable,
            inputs=self.merged.inputs,
            checked=self._checked,
        )

    def _save_marks(self) -> None:
        if self._checked != self._marked:
            bare = msgspec.structs.replace(self.draft, found=(), not_applicable=(), inputs={})
            self._marks.save(bare)
            self._marked = bare.checked

    @property
    def _last(self) -> int:
        return self._kept[-1].number if self._kept else 0

    def _unheard(self, steps: Iterable[Kept]) -> list[Kept]:
        return [one for one in steps if one.number > self._last]

    def _numbered(self, steps: Iterable[Step], after: int = 0) -> list[Kept]:
        """Steps as the register would keep them: after all that it has."""
        at = self._kept[-1].at if self._kept else self.team.opened_at
        first = self._last + 1 + after
        return [Kept(first + n, self.person, at, step) for n, step in enumerate(steps)]

    def _judged(self, steps: tuple[Step, ...]) -> tuple[Step, ...]:
        """What takes the steps back, the last first, if each may follow the ones before."""
        back: list[Step] = []
        known, pending = [*self._kept, *self._numbered(self._pending)], len(self._pending)
        for n, kept in enumerate(self._numbered(steps, pending)):
            merged = merge(self._edition, known) if n else self.merged
            judge_step(self._edition, merged, kept.step, self.person, self.team.leader)
            back.insert(0, inverse(kept.step, merged, self.new_id))
            known.append(kept)
        return tuple(back)

    def _add(self, steps: tuple[Step, ...]) -> None:
        with self._holding:
            self._pending += steps
        self.refresh()

    def _renaming(self, step: Step) -> Step:
        """A finding that was taken back and entered again has another id since."""
        if not isinstance(step, RetractedStep):
            return step
        named = step.step
        while named in self._renamed:
            named = self._renamed[named]
        return msgspec.structs.replace(step, step=named)

    def new_id(self) -> str:
        """An id for a step."""
        return time_ordered_id(self._register.clock(), secrets.token_bytes(RANDOM_BYTES))
