"""The content security policy: nothing is loaded from another host, and nothing runs that is written in a page.

The editors' own pages, under ``/admin/``, need scripts and styles written in them; they alone have a policy of theirs.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = "; ".join(
    (
        "default-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
)

EDITING = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",  # the preview beside the form
        "object-src 'none'",
    )
)

MEDIA = "default-src 'none'; frame-ancestors 'none'; sandbox"


class ContentSecurityPolicy:
    """Set the policy on every answer, static files and errors included."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        editing = request.path_info.startswith("/admin/")
        response.headers.setdefault("Content-Security-Policy", EDITING if editing else POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if editing:
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        return response
