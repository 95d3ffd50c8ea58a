"""``/r/<release>/…``: any page, with the figures of that release.

The prefix is taken off the path and made the script prefix, so that every link made on the page stays in the release.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

_PREFIX = re.compile(r"^/r/(?P<release>[A-Za-z0-9-]{1,64})(?P<rest>/.*)$")


class OlderReleases:
    """Set ``request.release_id``: the release named by the address, or None for the current one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        match = _PREFIX.match(request.path_info)
        request.release_id = match["release"] if match else None
        if match is None:
            return self.get_response(request)
        outer = get_script_prefix()
        request.path_info = match["rest"]
        set_script_prefix(f"{outer}r/{match['release']}/")
        try:
            return self.get_response(request)
        finally:
            set_script_prefix(outer)
