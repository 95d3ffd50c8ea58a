"""Everything at one level, as published with the release."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.web.pages.current import release_of

_TYPES = {"csv": "application/gzip", "parquet": "application/vnd.apache.parquet"}


@require_safe
def level_file(request: HttpRequest, level: str, extension: str) -> FileResponse:
    """All the figures of a level: gzipped CSV or Parquet."""
    release = release_of(request)
    path = release.export_path(level, extension) if extension in _TYPES else None
    if path is None:
        raise Http404(_("This release has no such file."))
    name = f"odd17-{release.id}-{level}{path.name.removeprefix(level)}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=_TYPES[extension])
