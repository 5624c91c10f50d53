"""Lets simulated phones walk their rounds; run as a program it reads its orders from its input."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from contextlib import suppress
from random import Random

import httpx
import msgspec

from tui.demo.phone import Phone, Refused, Tally
from tui.demo.tickets import Orders

TIMEOUT_S = 20.0


async def run_traffic(orders: Orders) -> Tally:
    """Let the phones send until the count is reached; what they got through, all together."""
    async with httpx.AsyncClient(
        base_url=orders.base_url,
        timeout=TIMEOUT_S,
        trust_env=False,
        limits=httpx.Limits(max_connections=len(orders.tickets) + 4),
    ) as client:
        phones = [
            Phone(client, ticket, Random(orders.seed * 1000 + nth), orders.holes)
            for nth, ticket in enumerate(orders.tickets)
        ]
        left = _Count(orders.count)
        pause = len(phones) / orders.rate
        async with asyncio.TaskGroup() as group:
            for phone in phones:
                group.create_task(_walk_rounds(phone, left, pause))
    return _together(phones)


class _Count:
    """How many forms are still to be sent by anybody."""

    def __init__(self, left: int | None) -> None:
        self._left = left

    def take(self) -> bool:
        """Whether one more is to be sent; then it counts as taken."""
        if self._left is None:
            return True
        self._left -= 1
        return self._left >= 0


async def _walk_rounds(phone: Phone, left: _Count, pause: float) -> None:
    with suppress(Refused):
        await phone.enrol()
    while phone.enrolled and left.take():
        await asyncio.sleep(phone.draw_pause(pause))
        with suppress(Refused):
            await phone.inspect()


def _together(phones: list[Phone]) -> Tally:
    return Tally(
        receipts=[receipt for phone in phones for receipt in phone.tally.receipts],
        pictures={key: sha for phone in phones for key, sha in phone.tally.pictures.items()},
        repeats=sum(phone.tally.repeats for phone in phones),
        refusals=[refusal for phone in phones for refusal in phone.tally.refusals],
    )


def _main() -> None:
    orders = msgspec.json.decode(sys.stdin.buffer.readline(), type=Orders)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    asyncio.run(run_traffic(orders))


def _leave_with_parent() -> None:
    """End this process when its input closes: whoever started it has stopped it, or is gone."""
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    _main()
