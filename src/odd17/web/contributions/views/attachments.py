"""Files that people attached: public with their practice, until then for their author and for moderators."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from odd17.web.config.policy import MEDIA
from odd17.web.practices.selectors import readable_by

from ..models import Attachment
from ..selectors import mine


@require_safe
def attachment(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """One file; 404 for those who may not have it, as for one that does not exist."""
    found = get_object_or_404(Attachment.objects.select_related("practice"), pk=number, name=name)
    read = readable_by(request.user).filter(pk=found.practice_id).first() if found.shown else None
    public = read is not None and not read.private
    if read is None and not _may_see(request, found):
        raise Http404
    answer = FileResponse(
        found.file.open("rb"), content_type=found.kind, as_attachment=not found.is_picture, filename=found.name
    )
    answer.headers["Content-Security-Policy"] = MEDIA
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return answer


def _may_see(request: HttpRequest, found: Attachment) -> bool:
    if request.user.has_perm("practices.change_practice"):
        return found.practice is not None
    return mine(request).filter(pk=found.contribution_id or 0).exists()
