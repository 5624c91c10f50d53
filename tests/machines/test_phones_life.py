"""Whatever phones and managers do, in any order, nothing acknowledged is lost or doubled."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule
from sqlalchemy import select

from domain.journal import first_broken
from domain.organisation import Actor
from domain.procedures.enrolment import enrol, offer_enrolment, withdraw_device
from domain.procedures.points import reissue_code
from domain.procedures.refusals import AnswersDiffer
from domain.procedures.submission import submit_inspection
from domain.procedures.weighing import weigh
from domain.refusals import Refusal
from domain.register.journal_table import entries
from domain.register.queries import INSPECTION
from domain.register.register import Register
from domain.submission import Found, Receipt, Submission
from tests.things import CONSOLE, Chain, Clock, build_chain


class PhonesLife(RuleBasedStateMachine):
    """Phones send and send again, codes are replaced, phones withdrawn, the receiver restarted."""

    forms = Bundle("forms")

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.folder, self.clock = folder, Clock()
        self.chain: Chain = build_chain(self.open(), self.clock)
        self.acknowledged: dict[str, Receipt] = {}
        self.withdrawn = False

    def open(self) -> Register:
        return Register.open(self.folder, clock=self.clock)

    @rule(target=forms, lines=st.lists(st.sampled_from(["A.a.1", "B.b.3", "E.c.4"]), max_size=4))
    def fill_in(self, lines: list[str]) -> Submission:
        return self.chain.form(found=tuple(Found(line) for line in lines))

    @rule(form=forms)
    def send(self, form: Submission) -> None:
        known = self.acknowledged.get(form.id)
        try:
            answer = self.submit(form)
        except Refusal:
            assert known is None
            assert not self.may_send(form)
        else:
            assert isinstance(answer, Receipt)
            assert known in (None, answer)
            self.acknowledged[form.id] = answer

    @rule(form=consumes(forms))
    def send_other_answers(self, form: Submission) -> None:
        if form.id not in self.acknowledged:
            return
        try:
            answer = self.submit(msgspec.structs.replace(form, note="另一份"))
        except Refusal:
            assert not self.may_send(form)
        else:
            assert isinstance(answer, AnswersDiffer)

    @rule()
    def replace_the_label(self) -> None:
        self.chain.token = self.chain.register.carry_out(reissue_code, "s1-pump-1", by=CONSOLE)

    @rule()
    def withdraw_the_phone(self) -> None:
        if not self.withdrawn:
            self.chain.register.carry_out(withdraw_device, self.chain.phone.device, by=CONSOLE)
            self.withdrawn = True

    @rule()
    def enrol_the_phone_again(self) -> None:
        code = self.chain.register.carry_out(offer_enrolment, self.chain.manager, by=CONSOLE)
        self.chain.phone = self.chain.register.carry_out(enrol, code, "手机", by=Actor("phone"))
        self.withdrawn = False

    @rule()
    def restart(self) -> None:
        self.chain.register.close()
        self.chain.register = self.open()

    @rule(minutes=st.integers(1, 60 * 24))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes=minutes)

    @invariant()
    def what_was_acknowledged_is_there_once_and_nothing_else(self) -> None:
        with self.chain.register.read() as connection:
            stored = connection.execute(select(INSPECTION.c.id, INSPECTION.c.number)).all()
        expected = {(receipt.id, receipt.number) for receipt in self.acknowledged.values()}
        assert sorted(tuple(row) for row in stored) == sorted(expected)

    @invariant()
    def the_journal_holds(self) -> None:
        with self.chain.register.read() as connection:
            assert first_broken(entries(connection)) is None

    def may_send(self, form: Submission) -> bool:
        """Whether the label that was scanned and the phone are both in force."""
        return form.token == self.chain.token and not self.withdrawn

    def submit(self, form: Submission) -> Receipt | AnswersDiffer:
        weighed = weigh(self.chain.register.rulebooks, form)
        return self.chain.register.carry_out(
            submit_inspection, weighed, None, by=self.chain.by_phone
        )

    def teardown(self) -> None:
        self.chain.register.close()
        self.stack.close()


TestPhonesLife = PhonesLife.TestCase
TestPhonesLife.pytestmark = [pytest.mark.slow]  # type: ignore[attr-defined]
TestPhonesLife.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
