"""Whether the receiver is well: for the console, for scripts, for a watchdog."""

from __future__ import annotations

import shutil
from importlib.metadata import PackageNotFoundError, version

import msgspec
from litestar import get

from server.reception import PhoneRequest


def _version() -> str:
    try:
        return version("forecourt")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"


VERSION = _version()


class Health(msgspec.Struct, frozen=True):
    """State of the receiver.

    Attributes:
        writer_queue: Calls that wait for the writer.
        disk_free: Free bytes where the data folder lies.
    """

    status: str
    version: str
    journal_seq: int
    writer_queue: int
    disk_free: int


@get("/healthz")
async def show_health(request: PhoneRequest) -> Health:
    """State of the receiver; needs no key."""
    register = request.reception.register
    return Health(
        status="ok",
        version=VERSION,
        journal_seq=register.journal_seq,
        writer_queue=register.waiting,
        disk_free=shutil.disk_usage(register.folder).free,
    )
