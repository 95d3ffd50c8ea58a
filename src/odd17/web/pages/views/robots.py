"""robots.txt: everything current may be read; older releases keep answering but are not for search engines."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

_TEXT = """User-agent: *
Disallow: /r/
Disallow: /demonstration/
Disallow: /admin/
Disallow: /recherche/
Disallow: /en/recherche/
Disallow: /signaler-une-erreur/
Disallow: /en/signaler-une-erreur/
Disallow: /pratiques/proposer/
Disallow: /en/pratiques/proposer/
Disallow: /pratiques/contact/
Disallow: /en/pratiques/contact/
Disallow: /auto-diagnostic/reponses/
Disallow: /en/auto-diagnostic/reponses/
Disallow: /auto-diagnostic/groupes/
Disallow: /en/auto-diagnostic/groupes/
Disallow: /ressources/demandes/
Disallow: /en/ressources/demandes/
Disallow: /alliances/
Disallow: /en/alliances/
Disallow: /appels/reponses/
Disallow: /en/appels/reponses/
Disallow: /catalyseurs/mon-entree/
Disallow: /en/catalyseurs/mon-entree/
Disallow: /catalyseurs/moderation/
Disallow: /en/catalyseurs/moderation/
Disallow: /atelier/
Disallow: /en/atelier/
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Text for search engines."""
    return HttpResponse(_TEXT, content_type="text/plain; charset=utf-8")
