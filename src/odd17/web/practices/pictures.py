"""Pictures that editors brought, in the sizes that pages show; the files as they were sent are not public."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe
from django.views.static import serve

from odd17.web.config.policy import MEDIA


@require_safe
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """One drawn size of a picture; its name changes with its content, so that browsers may keep it."""
    answer: FileResponse = serve(request, path, document_root=settings.MEDIA_ROOT / "images")
    answer.headers["Content-Security-Policy"] = MEDIA
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer
