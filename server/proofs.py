"""The console's changing code was scanned: the phone gets a proof to send with its forms."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import post
from litestar.params import JSONBody
from msgspec import Meta

from domain.changing_code import SERVES, check_age, proof_of, proved_at, read_code
from domain.organisation import Device
from domain.presence import Arrival
from domain.procedures.refusals import OutOfSight
from domain.register.secret import SecretSpoilt
from domain.submission import Submission
from server.answers import KEY
from server.points import StationHere
from server.problems import refused
from server.reception import PhoneRequest
from server.refusals import TooMany


class ScannedCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the address behind the changing code ends with."""

    code: Annotated[str, Meta(min_length=1, max_length=200)]


class Proof(msgspec.Struct, frozen=True):
    """What the phone keeps; moments are this node's, by its clock.

    Attributes:
        proof: To be sent as `proof` with the forms of this station.
        until: When it no longer serves a form that is begun.
    """

    proof: str
    station: StationHere
    at: datetime
    until: datetime


@post(
    "/api/proofs",
    security=KEY,
    responses=refused(400, 401, 403, 404, 410, 413, 415, 429, 503),
)
async def prove_presence(request: PhoneRequest, data: JSONBody[ScannedCode]) -> Proof:
    """Exchange the code on the console's screen for a proof; only while it is shown."""
    device, reception = request.device(), request.reception
    if wait := reception.proofs.wait_s(device.id):
        raise TooMany(wait)
    register = reception.register
    directory, now = register.directory, register.clock().replace(microsecond=0)
    scanned = read_code(reception.secret, data.code)
    name = directory.station_name(scanned.station)
    if not directory.sight(device.person).sees(scanned.station):
        raise OutOfSight(name)
    check_age(scanned, now)
    return Proof(
        proof=proof_of(reception.secret, device.id, scanned.station, now),
        station=StationHere(scanned.station, name),
        at=now,
        until=now + SERVES,
    )


def arrival_of(request: PhoneRequest, device: Device, form: Submission) -> Arrival:
    """How a form came in, its proof verified; most forms bring none and cost nothing more.

    Done here and not by the procedure, which reads no files; whether the proof's moment speaks
    for this form is judged with the rest of the evidence.
    """
    if not form.proof:
        return request.arrival()
    point = request.reception.register.directory.points_by_token.get(form.token or "")
    return proven_arrival(
        request, device, form.proof, point.station if point else form.station or ""
    )


def proven_arrival(request: PhoneRequest, device: Device, proof: str, station: str) -> Arrival:
    """How something came in from a station, with what its proof says."""
    arrival = request.arrival()
    try:
        secret = request.reception.secret
    except SecretSpoilt:
        return arrival  # A form is worth more than its proof.
    at = proved_at(secret, proof, device.id, station)
    return msgspec.structs.replace(arrival, proved_at=at)
