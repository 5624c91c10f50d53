"""Forms come in, receipts go out."""

from __future__ import annotations

import asyncio

from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from domain.organisation import Device
from domain.procedures.refusals import Unknown
from domain.procedures.submission import take_in
from domain.procedures.weighing import weigh
from domain.refusals import Refusal
from domain.register.receipts import kept_receipt
from domain.register.register import Register
from domain.submission import Receipt, Submission
from domain.text import Text
from server.answers import KEY, QuickAnswer, answer
from server.problems import refused
from server.proofs import arrival_of
from server.reception import PhoneRequest, by_phone
from server.refusals import TooMany
from server.shapes import is_id

FORM_BYTES = 1 << 20
INSPECTION = Text(zh="检查", en="inspection")


@post(
    "/api/submissions",
    security=KEY,
    request_max_body_size=FORM_BYTES,
    responses={200: answer(Receipt, "The same form was received before")}
    | refused(400, 401, 403, 404, 409, 410, 413, 415, 422, 429, 503, 507),
)
async def receive_form(request: PhoneRequest, data: JSONBody[Submission]) -> Response[Receipt]:
    """Take in a filled-in form. Safe to repeat: the same form gets the same receipt."""
    device, reception = request.device(), request.reception
    if wait := reception.forms.wait_s(device.id):
        raise TooMany(wait)
    weighed = weigh(reception.register.rulebooks, data)
    sender = by_phone(device)
    receipt, again = await reception.register.carry_out_soon(
        take_in, weighed, arrival_of(request, device, data), by=sender
    )
    if isinstance(receipt, Refusal):
        raise receipt
    if data.evidence and not again:
        reception.uploads.expect(data.evidence, sender)
    return QuickAnswer(receipt, status_code=200 if again else 201)


@get("/api/submissions/{inspection:str}", security=KEY, responses=refused(401, 404, 410, 503))
async def show_receipt(request: PhoneRequest, inspection: FromPath[str]) -> Receipt:
    """The receipt of a form, with the files that it still waits for."""
    device, register = request.device(), request.reception.register
    if not is_id(inspection):
        raise Unknown(INSPECTION, inspection)
    return await asyncio.to_thread(_receipt, register, device, inspection)


def _receipt(register: Register, device: Device, inspection: str) -> Receipt:
    """The receipt, for whoever sent the form or sees its station."""
    with register.read() as connection:
        kept = kept_receipt(connection, inspection)
    sight = register.directory.sight(device.person)
    if kept and (kept.person == device.person or sight.sees(kept.station)):
        return kept.receipt
    raise Unknown(INSPECTION, inspection)
