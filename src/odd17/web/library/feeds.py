"""RSS and Atom: what the library published last, all of it or what a search finds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from odd17.core.kernel.search import SearchUnavailable
from odd17.core.resources.library_query import LibraryQuery, library_query_from, library_query_to
from odd17.publishing.writable import writable

from .following import INDEX
from .models import Resource
from .resource_page import kind_of
from .search_page import address_of_query, described
from .selectors import published

_LAST = 50
_MOST_FOUND = 2_000
_FORMATS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


class Published(Feed):
    """The last fifty resources published that ``query`` finds, under the whole addresses of this site."""

    def __init__(self, query: LibraryQuery, format: str) -> None:
        self.query, self.format = query, format
        self.feed_type = _FORMATS[format]
        self.language = get_language() or "fr"

    def get_feed(self, obj: object, request: HttpRequest) -> Any:
        """Whole addresses come from settings, not from who asks."""
        feed = super().get_feed(obj, request)
        feed.feed["feed_url"] = settings.ADDRESS + address_of_query(self.query, "library_feed", self.format)
        return feed

    def title(self) -> str:
        """What is followed."""
        return writable(_("odd17, library: %(asked)s") % {"asked": described(self.query)})

    def description(self) -> str:
        """In a sentence."""
        return _("The resources last published.")

    def link(self) -> str:
        """The page that lists them."""
        return settings.ADDRESS + address_of_query(self.query)

    def items(self) -> Iterable[Resource]:
        """The last published first."""
        found = published().select_related("locale")
        if library_query_to(self.query):
            found = found.filter(pk__in=[int(number) for number in INDEX.every(self.query, _MOST_FOUND)])
        return found.order_by("-first_published_at", "-pk")[:_LAST]

    def item_title(self, item: Resource) -> str:
        """Its title."""
        return writable(item.title)

    def item_description(self, item: Resource) -> str:
        """Its summary, as text."""
        return writable(item.summary)

    def item_link(self, item: Resource) -> str:
        """Its page."""
        return settings.ADDRESS + item.get_absolute_url()

    def item_guid(self, item: Resource) -> str:
        """A number that outlasts titles."""
        return f"{settings.ADDRESS}/ressources/{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Resource) -> datetime | None:
        """When it became public here."""
        return item.first_published_at

    def item_updateddate(self, item: Resource) -> datetime | None:
        """When what is public of it last changed."""
        return item.last_published_at

    def item_author_name(self, item: Resource) -> str | None:
        """Its producer, where known."""
        return writable(item.producer) or None

    def item_categories(self, item: Resource) -> list[str]:
        """Its kind."""
        kind = kind_of(item)
        return [] if kind is None else [kind.name.in_language(self.language)]


@require_safe
def library_feed(request: HttpRequest, format: str) -> HttpResponse:
    """The feed of what the address asks for."""
    if format not in _FORMATS:
        raise Http404
    query = library_query_from(dict(request.GET.lists()))
    try:
        answer = Published(LibraryQuery(query.text, query.filters, language=query.language), format)(request)
    except SearchUnavailable:
        answer = HttpResponse(status=503)
        answer.headers["Retry-After"] = "30"
        return answer
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer
