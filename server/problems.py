"""Every refusal and every failure as problem details (RFC 9457), in the reader's language."""

from __future__ import annotations

import logging
import re
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec

from domain.refusals import Refusal
from domain.register.trouble import refusal_of
from domain.text import Lang, Text
from server.refusals import (
    Fault,
    Malformed,
    NoSuchPage,
    NotThatWay,
    TooLarge,
    TooMany,
    WrongContentType,
    WrongShape,
)

log = logging.getLogger(__name__)
AnyRequest = Request[Any, Any, State]
TUS = "1.0.0"
PROBLEM = "application/problem+json"
RETRY_AFTER_S = "5"
"""When to ask again where something is only away for a while."""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why something was declined and what to do; `field` is the JSON path of what is wrong."""

    type: str
    title: str
    detail: str
    status: int
    field: str | None = None


def refused(*statuses: int) -> dict[int, ResponseSpec]:
    """The declaration of refusals for a handler's `responses`."""
    return {
        status: ResponseSpec(
            Problem,
            description="Refused: the reason, and what to do",
            media_type=PROBLEM,
            generate_examples=False,
        )
        for status in statuses
    }


def show_refusal(request: AnyRequest, refusal: Refusal) -> Response[Problem]:
    """A refusal as an answer."""
    lang = language(request)
    headers = headers_of(refusal, lang)
    if request.scope["path"].startswith("/api/uploads"):
        headers |= {"Tus-Resumable": TUS, "Tus-Version": TUS}
    return Response(
        problem_of(refusal, lang),
        status_code=refusal.status,
        media_type=PROBLEM,
        headers=headers,
    )


def problem_of(refusal: Refusal, lang: Lang) -> Problem:
    """A refusal in the reader's language."""
    return Problem(
        type=refusal.code,
        title=refusal.reason.in_(lang),
        detail=refusal.remedy.in_(lang),
        status=refusal.status,
        field=refusal.field,
    )


def headers_of(refusal: Refusal, lang: Lang) -> dict[str, str]:
    """What an answer that refuses says in its head."""
    headers = {"Content-Language": lang, "Cache-Control": "no-store"}
    if isinstance(refusal, TooMany):
        headers["Retry-After"] = str(refusal.retry_after)
    elif refusal.status == 503:
        headers["Retry-After"] = RETRY_AFTER_S
    return headers


def show_http_error(request: AnyRequest, error: HTTPException) -> Response[Problem]:
    """What the framework declined, in our words."""
    return show_refusal(request, _in_our_words(request, error))


def show_fault(request: AnyRequest, error: Exception) -> Response[Problem]:
    """A database in trouble, or a mistake of ours: to the log with all of it."""
    log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return show_refusal(request, refusal_of(error) or Fault())


def _in_our_words(request: AnyRequest, error: HTTPException) -> Refusal:
    if isinstance(error, ValidationException):
        return _wrong_parameter(error)
    match error.status_code:
        case 400:
            return Malformed()
        case 404:
            return NoSuchPage()
        case 405:
            return NotThatWay()
        case 413:
            return TooLarge()
        case 415:
            return WrongContentType("application/json")
    log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return Fault()


def _wrong_parameter(error: ValidationException) -> Refusal:
    """A parameter of the address or a header that is missing or of another kind."""
    slips = error.extra if isinstance(error.extra, list) else []
    named = str(slips[0].get("key", "$")) if slips else _missing(error.detail)
    if named == "data":
        return Malformed()
    return WrongShape(
        Text(
            zh=f"参数“{named:.80}”缺失或不正确。",
            en=f'Parameter "{named:.80}" is missing or wrong.',
        ),
        named,
    )


def _missing(said: str) -> str:
    """The parameter that the framework says is missing; it names it in its sentence only."""
    found = re.match(r"Missing required \w+ parameter '([^']*)'", said)
    return found[1] if found else "$"


def language(request: AnyRequest) -> Lang:
    """The reader's language: `?lang`, else the cookie, else what the browser prefers, else zh."""
    for wish in (request.query_params.get("lang"), request.cookies.get("lang")):
        if wish in ("zh", "en"):
            return "zh" if wish == "zh" else "en"
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> Lang:
    """The first of our languages in an Accept-Language header, by weight and then order."""
    weighed = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, weight = part.strip().lower().partition(";q=")
        try:
            weighed.append((-float(weight or 1), place, tag[:2]))
        except ValueError:
            continue
    return next(
        ("en" if tag == "en" else "zh" for _, _, tag in sorted(weighed) if tag in ("zh", "en")),
        "zh",
    )
