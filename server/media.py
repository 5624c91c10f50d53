"""Pictures and videos go out: to those who see the station, and never as anything else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from domain.organisation import Device
from domain.register.announced import Announced, media_named
from domain.register.pictures import media_type_of, small_copy
from domain.register.register import Register
from server.answers import KEY, answer
from server.problems import refused
from server.reception import PhoneRequest
from server.refusals import NoPreview, NotHere
from server.shapes import is_digest

CHUNK = 256 * 1024
FOR_EVER = "private, max-age=31536000, immutable"
"""Content under its own digest never changes."""
GUARDED = {
    "Cache-Control": FOR_EVER,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@get(
    "/media/{sha256:str}",
    security=KEY,
    responses={200: answer(bytes, "The file", "application/octet-stream")}
    | refused(401, 404, 410, 503),
)
async def send_file(request: PhoneRequest, sha256: FromPath[str]) -> Response[bytes] | Stream:
    """A picture or video as it was taken; one range of it where one is asked for."""
    known = await _visible(request, sha256)
    path = request.reception.register.media.path(known.sha256)
    size, media_type = await asyncio.to_thread(_facts, path)
    first, last = _range(request.headers.get("range", ""), size)
    headers = GUARDED | {
        "Accept-Ranges": "bytes",
        "Content-Length": str(last - first + 1),
        "Content-Disposition": f'inline; filename="{known.sha256[:16]}{_ending(media_type)}"',
    }
    partly = (first, last) != (0, size - 1)
    if partly:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return Stream(
        _bytes(path, first, last),
        status_code=206 if partly else 200,
        media_type=media_type,
        headers=headers,
    )


@get(
    "/media/{sha256:str}/thumb",
    security=KEY,
    responses={200: answer(bytes, "A JPEG of 640 pixels at most", "image/jpeg")}
    | refused(401, 404, 410, 503),
)
async def send_thumb(request: PhoneRequest, sha256: FromPath[str]) -> Response[bytes]:
    """A small picture of a picture; made at the first request and kept."""
    known = await _visible(request, sha256)
    reception = request.reception
    async with reception.shrinking:
        thumb = await asyncio.to_thread(small_copy, reception.register.media, known.sha256)
    if thumb is None:
        raise NoPreview
    content = await asyncio.to_thread(thumb.read_bytes)
    return Response(content, media_type="image/jpeg", headers=GUARDED)


async def _visible(request: PhoneRequest, sha256: str) -> Announced:
    """What was announced with this content, if it is here and the asker may see it."""
    device, register = request.device(), request.reception.register
    if not is_digest(sha256):
        raise NotHere
    return await asyncio.to_thread(_announced, register, device, sha256)


def _announced(register: Register, device: Device, sha256: str) -> Announced:
    sight = register.directory.sight(device.person)
    with register.read() as connection:
        for known in media_named(connection, sha256):
            if known.arrived_at and sight.sees(known.station) and register.media.has(sha256):
                return known
    raise NotHere


def _facts(path: Path) -> tuple[int, str]:
    """Size and true type of a file."""
    with path.open("rb") as file:
        media_type = media_type_of(file.read(64))
    return path.stat().st_size, media_type or "application/octet-stream"


def _range(asked: str, size: int) -> tuple[int, int]:
    """First and last byte of a single range; of the whole file where none fits (RFC 9110)."""
    found = re.fullmatch(r"bytes=([0-9]{0,15})-([0-9]{0,15})", asked)
    if not found or not any(found.groups()):
        return 0, size - 1
    begins, ends = found.groups()
    if begins:
        first, last = int(begins), min(int(ends or size), size - 1)
    else:
        first, last = max(0, size - int(ends)), size - 1
    return (first, last) if first <= last else (0, size - 1)


async def _bytes(path: Path, first: int, last: int) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        file.seek(first)
        while first <= last:
            chunk = await asyncio.to_thread(file.read, min(CHUNK, last - first + 1))
            if not chunk:
                return
            first += len(chunk)
            yield chunk


def _ending(media_type: str) -> str:
    return "." + media_type.partition("/")[2].replace("quicktime", "mov").replace("jpeg", "jpg")
