"""The console's changing code: scanned in time it gives a proof, and forms are graded by it."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest

from domain.changing_code import code_of, step_at
from domain.presence import Presence
from domain.procedures.enrolment import withdraw_device
from domain.register.queries import Asker
from domain.register.secret import KEPT, folder_secret
from domain.register.sheets import inspection_sheet
from server.rates import Limits
from tests.server.conftest import AForm, Phone, enrolled, phone_of
from tests.things import CONSOLE, Chain
from tui.receiver import Receiver


def code_on_show(chain: Chain, station: str = "s1") -> str:
    """What the console shows now."""
    return code_of(folder_secret(chain.register.folder), station, step_at(chain.clock.now))


def scan(phone: Phone, code: str) -> httpx.Response:
    return phone.post("/api/proofs", json={"code": code})


def proof_from(phone: Phone, chain: Chain, station: str = "s1") -> str:
    answer = scan(phone, code_on_show(chain, station))
    assert answer.status_code == 201, answer.text
    proof: str = answer.json()["proof"]
    return proof


def presence_of(chain: Chain, answer: httpx.Response) -> Presence:
    """What was recorded with a form."""
    assert answer.status_code == 201, answer.text
    register = chain.register
    asker = Asker(register.directory, register.rulebooks, register.directory.sight(None))
    with register.read() as connection:
        sheet = inspection_sheet(connection, asker, answer.json()["number"])
    assert sheet is not None
    return sheet.presence


def test_the_code_on_show_gives_a_proof_that_serves_two_hours(phone: Phone, chain: Chain) -> None:
    told = scan(phone, code_on_show(chain)).json()

    assert told["station"] == {"id": "s1", "name": {"zh": "湖滨加油站", "en": "Lakeside"}}
    assert (told["at"], told["until"]) == ("2026-11-20T04:00:00Z", "2026-11-20T06:00:00Z")


@pytest.mark.parametrize(("age", "status"), [(0, 201), (59, 201), (60, 410), (3600, 410)])
def test_a_code_is_taken_for_a_minute(phone: Phone, chain: Chain, age: int, status: int) -> None:
    code = code_on_show(chain)
    chain.clock.forward(seconds=age)

    assert scan(phone, code).status_code == status


def test_a_code_that_has_changed_says_what_to_scan(phone: Phone, chain: Chain) -> None:
    code = code_on_show(chain)
    chain.clock.forward(minutes=5)

    problem = scan(phone, code).json()

    assert (problem["type"], problem["title"]) == ("code-changed", "这个在场码已经更换。")
    assert problem["detail"] == "请扫描屏幕上现在显示的码。"


def test_a_forged_code_gives_nothing(phone: Phone, chain: Chain) -> None:
    forged = code_of(b"another secret", "s1", step_at(chain.clock.now))

    assert scan(phone, forged).json()["type"] == "no-such-code"


def test_a_code_is_for_those_who_see_its_station(neighbour: Phone, chain: Chain) -> None:
    assert scan(neighbour, code_on_show(chain)).status_code == 403


def test_a_phone_that_is_not_enrolled_gets_no_proof(
    stranger: Phone, phone: Phone, chain: Chain
) -> None:
    assert scan(stranger, code_on_show(chain)).status_code == 401
    chain.register.carry_out(withdraw_device, chain.phone.device, by=CONSOLE)
    assert scan(phone, code_on_show(chain)).status_code == 410


def test_a_form_with_a_proof_is_proven(phone: Phone, chain: Chain, a_form: AForm) -> None:
    proof = proof_from(phone, chain)

    presence = presence_of(chain, phone.submit(a_form(proof=proof)))

    assert (presence.grade, presence.proved_at) == ("proven", chain.clock.now)


def test_a_form_without_one_is_graded_as_before(phone: Phone, chain: Chain, a_form: AForm) -> None:
    presence = presence_of(chain, phone.submit(a_form()))

    assert (presence.grade, presence.proved_at, presence.proof) == ("strong", None, "")


@pytest.mark.parametrize("spoilt", ["", "x", "1795000000.abcdefghijkl", "0" * 80, "１.x"])
def test_a_bad_proof_costs_the_form_nothing_and_is_noted(
    phone: Phone, chain: Chain, a_form: AForm, spoilt: str
) -> None:
    presence = presence_of(chain, phone.submit(a_form(proof=spoilt)))

    assert (presence.grade, presence.proved_at) == ("strong", None)
    assert presence.proof == ("bad" if spoilt else "")


def test_a_proof_is_bound_to_its_phone(
    phone: Phone, receiver: Receiver, chain: Chain, a_form: AForm
) -> None:
    proof = proof_from(phone, chain)

    with phone_of(receiver, enrolled(chain.register, chain.manager)) as second:
        presence = presence_of(chain, second.submit(a_form(proof=proof)))

    assert (presence.grade, presence.proof) == ("strong", "bad")


def test_a_proof_is_bound_to_its_station(receiver: Receiver, chain: Chain, a_form: AForm) -> None:
    with phone_of(receiver, enrolled(chain.register, chain.area_manager)) as phone:
        proof = proof_from(phone, chain, "s2")

        presence = presence_of(chain, phone.submit(a_form(proof=proof)))

    assert (presence.grade, presence.proof) == ("strong", "bad")


def test_a_proof_speaks_for_forms_begun_within_two_hours(
    phone: Phone, chain: Chain, a_form: AForm
) -> None:
    proof = proof_from(phone, chain)
    chain.clock.forward(hours=2, minutes=12)
    in_time = presence_of(chain, phone.submit(a_form(proof=proof)))
    chain.clock.forward(minutes=6)
    too_late = presence_of(chain, phone.submit(a_form(proof=proof)))

    assert (in_time.grade, too_late.grade, too_late.proof) == ("proven", "strong", "bad")


def test_a_proof_does_not_speak_for_a_form_that_is_finished_days_later(
    phone: Phone, chain: Chain, a_form: AForm
) -> None:
    """Forms for a whole week may be begun on one visit, and the phone alone says when."""
    proof, begun = proof_from(phone, chain), chain.clock.now.isoformat()
    chain.clock.forward(hours=11)
    same_day = presence_of(chain, phone.submit(a_form(proof=proof, started_at=begun)))
    chain.clock.forward(days=1)
    next_day = presence_of(chain, phone.submit(a_form(proof=proof, started_at=begun)))

    assert (same_day.grade, next_day.grade, next_day.proved_at) == ("proven", "strong", None)


def test_a_form_that_was_without_network_keeps_its_proof(
    phone: Phone, chain: Chain, a_form: AForm
) -> None:
    scanned_at, proof = chain.clock.now, proof_from(phone, chain)
    form = a_form(proof=proof)
    chain.clock.forward(days=2)

    presence = presence_of(chain, phone.submit(form))

    # Its clock cannot be compared any more, so the grade is not the highest.
    assert (presence.grade, presence.proved_at) == ("fair", scanned_at)


def test_a_code_scanned_while_the_form_was_filled_in_speaks_for_it(
    phone: Phone, chain: Chain, a_form: AForm
) -> None:
    begun = chain.clock.now - timedelta(minutes=10)

    presence = presence_of(
        chain, phone.submit(a_form(proof=proof_from(phone, chain), started_at=begun.isoformat()))
    )

    assert presence.grade == "proven"


def test_the_page_and_its_chain_are_recorded(phone: Phone, chain: Chain, a_form: AForm) -> None:
    page = "019a0000-0000-7000-8000-000000000000"

    presence = presence_of(chain, phone.submit(a_form(page=page, after=7)))

    assert (presence.page, presence.after) == (page, 7)


def test_a_spoilt_secret_ends_proofs_and_no_form(phone: Phone, chain: Chain, a_form: AForm) -> None:
    code, file = code_on_show(chain), chain.register.folder / KEPT
    file.write_text("")

    answer = scan(phone, code)

    assert (answer.status_code, answer.json()["type"]) == (503, "secret-spoilt")
    assert phone.submit(a_form(proof="1795000000.abcdefghijkl")).status_code == 201


def test_a_secret_that_was_made_anew_holds_for_console_and_receiver_at_once(
    phone: Phone, chain: Chain
) -> None:
    proof_from(phone, chain)
    (chain.register.folder / KEPT).unlink()

    assert scan(phone, code_on_show(chain)).status_code == 201


class TestGuessing:
    @pytest.fixture
    def limits(self) -> Limits:
        """Three tries a minute for each phone."""
        return Limits(proofs_per_phone=3)

    def test_a_phone_that_tries_and_tries_has_to_wait(
        self, phone: Phone, neighbour: Phone, chain: Chain
    ) -> None:
        answers = [scan(phone, f"s1.1.{guess}").status_code for guess in range(4)]

        assert answers == [404, 404, 404, 429]
        assert scan(neighbour, code_on_show(chain, "s2")).status_code == 201


def test_the_page_opens_under_the_code(stranger: Phone, chain: Chain) -> None:
    answer = stranger.get(f"/p/{code_on_show(chain)}")

    assert (answer.status_code, "Forecourt" in answer.text) == (200, True)
