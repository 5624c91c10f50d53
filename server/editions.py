"""Check lists as the phone shows them."""

from __future__ import annotations

from functools import cache

import msgspec
from litestar import Response, get
from litestar.params import FromQuery

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


@cache
def _encoded(edition: Edition) -> bytes:
    return msgspec.json.encode(edition)
