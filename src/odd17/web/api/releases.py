"""``/api/v1/releases``: the releases, the one that answers, and how its scores were computed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import gettext_noop
from ninja import Router
from ninja.decorators import decorate_view

from odd17.core.diagnosis.peers import PEER_SETS
from odd17.core.kernel import Message, Text, UsageError
from odd17.core.territories.levels import Level
from odd17.web.pages.current import home_of, release_of
from odd17.web.pages.data_page import inputs_of
from odd17.web.pages.demonstration import PREFIX
from odd17.web.pages.page_cache import page_of_release
from odd17.workflows.releases import Release, current_release, list_releases

from .answers import Language, Payload, answers
from .release_schemas import ReleaseDetailOut, ReleaseOut

router = Router()


@router.get(
    "/releases",
    operation_id="odd17_web_api_endpoints_releases",
    response=answers(list[ReleaseOut]),
    summary=gettext_noop("The releases"),
    tags=["releases"],
)
@decorate_view(page_of_release)
def releases(request: HttpRequest) -> list[Payload]:
    """Every release that is kept, the newest build first."""
    return [_release(request, item) for item in list_releases(home_of(request))]


@router.get(
    "/release",
    operation_id="odd17_web_api_endpoints_release",
    response=answers(ReleaseDetailOut),
    summary=gettext_noop("The release that answers"),
    tags=["releases"],
)
@decorate_view(page_of_release)
def release(request: HttpRequest, lang: Language = "fr") -> Payload:
    """Inputs with checksums, versions, counts and files of the release read (under ``/r/<release>/``: of that one)."""
    read = release_of(request)
    files = [
        {"level": level, "format": kind, "address": f"{get_script_prefix()}fichiers/{level.value}.{kind}"}
        for level in Level
        for kind in ("csv", "parquet")
        if read.export_path(level.value, kind) is not None
    ]
    manifest = read.manifest
    return {
        **_release(request, read),
        "frame": manifest["frame"],
        "inputs": [
            {key: value.in_language(lang) if isinstance(value, Text) else value for key, value in item.items()}
            for item in inputs_of(read)
        ],
        "versions": manifest["versions"],
        "files": files,
    }


@router.get(
    "/method/{peer_set}",
    operation_id="odd17_web_api_endpoints_method",
    response=answers(dict[str, Any]),
    summary=gettext_noop("The method log of a peer set"),
    tags=["releases"],
)
@decorate_view(page_of_release)
def method(request: HttpRequest, peer_set: str) -> Payload:
    """What entered the scores, in which period, with which steps: enough to compute them again."""
    if peer_set not in PEER_SETS:
        raise UsageError(
            Message(
                "{peer_set!r} is not a peer set: choose one of {peer_sets}.",
                peer_set=peer_set[:80],
                peer_sets=list(PEER_SETS),
            )
        )
    return release_of(request).method_log(peer_set)


def _release(request: HttpRequest, read: Release) -> Payload:
    manifest = read.manifest
    inside = f"/{PREFIX}" if home_of(request) is not None else ""
    return {
        "id": read.id,
        "created": manifest["created"],
        "current": read.id == current_release(home_of(request)).id,
        "prefix": f"{inside}/r/{read.id}",
        "counts": manifest["counts"],
        "digest": manifest["digest"],
    }
