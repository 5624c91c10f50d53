"""Builds the receiver: handlers, limits, headers and its description of itself."""

from __future__ import annotations

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from domain.refusals import Refusal
from domain.register.register import Register
from server import (
    duties,
    editions,
    enrolment,
    events,
    health,
    log,
    media,
    page,
    points,
    proofs,
    submissions,
    teams,
    uploads,
)
from server.answers import COMPONENTS
from server.arriving import Uploads
from server.marking import Marking
from server.news import News
from server.problems import show_fault, show_http_error, show_refusal
from server.rates import Limits
from server.reception import PhoneRequest, Reception, recognise
from server.visitors import Visitors

HANDLERS = [
    submissions.receive_form,
    submissions.show_receipt,
    uploads.show_protocol,
    uploads.create_upload,
    uploads.show_offset,
    uploads.receive_piece,
    uploads.receive_piece_by_post,
    enrolment.enrol_phone,
    enrolment.show_me,
    proofs.prove_presence,
    points.show_point,
    points.show_last_time,
    editions.show_edition,
    editions.show_initials,
    *teams.HANDLERS,
    *log.HANDLERS,
    duties.show_duties,
    media.send_file,
    media.send_thumb,
    events.stream_events,
    health.show_health,
    page.show_scanned,
    page.show_enrol,
    page.show_start,
]


def make_app(register: Register, limits: Limits | None = None) -> Litestar:
    """The receiver of a register, as an ASGI application."""
    reception = Reception(
        register, Uploads(register), News(register), Visitors(), limits or Limits()
    )

    marking = Marking(register)

    async def begin() -> None:
        reception.news.open()
        marking.open()

    async def end() -> None:
        reception.news.close()
        await marking.close()

    return Litestar(
        HANDLERS,
        request_class=PhoneRequest,
        before_request=recognise,
        state=State({"reception": reception}),
        exception_handlers={
            Refusal: show_refusal,
            HTTPException: show_http_error,
            Exception: show_fault,
        },
        on_startup=[begin],
        on_shutdown=[end],
        request_max_body_size=submissions.FORM_BYTES,
        openapi_config=OpenAPIConfig(
            title="Forecourt",
            version=health.VERSION,
            path="/schema",
            components=COMPONENTS,
            render_plugins=[JsonRenderPlugin()],
        ),
        # Log lines of its own would paint over the console.
        logging_config=None,
    )
