"""Forms that nobody foresaw: whatever comes, it is taken in or declined, never a fault."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from domain.register.register import Register
from server.rates import Limits
from tests.things import EDITION, ONSITE, PATIENCE_S, VIDEO, Chain, Clock, build_chain, new_id
from tui.receiver import Receiver

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("fuzz")]
FREELY = Limits(enrolments_per_address=100_000, enrolments=100_000, proofs_per_phone=100_000)
examples = settings(
    max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Chain, Receiver]]:
    """One receiver for all examples of this file."""
    folder: Path = tmp_path_factory.mktemp("fuzz")
    with Register.open(folder / "data") as register:
        chain = build_chain(register, Clock())
        receiver = Receiver(register, "127.0.0.1", 0, FREELY)
        receiver.start()
        yield chain, receiver
        receiver.stop()


@pytest.fixture(scope="module")
def client(station: tuple[Chain, Receiver]) -> Iterator[httpx.Client]:
    """The manager's phone."""
    chain, receiver = station
    headers = {"Authorization": f"Bearer {chain.phone.key}", "Content-Type": "application/json"}
    with httpx.Client(base_url=receiver.url, headers=headers, timeout=PATIENCE_S) as client:
        yield client


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda deeper: st.lists(deeper, max_size=4) | st.dictionaries(st.text(max_size=8), deeper),
    max_leaves=12,
)
criteria = st.sampled_from(["A.a.1", "A.a.2", "E.c.1", "B.a.1", "a.1", "A.a", "Z", ""])
moments = st.datetimes().map(lambda at: at.isoformat() + "+08:00") | st.text(max_size=30)
ids = st.builds(new_id)
found = st.fixed_dictionaries(
    {"criterion": criteria},
    optional={
        "clause": st.integers(-1, 3) | anything,
        "count": st.integers(-1, 1001) | anything,
        "note": st.text(max_size=60),
        "at": st.from_regex(r"\d\d:\d\d:\d\d") | st.none(),
        "evidence": st.lists(ids, max_size=2),
    },
)
forms = st.fixed_dictionaries(
    {
        "id": ids,
        "rulebook": st.sampled_from([ONSITE, VIDEO, "x"]),
        "edition": st.just(EDITION) | st.text(max_size=10),
        "started_at": st.just("2026-11-20T12:00:00+08:00") | moments,
        "submitted_at": st.just("2026-11-20T12:09:00+08:00") | moments,
        "found": st.lists(found, max_size=4) | anything,
    },
    optional={
        "not_applicable": st.lists(criteria, max_size=3),
        "station": st.sampled_from(["s1", "s2", "u1", ""]),
        "inputs": st.dictionaries(criteria, anything, max_size=2),
        "note": st.text(max_size=60),
        "page": ids,
        "after": st.integers(-1, 10),
        "proof": st.text(max_size=90),
        "evidence": anything,
    },
)


@examples
@given(form=forms, scanned=st.booleans())
def test_any_form_is_taken_in_or_declined(
    client: httpx.Client, station: tuple[Chain, Receiver], form: dict[str, Any], scanned: bool
) -> None:
    if scanned:
        form = form | {"token": station[0].token}

    answer = client.post("/api/submissions", content=msgspec.json.encode(form))

    if answer.status_code == 201:
        again = client.post("/api/submissions", content=msgspec.json.encode(form))
        assert (again.status_code, again.json()) == (200, answer.json())
    else:
        assert 400 <= answer.status_code < 500, (answer.text, form)
        assert answer.json()["detail"]


@examples
@given(body=st.binary(max_size=200) | anything.map(msgspec.json.encode))
def test_any_bytes_are_declined(client: httpx.Client, body: bytes) -> None:
    answer = client.post("/api/submissions", content=body)

    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_the_receiver_is_as_it_describes_itself(
    station: tuple[Chain, Receiver], client: httpx.Client
) -> None:
    """Requests made from the schema, right ones and wrong ones, for every operation."""
    described = client.get("/schema/openapi.json").json()
    chain, receiver = station
    checks = [status_code_conformance, response_schema_conformance, negative_data_rejection]
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=receiver.url)
    tried = set()
    for operation in schema.get_all_operations():
        call: Any = operation.ok()  # type: ignore[union-attr]
        if call.path == "/api/events":  # a stream has no end to wait for
            continue

        @settings(
            max_examples=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=call.as_strategy())
        def answers_as_described(case: Any) -> None:
            case.call_and_validate(
                headers={"Authorization": f"Bearer {chain.phone.key}"},
                checks=checks,
                timeout=PATIENCE_S,
            )

        answers_as_described()
        tried.add(call.label)
    assert len(tried) == 25
