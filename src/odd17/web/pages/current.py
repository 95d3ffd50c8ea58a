"""The release that a request reads: the current one, or the one its address names."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from odd17.core.kernel import ReleaseError, UnknownRelease
from odd17.workflows.releases import Release, current_release, demonstration, open_release


def home_of(request: HttpRequest) -> Path | None:
    """The home of the releases of this request: that of the demonstration inside it, else None, odd17's own."""
    return demonstration() if getattr(request, "demonstration", False) else None


def release_of(request: HttpRequest) -> Release:
    """The release of this request; 404 where the address names one that is not kept, or before the demonstration is."""
    named, home = getattr(request, "release_id", None), home_of(request)
    try:
        return current_release(home) if named is None else open_release(named, home)
    except UnknownRelease as error:
        raise Http404(format_lazy(_("The release {release} is not kept here."), release=named)) from error
    except ReleaseError as error:
        if home is None or (home / "releases" / "CURRENT").is_file():
            raise
        raise Http404(_("The demonstration is not ready yet. Come back in a few minutes.")) from error
