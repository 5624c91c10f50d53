"""The live event stream: the journal's number whenever it moves."""

from __future__ import annotations

from collections.abc import AsyncIterator

from litestar import get
from litestar.response import Stream

from server.answers import KEY, answer
from server.problems import refused
from server.reception import PhoneRequest


@get(
    "/api/events",
    security=KEY,
    responses={200: answer(str, "The stream", "text/event-stream")} | refused(401, 410, 503),
)
async def stream_events(request: PhoneRequest) -> Stream:
    """Server-sent events: `event: journal`, `data: {"seq": N}`."""
    device, reception = request.device(), request.reception

    def welcome() -> bool:
        return not reception.register.directory.devices[device.id].withdrawn_at

    async def lines() -> AsyncIterator[bytes]:
        reception.visitors.stays(device.id)
        try:
            async for line in reception.news.stream(welcome):
                yield line
        finally:
            reception.visitors.leaves(device.id)

    return Stream(
        lines(),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )
