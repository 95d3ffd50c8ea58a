"""The Table Schemas of what odd17 reads and writes, at lasting addresses."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.publishing.table_schemas import FILES, published_file, published_schemas

from ..page_cache import page_of_release

_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class SchemaLine:
    """A schema: its name, title and description (in French, as published), versions, and files of the newest."""

    name: str
    title: str
    description: str
    version: str
    versions: tuple[str, ...]
    fields: tuple[dict[str, Any], ...]
    files: tuple[tuple[str, str], ...]


@page_of_release
def schemas(request: HttpRequest) -> HttpResponse:
    """Every schema, with its columns."""
    lines = [_line(request, name, versions) for name, versions in published_schemas().items()]
    return render(request, "odd17/schemas.html", {"schemas": lines})


@require_safe
def schema_file(request: HttpRequest, name: str, version: str, file: str) -> HttpResponse:
    """A file of a version of a schema; other sites may read it, as validators do."""
    try:
        body = published_file(name, version, file, address=_address(request, name, version))
    except KeyError:
        raise Http404(_("There is no such schema, version or file.")) from None
    allowed = {"Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=3600"}
    return HttpResponse(body, content_type=_TYPES[file.rpartition(".")[2]], headers=allowed)


def _address(request: HttpRequest, name: str, version: str) -> str:
    path = reverse("schema_file", args=[name, version, FILES[0]])
    return request.build_absolute_uri(path).removesuffix(f"/{FILES[0]}")


def _line(request: HttpRequest, name: str, versions: tuple[str, ...]) -> SchemaLine:
    version = versions[-1]
    content = json.loads(published_file(name, version, FILES[0], address=_address(request, name, version)))
    files = tuple((file, reverse("schema_file", args=[name, version, file])) for file in FILES)
    return SchemaLine(
        name, content["title"], content["description"], version, versions, tuple(content["fields"]), files
    )
