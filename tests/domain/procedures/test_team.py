"""A team inspection: many fill it in at once, nothing is lost, one inspection comes of it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import msgspec
import pytest

from domain.organisation import Actor, Role
from domain.procedures.evidence import receive_evidence
from domain.procedures.organisation import add_person
from domain.procedures.refusals import IdTaken, OutOfSight, Unknown
from domain.procedures.team import (
    Declined,
    Opening,
    close_team,
    countersign,
    open_team,
    take_steps,
)
from domain.procedures.team_refusals import (
    NotTheLeader,
    NotTheManager,
    SectionsAreOpen,
    SignedByAnother,
    TeamIsClosed,
)
from domain.refusals import Refusal
from domain.register.matching import first_row_changed
from domain.register.queries import Asker
from domain.register.sheets import inspection_sheet
from domain.register.teams import Team, steps_of, team_of, teams_at
from domain.rulebook import Edition
from domain.scoring import score_lines
from domain.submission import FormulaInput, Found, Receipt
from domain.team import (
    FiguresStep,
    FoundStep,
    Merged,
    NotApplicableStep,
    RetractedStep,
    SectionReopenedStep,
    SectionSubmittedStep,
    SharedOutStep,
    Step,
    merge,
)
from domain.views import InspectionSheet
from tests.things import COMPREHENSIVE, CONSOLE, EDITION, Chain, a_picture, new_id

MANAGER, LEADER, CLERK = (Actor("phone", one) for one in ("p-wang", "p-li", "p-chen"))
Sends = Callable[..., tuple[Declined, ...]]


@pytest.fixture
def team(chain: Chain) -> Team:
    """A comprehensive inspection of the first station, opened by the area manager."""
    do = chain.register.carry_out
    do(add_person, "p-chen", "陈静", (Role("unit_staff", "u1"),), by=CONSOLE)
    return do(open_team, Opening(new_id(), COMPREHENSIVE, token=chain.token), by=LEADER)


@pytest.fixture
def sends(chain: Chain, team: Team) -> Sends:
    """Somebody sends what was done in it."""

    def send(by: Actor, *steps: Step) -> tuple[Declined, ...]:
        return chain.register.carry_out(take_steps, team.id, steps, by=by)

    return send


def found(criterion: str, count: int = 1, clause: int = 0) -> FoundStep:
    return FoundStep(id=new_id(), found=Found(criterion, clause, count))


def edition_of(chain: Chain) -> Edition:
    return chain.register.rulebooks.edition(COMPREHENSIVE, EDITION)


def merged_of(chain: Chain, team: Team) -> Merged:
    with chain.register.read() as connection:
        return merge(edition_of(chain), steps_of(connection, team.id))


def sheet_of(chain: Chain, receipt: Receipt) -> InspectionSheet:
    """The inspection as a console shows it; the journal holds."""
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    with register.read() as connection:
        assert first_row_changed(connection) is None
        sheet = inspection_sheet(connection, asker, receipt.number)
    assert sheet is not None
    return sheet


def refusals(declined: tuple[Declined, ...]) -> list[str]:
    return [one.refusal.code for one in declined]


def submit_all(chain: Chain, sends: Sends) -> None:
    for section in edition_of(chain).sections:
        assert sends(LEADER, SectionSubmittedStep(id=new_id(), section=section.id)) == ()


def test_what_everybody_enters_is_in_one_inspection(chain: Chain, team: Team, sends: Sends) -> None:
    figures = FormulaInput(of="900", against="1000")
    assert sends(LEADER, found("7"), found("134b")) == ()
    assert (
        sends(CLERK, found("7", 2), FiguresStep(id=new_id(), criterion="1", figures=figures)) == ()
    )
    assert sends(MANAGER, found("56")) == ()
    submit_all(chain, sends)

    receipt = chain.register.carry_out(close_team, team.id, by=LEADER)

    sheet = sheet_of(chain, receipt)
    assert [(one.criterion, one.count) for one in sheet.found] == [
        ("7", 1),
        ("134b", 1),
        ("7", 2),
        ("56", 1),
    ]
    lines = [Found("7"), Found("134b"), Found("7", count=2), Found("56")]
    card = score_lines(edition_of(chain), lines, inputs={"1": figures})
    assert Decimal(receipt.score) == card.total
    assert receipt.id == team.id


def test_who_entered_what_can_be_told(chain: Chain, team: Team, sends: Sends) -> None:
    sends(LEADER, found("7"), found("8"))
    sends(CLERK, found("56"))

    merged = merged_of(chain, team)

    assert [one.person for one in merged.found] == ["p-li", "p-li", "p-chen"]
    assert merged.members == {"p-li": 2, "p-chen": 1}


def test_what_is_sent_again_counts_once(chain: Chain, team: Team, sends: Sends) -> None:
    once = found("7")
    for _ in range(3):
        assert sends(CLERK, once, once) == ()

    assert len(merged_of(chain, team).found) == 1


def test_one_declined_step_holds_up_no_other(chain: Chain, team: Team, sends: Sends) -> None:
    declined = sends(CLERK, found("7"), found("no-such"), found("8", clause=77), found("8"))

    assert refusals(declined) == ["unknown-criterion", "clause-out-of-range"]
    assert [one.criterion for one in merged_of(chain, team).lines] == ["7", "8"]


def test_a_finding_is_taken_back_by_its_author_or_the_leader_only(
    chain: Chain, team: Team, sends: Sends
) -> None:
    first, second = found("7"), found("8")
    sends(CLERK, first, second)

    assert refusals(sends(MANAGER, RetractedStep(id=new_id(), step=first.id))) == ["not-yours"]
    assert sends(CLERK, RetractedStep(id=new_id(), step=first.id)) == ()
    assert sends(LEADER, RetractedStep(id=new_id(), step=second.id)) == ()
    assert refusals(sends(CLERK, RetractedStep(id=new_id(), step=first.id))) == ["no-such-step"]
    assert merged_of(chain, team).found == ()


def test_sections_are_shared_out_by_the_leader(chain: Chain, team: Team, sends: Sends) -> None:
    section = edition_of(chain).sections[0].id
    give = SharedOutStep(id=new_id(), section=section, person="p-chen")

    assert refusals(sends(CLERK, give)) == ["not-yours"]
    assert sends(LEADER, give) == ()
    assert merged_of(chain, team).sections[section].person == "p-chen"
    submitted = SectionSubmittedStep(id=new_id(), section=section)
    assert refusals(sends(MANAGER, submitted)) == ["not-yours"]
    assert sends(CLERK, submitted) == ()
    assert merged_of(chain, team).sections[section].submitted_by == "p-chen"


def test_a_section_goes_to_nobody_who_cannot_see_the_station(
    chain: Chain, team: Team, sends: Sends
) -> None:
    section = edition_of(chain).sections[0].id
    for person, code in (("p-zhao", "out-of-sight"), ("p-nobody", "unknown")):
        give = SharedOutStep(id=new_id(), section=section, person=person)
        assert refusals(sends(LEADER, give)) == [code]


def test_a_submitted_section_takes_nothing_until_it_is_opened_again(
    chain: Chain, team: Team, sends: Sends
) -> None:
    entered = found("7")
    sends(CLERK, entered)
    section = edition_of(chain).place("7").section.id
    sends(CLERK, SectionSubmittedStep(id=new_id(), section=section))

    late = (found("7"), RetractedStep(id=new_id(), step=entered.id))
    assert refusals(sends(CLERK, *late)) == ["section-submitted"] * 2
    assert refusals(sends(MANAGER, SectionReopenedStep(id=new_id(), section=section))) == [
        "not-yours"
    ]
    assert sends(CLERK, SectionReopenedStep(id=new_id(), section=section)) == ()
    assert sends(CLERK, found("7")) == ()


def test_what_does_not_apply_cannot_be_charged_nor_the_other_way(
    chain: Chain, team: Team, sends: Sends
) -> None:
    edition = edition_of(chain)
    group = edition.place("7").group
    left_out = NotApplicableStep(id=new_id(), named=group.id)
    entered = found("7")
    sends(CLERK, entered)

    assert refusals(sends(LEADER, left_out)) == ["found-and-not-applicable"]
    sends(CLERK, RetractedStep(id=new_id(), step=entered.id))
    assert sends(LEADER, left_out) == ()
    assert refusals(sends(CLERK, found("7"))) == ["found-and-not-applicable"]
    sends(LEADER, NotApplicableStep(id=new_id(), named=group.id, applies=True))
    assert sends(CLERK, found("7")) == ()


@pytest.mark.parametrize(
    ("figures", "code"),
    [(("900", "0"), "against-not-positive"), (("many", "1000"), "not-a-figure")],
)
def test_figures_that_cannot_be_computed_with_are_declined(
    sends: Sends, figures: tuple[str, str], code: str
) -> None:
    step = FiguresStep(id=new_id(), criterion="1", figures=FormulaInput(*figures))

    assert refusals(sends(CLERK, step)) == [code]


def test_figures_are_taken_away_again(chain: Chain, team: Team, sends: Sends) -> None:
    sends(CLERK, FiguresStep(id=new_id(), criterion="5", figures=FormulaInput("0.3")))
    sends(CLERK, FiguresStep(id=new_id(), criterion="5"))

    assert merged_of(chain, team).inputs == {}


def test_it_is_closed_by_the_leader_once_every_section_is_in(
    chain: Chain, team: Team, sends: Sends
) -> None:
    close = chain.register.carry_out
    with pytest.raises(SectionsAreOpen) as open_ones:
        close(close_team, team.id, by=LEADER)
    assert edition_of(chain).sections[11].title.zh in open_ones.value.reason.zh
    submit_all(chain, sends)
    with pytest.raises(NotTheLeader):
        close(close_team, team.id, by=CLERK)

    receipt = close(close_team, team.id, by=LEADER)

    assert receipt.score == "1000.00"
    with pytest.raises(TeamIsClosed, match=str(receipt.number)):
        close(close_team, team.id, by=LEADER)
    with pytest.raises(TeamIsClosed):
        sends(CLERK, found("7"))


def test_a_step_that_was_taken_is_no_news_after_the_end(
    chain: Chain, team: Team, sends: Sends
) -> None:
    once = found("7")
    sends(CLERK, once)
    submit_all(chain, sends)
    chain.register.carry_out(close_team, team.id, by=LEADER)

    assert sends(CLERK, once) == ()


def test_pictures_come_before_the_end_and_are_shown_by_their_finding(
    chain: Chain, team: Team, sends: Sends
) -> None:
    picture = a_picture(b"picture")
    seen = FoundStep(id=new_id(), found=Found("7", evidence=(picture.id,)), evidence=(picture,))
    assert sends(CLERK, found("8"), seen) == ()
    chain.register.carry_out(receive_evidence, picture.id, by=CLERK)
    submit_all(chain, sends)

    receipt = chain.register.carry_out(close_team, team.id, by=LEADER)

    (item,) = sheet_of(chain, receipt).evidence
    assert (item.id, item.finding) == (picture.id, receipt.number * 1000 + 2)
    assert item.arrived_at is not None


def test_a_picture_is_announced_once(sends: Sends) -> None:
    picture = a_picture(b"picture")

    def show() -> FoundStep:
        return FoundStep(id=new_id(), found=Found("7", evidence=(picture.id,)), evidence=(picture,))

    assert refusals(sends(CLERK, show(), show())) == ["unfit"]


def test_a_picture_of_a_finding_taken_back_goes_with_the_next_one(
    chain: Chain, team: Team, sends: Sends
) -> None:
    picture = a_picture(b"picture")

    def show(note: str, **changes: str) -> FoundStep:
        shown = msgspec.structs.replace(picture, **changes)
        line = Found("7", note=note, evidence=(picture.id,))
        return FoundStep(id=new_id(), found=line, evidence=(shown,))

    first = show("一处")
    sends(CLERK, first, RetractedStep(id=new_id(), step=first.id))

    assert refusals(sends(CLERK, show("另一张", sha256="0" * 64))) == ["unfit"]
    assert sends(CLERK, show("两处")) == ()
    assert [item.id for item in merged_of(chain, team).evidence] == [picture.id]


def test_it_can_be_opened_again_by_who_opened_it_only(chain: Chain, team: Team) -> None:
    again = Opening(team.id, COMPREHENSIVE, token=chain.token)

    assert chain.register.carry_out(open_team, again, by=LEADER) == team
    with pytest.raises(IdTaken):
        chain.register.carry_out(open_team, again, by=MANAGER)


def test_strangers_to_the_station_are_kept_out(chain: Chain, team: Team) -> None:
    stranger = Actor("phone", "p-zhao")
    for procedure, args in (
        (take_steps, (team.id, (found("7"),))),
        (close_team, (team.id,)),
    ):
        with pytest.raises(OutOfSight):
            chain.register.carry_out(procedure, *args, by=stranger)
    with pytest.raises(Unknown):
        chain.register.carry_out(take_steps, new_id(), (), by=LEADER)


def test_it_is_listed_until_it_is_countersigned(chain: Chain, team: Team, sends: Sends) -> None:
    def listed() -> list[tuple[str, bool]]:
        with chain.register.read() as connection:
            return [(one.id, one.closed is not None) for one in teams_at(connection, "s1")]

    assert listed() == [(team.id, False)]
    submit_all(chain, sends)
    chain.register.carry_out(close_team, team.id, by=LEADER)
    assert listed() == [(team.id, True)]

    signed = chain.register.carry_out(countersign, team.id, "同意", by=MANAGER)

    assert (signed.person, signed.note) == ("p-wang", "同意")
    assert listed() == []
    assert chain.register.carry_out(countersign, team.id, "又一次", by=MANAGER) == signed


def test_only_the_stations_manager_countersigns_and_only_once(chain: Chain) -> None:
    receipt = chain.submit(chain.form())
    sign = chain.register.carry_out
    with pytest.raises(NotTheManager):
        sign(countersign, receipt.id, by=LEADER)
    with pytest.raises(Unknown):
        sign(countersign, receipt.id, by=Actor("phone", "p-zhao"))
    sign(countersign, receipt.id, by=MANAGER)
    roles = (Role("station_manager", "s1"),)
    sign(add_person, "p-sun", "孙浩", roles, by=CONSOLE)

    with pytest.raises(SignedByAnother):
        sign(countersign, receipt.id, by=Actor("phone", "p-sun"))


def test_a_refused_call_leaves_nothing_behind(chain: Chain, team: Team) -> None:
    before = chain.register.journal_seq
    with pytest.raises(Refusal):
        chain.register.carry_out(close_team, team.id, by=LEADER)
    with chain.register.read() as connection:
        assert team_of(connection, team.id) == team
    assert chain.register.journal_seq == before


def test_the_inspection_says_who_entered_what_and_who_countersigned(
    chain: Chain, team: Team, sends: Sends
) -> None:
    assert sends(LEADER, found("7")) == ()
    assert sends(CLERK, found("134b"), found("56")) == ()
    submit_all(chain, sends)
    receipt = chain.register.carry_out(close_team, team.id, by=LEADER)
    chain.register.carry_out(countersign, team.id, "情况属实", by=MANAGER)

    sheet = sheet_of(chain, receipt)

    authors = dict(zip((one.criterion for one in sheet.found), sheet.entered_by, strict=True))
    assert authors == {"7": "李敏", "134b": "陈静", "56": "陈静"}
    assert sheet.countersigned is not None
    assert (sheet.countersigned.person, sheet.countersigned.note) == ("王强", "情况属实")
