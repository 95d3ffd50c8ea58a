"""Pages kept by release: a page depends on its address, its language, its release and the code, and on nothing else.

(Pages that list practices also depend on the version of the base of practices.) The ETag names all of those, so that a
browser that has the page gets a 304 before anything is computed. The bytes are kept compressed, once, and sent as they
are to browsers that take gzip.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import cache, partial, wraps
from importlib.metadata import version
from pathlib import Path

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from odd17.workflows.releases import current_release

from .current import home_of, release_of

View = Callable[..., HttpResponse]

_CODE = Path(__file__).resolve().parents[2]
_SUFFIXES = {".py", ".html", ".css", ".js", ".svg", ".mo", ".yaml"}
_LONGEST_KEPT = 2_000_000


def page_of_release(view: View | None = None, *, also: Callable[[], object] | None = None) -> View:
    """Answer GET and HEAD with ``view``'s page, from the cache where it is kept, 304 where the browser has it.

    Only successful pages are kept. ``view`` must not depend on cookies or on the visitor; where it depends on more than
    the release, ``also`` tells the version of that.
    """
    if view is None:
        return partial(page_of_release, also=also)

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        key = _key(request, also)
        etag = f'W/"{key}"'
        if etag in parse_etags(request.META.get("HTTP_IF_NONE_MATCH", "")):
            return _dressed(HttpResponseNotModified(), etag)
        kept = caches["pages"].get(key)
        if kept is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming or len(response.content) > _LONGEST_KEPT:
                return response
            kept = (response.headers["Content-Type"], gzip.compress(response.content, 5, mtime=0))
            caches["pages"].set(key, kept)
        content_type, packed = kept
        if "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", ""):
            response = HttpResponse(packed, content_type=content_type, headers={"Content-Encoding": "gzip"})
        else:
            response = HttpResponse(gzip.decompress(packed), content_type=content_type)
        return _dressed(response, etag)

    return answer


@cache
def code_version() -> str:
    """A fingerprint of the code, templates and translations that draw pages: a change of any makes new ETags."""
    digest = hashlib.sha256(version("django").encode())
    for path in sorted(
        path for path in _CODE.rglob("*") if path.suffix in _SUFFIXES and "__pycache__" not in path.parts
    ):
        digest.update(path.relative_to(_CODE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _key(request: HttpRequest, also: Callable[[], object] | None) -> str:
    parts = (
        code_version(),
        "" if also is None else str(also()),
        release_of(request).id,
        current_release(home_of(request)).id,  # an older release's page says so once a newer one is current
        get_language() or "",
        request.scheme,
        request.get_host(),  # citation addresses are whole
        request.get_full_path(),
    )
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _dressed(response: HttpResponse, etag: str) -> HttpResponse:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "no-cache"  # keep, but ask each time: the current release may have changed
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
