"""How answers are declared for the OpenAPI description."""

from __future__ import annotations

from typing import Any

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
