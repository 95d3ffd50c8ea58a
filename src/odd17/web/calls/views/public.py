"""The open calls: the list by territory, domain and kind, its feed, and the page of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.core.kernel import domains, partner_kinds
from odd17.publishing.call_document import Called, call_document
from odd17.publishing.writable import writable
from odd17.web.alliances.territory_field import territory_named, territory_typed
from odd17.web.downloads.answers import attachment
from odd17.web.pages.current import release_of
from odd17.web.pages.language import language
from odd17.workflows.documents import DocumentFormat, make_document

from ..calls_page import call_page
from ..models import Call
from ..selectors import calls_found, open_calls

_ON_A_PAGE = 20


@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The list; ``territoire``, ``domaine`` and ``acteur`` (slugs) narrow it."""
    cog = release_of(request).cog
    named = request.GET.get("territoire", "").strip()[:200]
    domain = next((one for one in domains() if one.slug == request.GET.get("domaine")), None)
    kind = next((one for one in partner_kinds() if one.slug == request.GET.get("acteur")), None)
    territory, problem = None, ""
    if named:
        try:
            territory = territory_named(cog, named)
        except ValidationError as error:
            problem = error.messages[0]
    found = calls_found(
        cog,
        territory=territory.id if territory else "",
        domain=domain.id if domain else "",
        kind=kind.id if kind else "",
    )
    page = Paginator(found, _ON_A_PAGE).get_page(request.GET.get("page"))
    asked = {name: value for name in ("territoire", "domaine", "acteur") if (value := request.GET.get(name, "")[:200])}
    context = {
        "pages": page,
        "calls": [call_page(one, cog) for one in page],
        "domains": domains(),
        "domain": domain,
        "kinds": partner_kinds(),
        "kind": kind,
        "named": territory_typed(cog, territory.id) if territory else named,
        "territory": territory,
        "problem": problem,
        "kept": f"{urlencode(asked)}&" if asked else "",
    }
    return render(request, "calls/list.html", context, status=422 if problem else 200)


@never_cache
@require_safe
def call(request: HttpRequest, number: int) -> HttpResponse:
    """What an alliance seeks; once closed, the page says so, and takes no answer."""
    found = get_object_or_404(Call, pk=number)
    return render(request, "calls/call.html", {"view": call_page(found, release_of(request).cog)})


@never_cache
@require_safe
def call_file(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """The call as a document, to pin up or to send."""
    found = get_object_or_404(Call, pk=number)
    view = call_page(found, release_of(request).cog)
    facts = [(_("Domains"), ", ".join(view.domains)), (_("Kinds of partner sought"), ", ".join(view.kinds))]
    if view.territory is not None:
        facts.insert(0, (_("Territory"), view.place))
    told = Called(
        found.title,
        found.need,
        found.signed,
        found.until,
        found.is_open,
        settings.ADDRESS + found.get_absolute_url(),
        tuple((name, value or _("all are welcome")) for name, value in facts),
    )
    kind = DocumentFormat(format)
    name = f"odd17-appel-{found.pk}.{kind.value}"
    return attachment(make_document(call_document(told, language()), kind, found.published), name, kind.media_type)


class CallsFeed(Feed):
    """The open calls as an Atom feed, the newest first."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """Of the feed."""
        return _("odd17: calls for partners")

    def link(self) -> str:
        """Where the list is."""
        return reverse("calls")

    def items(self) -> list[Call]:
        """The fifty newest that are open."""
        return list(open_calls().order_by("-published")[:50])

    def item_title(self, item: Call) -> str:
        """What it is called."""
        return writable(item.title)

    def item_description(self, item: Call) -> str:
        """What is needed, until when."""
        return writable(item.need)

    def item_pubdate(self, item: Call) -> object:
        """When it was published."""
        return item.published

    def item_updateddate(self, item: Call) -> object:
        """A call is not changed."""
        return item.published

    def item_author_name(self, item: Call) -> str:
        """Who calls."""
        return writable(item.signed)
