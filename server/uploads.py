"""Pictures and videos come in by tus 1.0 (core, creation, creation-with-upload), resumable.

An upload has the id of the evidence it brings, so creating it again finds the same one. All its
state is the length of its file in `incoming/`: nothing is lost by a crash, and a complete file
whose arrival was not journalled any more is finished by the next request about it.
"""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated

from litestar import MediaType, Response, head, patch, post, route
from litestar.enums import HttpMethod
from litestar.params import FromPath, HeaderParameter

from domain.submission import VIDEO_BYTES
from server.answers import KEY
from server.problems import TUS, refused
from server.reception import PhoneRequest
from server.refusals import WrongContentType
from server.refused_uploads import LengthDiffers, WrongProtocol, WrongUploadHeader

PIECE = "application/offset+octet-stream"
SPEAKS = {
    "Tus-Resumable": TUS,
    "Tus-Version": TUS,
    "Tus-Extension": "creation,creation-with-upload",
    "Tus-Max-Size": str(VIDEO_BYTES),
}


@route(
    ["/api/uploads", "/api/uploads/{upload:str}"],
    http_method=[HttpMethod.OPTIONS],
    status_code=204,
    include_in_schema=False,
)
async def show_protocol() -> Response[None]:
    """What is spoken here."""
    return Response(None, media_type=MediaType.TEXT, status_code=204, headers=SPEAKS)


@post(
    "/api/uploads",
    security=KEY,
    request_max_body_size=None,
    responses=refused(400, 401, 403, 404, 410, 412, 413, 415, 422, 423, 460, 503, 507),
)
async def create_upload(
    request: PhoneRequest,
    protocol: Annotated[str, HeaderParameter(name="Tus-Resumable", required=False)] = "",
    length: Annotated[str, HeaderParameter(name="Upload-Length", required=False)] = "",
    metadata: Annotated[str, HeaderParameter(name="Upload-Metadata", required=False)] = "",
) -> Response[None]:
    """Begin the upload of an announced file, or find the one that was begun.

    A body of the type of a piece is its first one: a picture needs one request. What is here
    already is not taken again; `Upload-Offset` says where to go on.
    """
    _speaks_tus(protocol)
    device, uploads = request.device(), request.reception.uploads
    size = _number(length, "Upload-Length")
    upload = await uploads.find(device, _evidence(metadata))
    if size != upload.announced.size:
        raise LengthDiffers(upload.announced.size)
    with_piece = request.headers.get("content-type", "").lower() == PIECE
    async with upload.held():
        here = await uploads.offset(upload)
        uploads.make_room(upload)
        if with_piece and here == 0:
            here = await uploads.receive(upload, 0, request.stream())
    place = {"Location": f"/api/uploads/{upload.announced.id}"}
    return _at(here, 201, place)


@head(
    "/api/uploads/{upload:str}",
    security=KEY,
    responses=refused(401, 403, 404, 410, 412, 460, 503, 507),
)
async def show_offset(
    request: PhoneRequest,
    upload: FromPath[str],
    protocol: Annotated[str, HeaderParameter(name="Tus-Resumable", required=False)] = "",
) -> Response[None]:
    """How much of a file is here."""
    _speaks_tus(protocol)
    uploads = request.reception.uploads
    found = await uploads.find(request.device(), upload)
    async with found.held():
        offset = await uploads.offset(found)
    return _at(offset, 200, {"Upload-Length": str(found.announced.size)})


@patch(
    "/api/uploads/{upload:str}",
    status_code=204,
    security=KEY,
    request_max_body_size=None,
    responses=refused(400, 401, 403, 404, 409, 410, 412, 413, 415, 423, 460, 503, 507),
)
async def receive_piece(
    request: PhoneRequest,
    upload: FromPath[str],
    protocol: Annotated[str, HeaderParameter(name="Tus-Resumable", required=False)] = "",
    offset: Annotated[str, HeaderParameter(name="Upload-Offset", required=False)] = "",
) -> Response[None]:
    """The next piece of a file; the answer comes when it is on disk."""
    return await _receive(request, upload, protocol, offset)


@post("/api/uploads/{upload:str}", include_in_schema=False, request_max_body_size=None)
async def receive_piece_by_post(
    request: PhoneRequest,
    upload: FromPath[str],
    method: Annotated[str, HeaderParameter(name="X-HTTP-Method-Override")],
    protocol: Annotated[str, HeaderParameter(name="Tus-Resumable", required=False)] = "",
    offset: Annotated[str, HeaderParameter(name="Upload-Offset", required=False)] = "",
) -> Response[None]:
    """PATCH for networks that let only GET and POST through (tus 1.0, X-HTTP-Method-Override)."""
    if method.upper() != "PATCH":
        raise WrongUploadHeader("X-HTTP-Method-Override")
    return await _receive(request, upload, protocol, offset)


async def _receive(
    request: PhoneRequest, evidence: str, protocol: str, offset: str
) -> Response[None]:
    _speaks_tus(protocol)
    device, uploads = request.device(), request.reception.uploads
    if request.headers.get("content-type", "").lower() != PIECE:
        raise WrongContentType(PIECE)
    begins = _number(offset, "Upload-Offset")
    upload = await uploads.find(device, evidence)
    async with upload.held():
        reached = await uploads.receive(upload, begins, request.stream())
    return _at(reached, 204)


def _at(offset: int, status: int, more: dict[str, str] | None = None) -> Response[None]:
    headers = {"Tus-Resumable": TUS, "Upload-Offset": str(offset), "Cache-Control": "no-store"}
    return Response(
        None, media_type=MediaType.TEXT, status_code=status, headers=headers | (more or {})
    )


def _speaks_tus(protocol: str) -> None:
    if protocol != TUS:
        raise WrongProtocol


def _number(text: str, header: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise WrongUploadHeader(header)
    return int(text)


def _evidence(metadata: str) -> str:
    """The id of the evidence in an `Upload-Metadata` header."""
    for pair in metadata.split(","):
        name, _, value = pair.strip().partition(" ")
        if name == "evidence":
            try:
                return b64decode(value, validate=True).decode()
            except ValueError:  # no base64, or no text in it
                break
    raise WrongUploadHeader("Upload-Metadata")
