"""The index of the library follows what is public, and what an editor set to be public at an hour becomes so then."""

from __future__ import annotations

from typing import Final

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from odd17.core.kernel.search import PAGE
from odd17.core.resources.library_query import FoundResources, LibraryQuery
from odd17.web.practices.followed_index import FollowedIndex, Public
from odd17.workflows.search_resources import RESOURCES

from .models import Resource
from .selectors import published_resources, published_versions, resources_numbered
from .version import library_version

INDEX: Final = FollowedIndex(
    RESOURCES, Public(library_version, published_versions, published_resources, resources_numbered)
)


def find_resources(query: LibraryQuery, size: int = PAGE) -> FoundResources:
    """What ``query`` finds in what is public now.

    Raises SearchUnavailable where there is no index and building it takes long: it is then being built beside.
    """
    publish_due()
    return INDEX.find(query, size)


def publish_due() -> None:
    """Publish what is set to be public by now, and withdraw what is set to end: no timer is needed beside the site."""
    now = timezone.now()
    late = Resource.objects.filter(live=True, expire_at__lte=now)
    if late.exists() or Revision.objects.filter(approved_go_live_at__lte=now).exists():
        call_command("publish_scheduled", verbosity=0)
