"""Writing into the electronic log at the console: asks one thing after the other, then does it."""

from __future__ import annotations

import re
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from domain.duty_views import POSTS
from domain.ids import RANDOM_BYTES, time_ordered_id
from domain.notes import LINE_LENGTH, LINES, NOTE_LENGTH, NewAcceptance, NewNote
from domain.organisation import Actor
from domain.text import Text
from tui.places import person_choices, place_choices
from tui.screens.placed import WHICH_PLACE
from tui.widgets.cells import safe
from tui.widgets.choose import Ask, Choice, Choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from domain.organisation import RoleName
    from domain.station_log import LogLine
    from tui.screens.base import RegisterScreen

V = TypeVar("V")
NOBODY = ""
WHAT = Text(zh="发生了什么（记入后不能修改）", en="What happened (nothing in the log is edited)")
CORRECTION = Text(zh="更正内容（原记录保留）", en="The correction (the old note stays)")
WHO_WRITES = Text(zh="谁写的", en="Who writes it")
WHO_HANDS_OVER = Text(zh="谁交班", en="Who hands over")
TO_WHOM = Text(zh="交给谁", en="To whom")
WHO_TAKES_OVER = Text(zh="谁接班", en="Who takes over")
MATTERS = Text(zh="未了事项，用；分开（可不填）", en="Open matters, parted by ; (may be empty)")
READINGS = Text(zh="现金、钥匙、库存，用；分开（可不填）", en="Cash, keys, stock, parted by ;")
REMARK = Text(zh="接班意见（可不填）", en="Remark (may be empty)")
NO_TEXT = Text(zh="请写内容", en="Write something")
NAMELESS = Text(zh="控制台，不具名", en="the console, no name")
ANY = Text(zh="任何一位", en="any ")
KEPT = Text(zh="已记入电子日志。", en="It is in the log.")
BETWEEN = re.compile("[;；]")


class LogWriting:
    """Writes notes, hands shifts over and takes them over, for a screen."""

    def __init__(self, screen: RegisterScreen[Any], then: Callable[[], None]) -> None:
        """`then` is called whenever something was written."""
        self._screen, self._then = screen, then

    def note(self, station: str | None, about: LogLine | None = None) -> None:
        """A note of a station, or the correction of one."""
        self._at_station(station, partial(self._note, about))

    def handover(self, station: str | None) -> None:
        """Hand a shift over."""
        self._at_station(station, self._handover)

    def acceptance(self, line: LogLine) -> None:
        """Take over the shift of a line."""
        self._person(WHO_TAKES_OVER, line.station, partial(self._ask_remark, line))

    def _at_station(self, station: str | None, then: Callable[[str], None]) -> None:
        if station is not None:
            then(station)
            return
        asker = self._screen.asker
        choices = place_choices(asker.directory, asker.sight, self._screen.lang, ("station",))
        self._choose(WHICH_PLACE, choices, then)

    def _note(self, about: LogLine | None, station: str) -> None:
        title, corrected = (CORRECTION, about.note) if about else (WHAT, None)
        hint = safe(about.says.in_(self._screen.lang)) if about else ""

        def ask(person: str) -> None:
            def write(text: str) -> None:
                self._write(station, person, text=text, about=corrected)

            self._ask(title, write, needed=True, hint=hint)

        self._person(WHO_WRITES, station, ask, nameless=True)

    def _handover(self, station: str) -> None:
        self._person(WHO_HANDS_OVER, station, partial(self._choose_successor, station))

    def _choose_successor(self, station: str, person: str) -> None:
        lang = self._screen.lang
        people = person_choices(self._screen.register.directory, station, lang)
        posts: tuple[RoleName, ...] = ("staff", "station_manager")
        choices = [
            Choice(f"person:{one.value}", one.name, one.about, one.found_by)
            for one in people
            if one.value != person
        ]
        for post in posts:
            named = f"{ANY.in_(lang)}{POSTS[post].in_(lang)}"
            choices.append(Choice(f"post:{post}", named, "", post))
        self._choose(TO_WHOM, choices, partial(self._ask_handover, station, person))

    def _ask_handover(self, station: str, person: str, to: str) -> None:
        how, _, whom = to.partition(":")
        said: dict[str, Any] = {"kind": "handover", f"to_{how}": whom}

        def text_given(text: str) -> None:
            said["text"] = text
            self._ask(MATTERS, matters_given)

        def matters_given(text: str) -> None:
            said["matters"] = _parted(text)
            self._ask(READINGS, readings_given)

        def readings_given(text: str) -> None:
            self._write(station, person, readings=_parted(text), **said)

        self._ask(WHAT, text_given, needed=True)

    def _ask_remark(self, line: LogLine, person: str) -> None:
        self._ask(REMARK, partial(self._accept, line, person))

    def _accept(self, line: LogLine, person: str, remark: str) -> None:
        from domain.procedures.log import accept_shift

        register = self._screen.register
        taken = NewAcceptance(self._new_id(), register.clock(), remark)
        by = Actor(via="console", person=person)
        job = partial(register.carry_out, accept_shift, line.note or "", taken, by=by)
        self._screen.off_screen(job, self._done)

    def _write(self, station: str, person: str, **values: Any) -> None:
        from domain.procedures.log import write_note

        register = self._screen.register
        note = NewNote(id=self._new_id(), station=station, written_at=register.clock(), **values)
        by = Actor(via="console", person=person or None)
        self._screen.off_screen(partial(register.carry_out, write_note, note, by=by), self._done)

    def _done(self, _: object) -> None:
        self._screen.tell(KEPT)
        self._then()

    def _new_id(self) -> str:
        now = self._screen.register.clock()
        return time_ordered_id(now, secrets.token_bytes(RANDOM_BYTES))

    def _person(
        self, title: Text, station: str, then: Callable[[str], None], *, nameless: bool = False
    ) -> None:
        """Who it is: whoever sits here, if that is known; a note needs no name."""
        person = self._screen.console.actor.person
        if person is not None:
            then(person)
            return
        lang = self._screen.lang
        people = person_choices(self._screen.register.directory, station, lang)
        nobody = [Choice(NOBODY, NAMELESS.in_(lang))] if nameless else []
        self._choose(title, [*nobody, *people], then)

    def _choose(self, title: Text, choices: list[Choice[V]], then: Callable[[V], None]) -> None:
        def chosen(choice: Choice[V] | None) -> None:
            if choice is not None:
                then(choice.value)

        self._screen.app.push_screen(
            Choose(title.in_(self._screen.lang), choices, self._screen.lang), chosen
        )

    def _ask(
        self, title: Text, then: Callable[[str], None], *, needed: bool = False, hint: str = ""
    ) -> None:
        def problem(typed: str) -> Text | None:
            return NO_TEXT if needed and not typed.strip() else _too_much(typed, title)

        def given(text: str | None) -> None:
            if text is not None:
                then(text)

        lang = self._screen.lang
        asked = Ask(title.in_(lang), "", lang, hint=hint, max_length=NOTE_LENGTH, problem=problem)
        self._screen.app.push_screen(asked, given)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in BETWEEN.split(text) if part.strip())


def _too_much(typed: str, title: Text) -> Text | None:
    """What is wrong with a list of lines: too many of them, or too long ones."""
    parts = _parted(typed) if title in (MATTERS, READINGS) else ()
    if len(parts) > LINES or any(len(part) > LINE_LENGTH for part in parts):
        return Text(
            zh=f"最多 {LINES} 条，每条不超过 {LINE_LENGTH} 字",
            en=f"{LINES} at most, {LINE_LENGTH} characters each",
        )
    return None
