"""Rounds through the real procedures, honest and faked, and the board that they make."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import date, datetime, timedelta

import pytest

from domain.looks import MOST
from domain.months import CHINA
from domain.organisation import Actor
from domain.presence import Arrival
from domain.procedures.enrolment import enrol, offer_enrolment
from domain.procedures.looks import look_over
from domain.procedures.points import place_point
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.register.queries import Asker
from domain.register.worth import worth_board
from domain.submission import Found, Receipt
from domain.text import Text
from domain.windows import Span
from domain.worth_views import WorthBoard
from tests.things import CONSOLE, PATROL, Chain, a_form, a_picture, new_id

KINDS = ("unloading", "manhole", "tank_farm", "vent", "power_room", "generator", "fire", "toilet")
STEPS = (61, 95, 74, 120, 66, 88, 130)
WALKED = "192.168.1.23"
FRIDAY = Span(date(2026, 11, 20), date(2026, 11, 20))


class Rounds:
    """The first station with eight points, and phones that send rounds from there."""

    def __init__(self, chain: Chain) -> None:
        self.chain, self.register = chain, chain.register
        self.tokens = [self._place("s1", kind) for kind in KINDS]
        self.there = self._place("s2", "fire")
        self.phones = {"p-wang": chain.phone.device, "p-li": self._enrol("p-li")}

    def send(
        self,
        token: str,
        begun: datetime,
        spent_s: float = 20,
        *,
        person: str = "p-wang",
        address: str = WALKED,
        late: timedelta = timedelta(seconds=1),
        **changes: object,
    ) -> int:
        """Send the form of one point; answers its number."""
        done = begun + timedelta(seconds=spent_s)
        form = a_form(
            at=done,
            rulebook=PATROL,
            edition="2026-1",
            token=token,
            **{"found": (), "started_at": begun} | changes,
        )
        self.chain.clock.now = max(self.chain.clock.now, done + late)
        by = Actor("phone", person, self.phones[person])
        arrival = Arrival(address, done + late)
        receipt = self.register.carry_out(
            submit_inspection, weigh(self.register.rulebooks, form), arrival, by=by
        )
        assert isinstance(receipt, Receipt)
        return receipt.number

    def walk(self, begin: datetime, steps: Sequence[float] = STEPS, **changes: object) -> list[int]:
        """A round from point to point."""
        numbers, at = [], begin
        for token, step in zip(self.tokens, (*steps, 0), strict=True):
            numbers.append(self.send(token, at, **changes))  # type: ignore[arg-type]
            at += timedelta(seconds=step)
        return numbers

    def board(
        self, person: str | None = None, place: str | None = None, of: str | None = None
    ) -> WorthBoard:
        """What somebody sees of Friday."""
        directory = self.register.directory
        asker = Asker(directory, self.register.rulebooks, directory.sight(person))
        with self.register.read() as connection:
            return worth_board(connection, asker, FRIDAY, place, of)

    def _place(self, station: str, kind: str) -> str:
        name = Text(zh=kind, en=kind)
        return str(
            self.register.carry_out(
                place_point, f"{station}-{kind}", station, kind, name, by=CONSOLE
            )
        )

    def _enrol(self, person: str) -> str:
        code = self.register.carry_out(offer_enrolment, person, by=CONSOLE)
        phone = self.register.carry_out(enrol, code, "手机", by=Actor("phone"))
        return str(phone.device)


def friday(hour: int) -> datetime:
    return datetime(2026, 11, 20, hour, tzinfo=CHINA)


@pytest.fixture
def rounds(chain: Chain) -> Rounds:
    chain.clock.now = friday(6)
    return Rounds(chain)


def kinds(board: WorthBoard) -> set[str]:
    return {sign.kind for line in board.lines for sign in line.signs}


def numbers(board: WorthBoard) -> list[int]:
    return sorted(number for line in board.lines for number in line.numbers)


def test_an_honest_round_is_sent_and_not_listed(rounds: Rounds) -> None:
    rounds.walk(friday(8))

    board = rounds.board()
    assert (board.sent, board.lines) == (8, ())
    assert [(one.name, one.worth, one.firm) for one in board.inspectors] == [("王强", 0, 8)]


def test_a_round_that_waited_hours_for_the_network_is_not_listed(rounds: Rounds) -> None:
    at, late = friday(8), timedelta(hours=3)
    for token, step in zip(rounds.tokens, (*STEPS, 0), strict=True):
        rounds.send(token, at, late=late)
        at += timedelta(seconds=step)
        late -= timedelta(seconds=step - 1)

    assert rounds.board().lines == ()


def test_eight_points_in_half_a_minute_are_listed_as_one_visit(rounds: Rounds) -> None:
    sent = rounds.walk(friday(8), [4, 5, 3, 4, 5, 4, 4], spent_s=2)

    (line,) = rounds.board().lines
    assert list(line.numbers) == sent
    assert line.signs[0].said.zh == "8 个点位只用了 29 秒"


def test_what_a_program_sends_all_day_can_be_looked_at(rounds: Rounds) -> None:
    for n in range(MOST + 1):
        rounds.send(rounds.tokens[n % 8], friday(8) + timedelta(seconds=5 * n), spent_s=2)

    for line in rounds.board().lines:
        by = Actor("console", "p-li")
        rounds.register.carry_out(look_over, line.numbers, "doubtful", "程序发的", by=by)

    assert [len(one.numbers) for one in rounds.board().lines if one.look] == [1, MOST]


def test_a_clock_set_back_hides_nothing_even_from_the_board_of_the_day(rounds: Rounds) -> None:
    """It says last Friday; it came today."""
    sent = rounds.walk(friday(8) - timedelta(days=7), late=timedelta(days=7))

    board = rounds.board()
    assert numbers(board) == sent
    assert "backdated" in kinds(board)


def test_another_station_after_a_minute_shows_also_when_the_board_is_narrowed(
    rounds: Rounds,
) -> None:
    rounds.send(rounds.tokens[0], friday(8), person="p-li")
    there = rounds.send(rounds.there, friday(8) + timedelta(seconds=80), person="p-li")

    assert numbers(rounds.board(place="s2")) == [there]
    assert kinds(rounds.board(place="s2")) == {"two_places"}
    assert rounds.board(place="s1").lines == ()
    assert numbers(rounds.board(of="p-li")) == [there]
    assert rounds.board(of="p-wang").lines == ()


def test_nobody_sees_visits_to_stations_out_of_sight(rounds: Rounds) -> None:
    rounds.walk(friday(8), [4, 5, 3, 4, 5, 4, 4], spent_s=2)

    assert rounds.board("p-zhao").sent == 0
    assert rounds.board("p-zhao").inspectors == ()
    assert rounds.board("p-li").lines != ()


def test_from_outside_the_network_is_listed(rounds: Rounds) -> None:
    rounds.walk(friday(7), person="p-li")
    rounds.walk(friday(8), person="p-li")
    away = rounds.walk(friday(10), address="223.104.3.7")

    assert numbers(rounds.board()) == away


def test_one_key_on_two_phones_by_turns_is_listed(rounds: Rounds) -> None:
    own, friend = new_id(), new_id()
    sent = [
        rounds.send(rounds.tokens[0], friday(8 + n), page=page)
        for n, page in enumerate((own, friend, own))
    ]

    assert numbers(rounds.board()) == sent[1:]


def test_the_very_picture_of_an_earlier_visit_is_listed(rounds: Rounds) -> None:
    for hour in (8, 12):
        picture = a_picture(b"last week")
        found = (Found("fire.1", evidence=(picture.id,)),)
        last = rounds.send(
            rounds.tokens[KINDS.index("fire")], friday(hour), found=found, evidence=(picture,)
        )

    assert numbers(rounds.board()) == [last]
    assert kinds(rounds.board()) == {"picture_again"}


def test_findings_copied_from_another_station_are_listed(rounds: Rounds) -> None:
    found = tuple(Found(f"fire.{n}", note="压力表指针不在绿区，已通知维修") for n in (1, 2))
    rounds.send(rounds.there, friday(8), person="p-li", found=found)
    copied = rounds.send(rounds.tokens[KINDS.index("fire")], friday(9), found=found)

    assert numbers(rounds.board()) == [copied]


def test_a_presence_that_cannot_be_read_is_not_held_against_anybody(rounds: Rounds) -> None:
    rounds.walk(friday(8), [4, 5, 3, 4, 5, 4, 4], spent_s=2)
    with closing(sqlite3.connect(rounds.register.folder / "forecourt.sqlite3")) as connection:
        connection.execute("UPDATE inspection SET presence = '{}'")
        connection.commit()

    assert rounds.board().lines == ()
