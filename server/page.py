"""The phone page under every printed address, and a small page that says what this is."""

from __future__ import annotations

import gzip
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from litestar import Response, get
from litestar.params import FromPath

from server.pages.assemble import assemble_page
from server.reception import PhoneRequest

FRESH = "private, max-age=86400, stale-if-error=2592000"
"""A phone at a pump reloads without network for a day; a new version reaches it after that."""

START = """<!doctype html>
<html lang="zh"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Forecourt</title></head><body>
<h1>加油站检查考评 Forecourt</h1>
<p>请用手机扫描点位上的二维码开始检查；新手机请先<a href="/enrol">绑定</a>。</p>
<p lang="en">Scan a printed code to begin; a new phone is <a href="/enrol">enrolled</a> first.</p>
</body></html>
"""


class Page(NamedTuple):
    """The page as it is sent, plain and packed."""

    plain: bytes
    packed: bytes
    tag: str


@cache
def phone_page() -> Page:
    """The page, made once."""
    plain = assemble_page()
    return Page(plain, gzip.compress(plain, mtime=0), f'"{sha256(plain).hexdigest()[:20]}"')


@get(["/s/{token:str}", "/p/{token:str}"], include_in_schema=False)
async def show_scanned(request: PhoneRequest, token: FromPath[str]) -> Response[bytes]:
    """The page; it asks for the code's meaning itself, so that it also opens without network."""
    del token
    return _page(request)


@get("/enrol", include_in_schema=False)
async def show_enrol(request: PhoneRequest) -> Response[bytes]:
    """The page, opened at the enrolment."""
    return _page(request)


@get("/", include_in_schema=False)
async def show_start() -> Response[bytes]:
    """What this is."""
    return Response(
        START.encode(),
        media_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"},
    )


def _page(request: PhoneRequest) -> Response[bytes]:
    page = phone_page()
    # The page itself says which script and style may run; only a header can forbid frames.
    headers = {
        "Cache-Control": FRESH,
        "ETag": page.tag,
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": "frame-ancestors 'none'; object-src 'none'",
    }
    if request.headers.get("if-none-match") == page.tag:
        return Response(b"", status_code=304, headers=headers)
    packed = "gzip" in request.headers.get("accept-encoding", "")
    if packed:
        headers["Content-Encoding"] = "gzip"
    content = page.packed if packed else page.plain
    return Response(content, media_type="text/html", headers=headers)
