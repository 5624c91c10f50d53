"""Which phones are connected, for the console's footer."""

from __future__ import annotations

import time
from collections import Counter

CONNECTED_S = 60.0
"""A phone counts as connected for this long after its last request."""


class Visitors:
    """Phones with an open event stream or a request of late."""

    def __init__(self) -> None:
        self._last: dict[str, float] = {}
        self._streams: Counter[str] = Counter()

    def seen(self, device: str) -> None:
        """Note a request."""
        self._last[device] = time.monotonic()

    def stays(self, device: str) -> None:
        """Note an opened event stream."""
        self._streams[device] += 1

    def leaves(self, device: str) -> None:
        """Note a closed event stream."""
        self._streams[device] -= 1

    def count(self) -> int:
        """How many phones are connected; may be asked on any thread."""
        since = time.monotonic() - CONNECTED_S
        lately = {device for device, at in self._last.copy().items() if at > since}
        staying = {device for device, streams in self._streams.copy().items() if streams > 0}
        return len(lately | staying)
