"""The release that a request reads: the current one, or the one its address names."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from odd17.core.kernel import UnknownRelease
from odd17.workflows.releases import Release, current_release, open_release


def release_of(request: HttpRequest) -> Release:
    """The release of this request; 404 where the address names one that is not kept."""
    named = getattr(request, "release_id", None)
    if named is None:
        return current_release()
    try:
        return open_release(named)
    except UnknownRelease as error:
        raise Http404(_("The release {release} is not kept here.").format(release=named)) from error
