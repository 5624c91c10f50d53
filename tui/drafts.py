"""An audit that is being entered: a value that each key replaces, kept on disk at each change."""

from __future__ import annotations

import os
import threading
from datetime import datetime
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Protocol

import msgspec

from domain.organisation import Actor
from domain.refusals import Refusal
from domain.register.media import sync_folder
from domain.sheet import MOST_OCCURRENCES
from domain.submission import FormulaInput, Found, Submission

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from domain.register.register import Register
    from domain.submission import Receipt


class Draft(msgspec.Struct, frozen=True):
    """A form before it is sent, with who audits; `id` is the inspection's.

    `checked` are groups that were gone through; that is for whoever fills it in, and not sent.
    """

    id: str
    rulebook: str
    edition: str
    station: str
    person: str | None
    started_at: datetime
    found: tuple[Found, ...] = ()
    not_applicable: tuple[str, ...] = ()
    note: str = ""
    inputs: dict[str, FormulaInput] = {}
    checked: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing has been entered."""
        return not (self.found or self.not_applicable or self.note or self.inputs or self.checked)

    def submission(self, submitted_at: datetime) -> Submission:
        """The form to send."""
        return Submission(
            id=self.id,
            rulebook=self.rulebook,
            edition=self.edition,
            started_at=self.started_at,
            submitted_at=submitted_at,
            station=self.station,
            found=self.found,
            not_applicable=self.not_applicable,
            inputs=self.inputs,
            note=self.note,
        )


def counted(draft: Draft, line: int | None, found: Found, count: int) -> Draft:
    """The draft with a line's count; nought removes the line, `line` None adds one."""
    count = min(max(count, 0), MOST_OCCURRENCES)
    return changed(draft, line, msgspec.structs.replace(found, count=count) if count else None)


def changed(draft: Draft, line: int | None, found: Found | None) -> Draft:
    """The draft with a line replaced, added (`line` None) or removed (`found` None)."""
    lines = list(draft.found)
    if line is None:
        lines += [found] if found else []
    elif found is None:
        del lines[line]
    else:
        lines[line] = found
    return msgspec.structs.replace(draft, found=tuple(lines))


def toggled(draft: Draft, named: str) -> Draft:
    """The draft with a criterion or group that does not apply, or applies again."""
    others = tuple(one for one in draft.not_applicable if one != named)
    if len(others) == len(draft.not_applicable):
        others += (named,)
    return msgspec.structs.replace(draft, not_applicable=others)


def figured(draft: Draft, given: Mapping[str, FormulaInput | None]) -> Draft:
    """The draft with figures of formula criteria, by id; None takes a criterion's away."""
    inputs = {**draft.inputs, **given}
    kept = {one: figures for one, figures in inputs.items() if figures is not None}
    return msgspec.structs.replace(draft, inputs=kept)


def checked_off(draft: Draft, group: str) -> Draft:
    """The draft with a group gone through, or to be gone through again."""
    others = tuple(one for one in draft.checked if one != group)
    if len(others) == len(draft.checked):
        others += (group,)
    return msgspec.structs.replace(draft, checked=others)


class Drafts:
    """The drafts of one data folder, a file each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "drafts"

    def save(self, draft: Draft) -> None:
        """Write a draft so that after a crash there is the old one or the new one, whole."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, suffix=".tmp", delete=False) as aside:
            aside.write(msgspec.json.encode(draft))
            aside.flush()
            os.fsync(aside.fileno())
        (self.folder / aside.name).replace(self._file(draft))
        sync_folder(self.folder)

    def remove(self, draft: Draft) -> None:
        """Forget a draft that was sent or given up."""
        self._file(draft).unlink(missing_ok=True)

    def every(self) -> tuple[list[Draft], list[Path]]:
        """All drafts, the newest first, and the files that are none."""
        drafts, unreadable = [], []
        for file in sorted(self.folder.glob("*.json"), reverse=True):
            try:
                drafts.append(msgspec.json.decode(file.read_bytes(), type=Draft))
            except msgspec.DecodeError:
                unreadable.append(file)
        return drafts, unreadable

    def _file(self, draft: Draft) -> Path:
        return self.folder / f"{draft.id}.json"


def submit_draft(register: Register, draft: Draft) -> Receipt:
    """Judge, score and store a draft as its auditor's form; safe to repeat. Blocks.

    Raises:
        Refusal: What `weigh` and `submit_inspection` refuse, other answers under the id included.
    """
    from domain.procedures.submission import submit_inspection
    from domain.procedures.weighing import weigh

    weighed = weigh(register.rulebooks, draft.submission(register.clock()))
    by = Actor(via="console", person=draft.person)
    answer = register.carry_out(submit_inspection, weighed, None, by=by)
    if isinstance(answer, Refusal):
        raise answer
    return answer


class Book(Protocol):
    """Where the draft of a screen is kept."""

    @property
    def draft(self) -> Draft:
        """The draft as it stands."""

    def take(self, draft: Draft) -> bool:
        """Replace the draft; False if that changes nothing."""

    def undo(self) -> bool:
        """Go back to the draft before; False if there is none."""

    def save(self) -> object:
        """Keep the draft for good, from any thread."""


class Notebook:
    """A draft with the ones before it, and whether the last one is on disk."""

    def __init__(self, draft: Draft, drafts: Drafts) -> None:
        self.draft = draft
        self._drafts = drafts
        self._before: list[Draft] = []
        self._saved: Draft | None = None
        self._writing = threading.Lock()

    def take(self, draft: Draft) -> bool:
        """Replace the draft; False if that changes nothing."""
        if draft == self.draft:
            return False
        self._before.append(self.draft)
        self.draft = draft
        return True

    def undo(self) -> bool:
        """Go back to the draft before; False if there is none."""
        if not self._before:
            return False
        self.draft = self._before.pop()
        return True

    def save(self) -> None:
        """Write the draft as it stands, from any thread; what is on disk already is left alone."""
        with self._writing:
            draft = self.draft
            if draft != self._saved:
                self._drafts.save(draft)
                self._saved = draft
