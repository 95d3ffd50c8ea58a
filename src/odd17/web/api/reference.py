"""The API's contract: as OpenAPI text, and as a page for people."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from odd17.web.library.selectors import published as published_resources
from odd17.web.library.version import library_version
from odd17.web.pages.page_cache import page_of_release
from odd17.web.practices.following import pages_version
from odd17.web.practices.selectors import published as published_practices

from .endpoints import api

PREFIX = "/api/v1/"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: its name, and the values or the kind of value that it takes."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """An address that answers; ``example`` is one of its addresses, to try: empty where nothing answers there yet."""

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    example: str


_EXAMPLES = {
    "identifier": {"territories": "REG-53", "indicators": "unemployment_rate", "programmes": "odd17-2020"},
    "domain": {"domains": "emploi"},
    "peer_set": {"method": "REG-metropolitan"},
}
_QUERIES = {"territories": "?q=rennes", "compare": "?t=REG-53&t=REG-52"}


def _version() -> tuple[object, ...]:
    return (*pages_version(), library_version())


def openapi_text() -> str:
    """The OpenAPI document as it is kept in ``docs/reference/openapi.json``."""
    return json.dumps(api.get_openapi_schema(path_prefix=PREFIX), indent=2, ensure_ascii=False) + "\n"


@page_of_release(also=_version)
def reference(request: HttpRequest) -> HttpResponse:
    """The page for people."""
    return render(request, "api/reference.html", {"operations": operations(), "prefix": PREFIX})


def operations() -> tuple[Operation, ...]:
    """Every address of the API, from its own contract."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return tuple(
        Operation(
            path,
            _(operation["summary"]),
            tuple(_parameter(item) for item in operation.get("parameters", ())),
            _example(path),
        )
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    )


def _parameter(item: dict) -> Parameter:
    shape = item["schema"]
    options = [shape, *shape.get("anyOf", ())]
    values = next((option["enum"] for option in options if "enum" in option), None)
    kinds = [option["type"] for option in options if option.get("type") not in (None, "null")]
    return Parameter(item["name"], " | ".join(values) if values else " ".join(kinds), item.get("required", False))


def _example(path: str) -> str:
    first = path.removeprefix(PREFIX).split("/")[0]
    filled = path
    if "{number}" in path:
        public = published_resources() if first == "resources" else published_practices()
        number = public.order_by("pk").values_list("pk", flat=True).first()
        return "" if number is None else path.replace("{number}", str(number))
    for name, by_room in _EXAMPLES.items():
        if f"{{{name}}}" in filled:
            if first not in by_room:
                return ""
            filled = filled.replace(f"{{{name}}}", by_room[first])
    return filled + (_QUERIES.get(first, "") if filled == path else "")
