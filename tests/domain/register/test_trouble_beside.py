"""Trouble of one caller, screen or process beside the writer stays with it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from domain.organisation import Actor
from domain.procedures.points import reissue_code
from domain.procedures.refusals import CodeWithdrawn, Unfit
from domain.procedures.submission import take_in
from domain.procedures.weighing import weigh
from domain.register.register import Register
from domain.register.tables import PersonRow, PlaceRow
from domain.register.work import Work
from domain.submission import Found
from tests.things import CONSOLE, Chain, a_picture, wait_until

BY = Actor("console")


def add(work: Work, person: str) -> int:
    work.insert(PersonRow, {"id": person, "name": person})
    return work.journal("person.added", person).header.seq


def add_too_large(work: Work, place: str) -> None:
    names = {"name_zh": "x", "name_en": "x", "kind": "unit", "path": "/", "parent": None}
    work.insert(PlaceRow, {"id": place, "stars": 2**63, **names})
    work.journal("place.added", place)


def count_people(work: Work) -> int:
    return len(work.directory.people)


def test_a_screen_that_fails_at_the_news_does_not_stop_the_writer(register: Register) -> None:
    def fail(_: int) -> None:
        raise RuntimeError

    register.listen(fail)

    assert [register.carry_out(add, each, by=BY) for each in ("p1", "p2")] == [1, 2]


def test_a_caller_that_gave_up_does_not_stop_the_writer(register: Register) -> None:
    calls = [register.carry_out_later(add, f"p{n}", by=BY) for n in range(200)]
    for call in calls:
        call.cancel()

    assert register.carry_out(add, "last", by=BY) > 0


def test_rows_that_cannot_be_written_fail_their_own_call_alone(register: Register) -> None:
    calls: list[Future[Any]] = [
        register.carry_out_later(add, "p1", by=BY),
        register.carry_out_later(add_too_large, "u1", by=BY),
        register.carry_out_later(add, "p2", by=BY),
    ]
    seen = register.carry_out_later(count_people, by=BY)

    assert [call.exception() is None for call in calls] == [True, False, True]
    assert seen.result() == 2


def test_a_code_reissued_by_another_process_is_refused_at_once_and_for_good(chain: Chain) -> None:
    with Register.open(chain.register.folder) as other:
        for _ in range(10):
            old = chain.form()
            chain.token = other.carry_out(reissue_code, chain.point, by=CONSOLE)
            chain.register.carry_out(add, f"p-{chain.token}", by=BY)
            weighed = weigh(chain.register.rulebooks, old)
            with pytest.raises(CodeWithdrawn):
                chain.register.carry_out(take_in, weighed, None, by=chain.by_phone)
        chain.submit(chain.form())


def test_a_second_form_cannot_take_the_evidence_of_the_first(chain: Chain) -> None:
    picture = a_picture(b"x")
    found = (Found("A.a.1", evidence=(picture.id,)),)
    chain.submit(chain.form(found=found, evidence=(picture,)))

    with pytest.raises(Unfit):
        chain.submit(chain.form(found=found, evidence=(picture,)))


@pytest.mark.parametrize("name", ["station #3", "a?b", "100%41", "加油站"])
def test_a_folder_may_be_named_as_people_name_folders(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    with Register.open(folder) as register, Register.open(folder) as other:
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda n: register.carry_out(add, f"p{n}", by=BY), range(4)))
        wait_until(lambda: other.journal_seq == 4)

    assert [each.name for each in tmp_path.iterdir()] == [name]
