"""Pictures that editors brought, in the size that pages show: each is given out by a practice that shows it.

Whoever may not read the practice does not have its pictures either: a picture has no address of its own but at the
desk, and the files as they were sent have none at all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.images import get_image_model
from wagtail.images.shortcuts import get_rendition_or_not_found

from odd17.web.config.policy import MEDIA

from .models import Practice
from .selectors import readable_by

SIZE: Final = "width-900|format-webp"
"""How pages show a picture."""


def drawn(practice: Practice, picture: Any, *, preview: bool = False) -> dict[str, Any]:
    """What the page of ``practice`` needs of one of its pictures; what is only previewed is at the desk's address."""
    size = get_rendition_or_not_found(picture, SIZE)
    address = size.url if preview else reverse("practice_picture", args=[practice.pk, picture.pk])
    return {"address": address, "width": size.width, "height": size.height, "alt": size.alt}


@require_safe
def practice_picture(request: HttpRequest, number: int, picture: int) -> HttpResponseBase:
    """A picture of a practice that the reader may read, while it shows it; 404 else, as where there is none."""
    practice = get_object_or_404(readable_by(request.user), pk=min(number, 2**62))
    if picture not in _pictures_of(practice):
        raise Http404
    size = get_rendition_or_not_found(get_object_or_404(get_image_model(), pk=picture), SIZE)
    return _given(lambda: FileResponse(size.file.open("rb"), content_type="image/webp"), public=not practice.private)


@require_safe
def desk_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A picture in one of the sizes that the desk shows, for those who have the desk."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    return _given(lambda: serve(request, path, document_root=settings.MEDIA_ROOT / "images"), public=False)


def _pictures_of(practice: Practice) -> set[int | None]:
    blocks = practice.story.raw_data
    return {practice.picture_id, *(block["value"] for block in blocks if block["type"] == "picture")} - {None}


def _given(read: Callable[[], FileResponse], *, public: bool) -> FileResponse:
    try:
        answer = read()
    except FileNotFoundError as error:
        raise Http404 from error
    answer.headers["Content-Security-Policy"] = MEDIA
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    return answer
