"""How answers are declared for the OpenAPI description."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from litestar import Response
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Components, SecurityScheme

KEY: list[dict[str, list[str]]] = [{"device cookie": []}, {"device key": []}]
"""Either way of showing the key that the phone was given."""

COMPONENTS = Components(
    security_schemes={
        "device cookie": SecurityScheme(
            type="apiKey", name="forecourt_device", security_scheme_in="cookie"
        ),
        "device key": SecurityScheme(type="http", scheme="bearer"),
    }
)


def answer(of: Any, description: str, media_type: str = "application/json") -> ResponseSpec:
    """The declaration of an answer in a handler's `responses`."""
    return ResponseSpec(of, description=description, media_type=media_type, generate_examples=False)


T = TypeVar("T")
_encoder = msgspec.json.Encoder()


class QuickAnswer(Response[T]):
    """A small JSON answer without headers of its own, for the path on which it matters."""

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:
        """What sends it: Litestar's own way would build, merge and encode headers first."""
        body = _encoder.encode(self.content)
        length = b"%d" % len(body)
        status = self.status_code

        async def send_it(_: Any, __: Any, send: Any) -> None:
            headers = [(b"content-type", b"application/json"), (b"content-length", length)]
            await send({"type": "http.response.start", "status": status, "headers": headers})
            await send({"type": "http.response.body", "body": body})

        return send_it
