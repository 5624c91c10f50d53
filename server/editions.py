"""Check lists as the phone shows them."""

from __future__ import annotations

import asyncio
from functools import cache

import msgspec
from litestar import Response, get
from litestar.params import FromQuery

from domain.initials import known_initials
from domain.register.initials_aside import learn_initials
from domain.rulebook import Edition
from server.answers import KEY
from server.problems import refused
from server.reception import PhoneRequest

FOR_EVER = "private, max-age=31536000, immutable"
"""An edition that was used is never edited, so what was fetched once stays right."""


@get("/api/editions", security=KEY, responses=refused(400, 401, 410, 422))
async def show_edition(
    request: PhoneRequest, rulebook: FromQuery[str], edition: FromQuery[str]
) -> Response[Edition]:
    """One edition, with the keys of its YAML file."""
    request.device()
    asked = request.reception.register.rulebooks.edition(rulebook, edition)
    return Response(
        _encoded(asked),  # type: ignore[arg-type]
        media_type="application/json",
        headers={"Cache-Control": FOR_EVER},
    )


@get("/api/editions/initials", security=KEY, responses=refused(400, 401, 410, 422))
async def show_initials(
    request: PhoneRequest, rulebook: FromQuery[str], edition: FromQuery[str]
) -> Response[dict[str, str]]:
    """Pinyin initials of every criterion's text, by id: phones have no dictionary to search by."""
    request.device()
    asked = request.reception.register.rulebooks.edition(rulebook, edition)
    told = await asyncio.to_thread(_initials, asked)
    return Response(told, headers={"Cache-Control": FOR_EVER})


@cache
def _initials(edition: Edition) -> dict[str, str]:
    learn_initials(edition)
    texts = {one: [at.criterion.text.zh] for one, at in edition.placed.items()}
    for one, at in edition.placed.items():
        texts[one] += [clause.text.zh for clause in at.criterion.clauses]
    return {one: " ".join(known_initials(text) for text in those) for one, those in texts.items()}


@cache
def _encoded(edition: Edition) -> bytes:
    return msgspec.json.encode(edition)
