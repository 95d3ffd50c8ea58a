"""Addresses: the same in both languages, English under ``/en/``; an older release's pages under ``/r/<release>/``."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as editing
from wagtail.documents import urls as documents

from odd17.web.api.endpoints import api
from odd17.web.api.reference import reference
from odd17.web.pages.views.favicon import favicon
from odd17.web.pages.views.robots import robots
from odd17.web.pages.views.schemas import schema_file
from odd17.web.practices.pictures import desk_picture

urlpatterns = [
    # Wagtail's own way in asks for no second factor, counts no attempts and lets in addresses that nobody confirmed
    path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("admin/", include(editing)),
    path("documents/", include(documents)),
    path("media/images/<path:path>", desk_picture, name="desk_picture"),
    path("api/v1/", api.urls),
    path("favicon.ico", favicon, name="favicon"),
    path("robots.txt", robots, name="robots"),
    path("schemas/<str:name>/<str:version>/<str:file>", schema_file, name="schema_file"),
    *i18n_patterns(
        path("api/", reference, name="api_reference"),
        path("", include("odd17.web.error_reports.urls")),
        path("", include("odd17.web.downloads.urls")),
        path("comptes/", include("odd17.web.accounts.urls")),
        path("pratiques/", include("odd17.web.contributions.urls")),
        path("pratiques/", include("odd17.web.practices.urls")),
        path("atelier/", include("odd17.web.workshop.urls")),
        path("alliances/", include("odd17.web.alliances.urls")),
        path("alliances/", include("odd17.web.calls.workspace_urls")),
        path("appels/", include("odd17.web.calls.urls")),
        path("catalyseurs/", include("odd17.web.catalysts.urls")),
        path("programmes/", include("odd17.web.programmes.urls")),
        path("auto-diagnostic/", include("odd17.web.self_diagnosis.urls")),
        path("apprendre/", include("odd17.web.learning.urls")),
        path("lettre/", include("odd17.web.newsletter.urls")),
        path("ressources/", include("odd17.web.library.urls")),
        path("", include("odd17.web.resources.urls")),
        path("", include("odd17.web.pages.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "odd17.web.pages.views.failures.bad_request"
handler403 = "odd17.web.pages.views.failures.forbidden"
handler404 = "odd17.web.pages.views.failures.not_found"
handler500 = "odd17.web.pages.views.failures.broken"
