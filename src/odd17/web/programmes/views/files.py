"""Files to fill in, and the measures of a programme as the file that they come in from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from odd17.web.downloads.answers import attachment
from odd17.web.downloads.tables import asked_format
from odd17.web.pages.language import language
from odd17.workflows.programme_files import blank_amounts_file, blank_measures_file, measures_as_file

from ..selectors import programme_for

_BLANK = {"mesures": blank_measures_file, "montants": blank_amounts_file}


@require_safe
def blank(request: HttpRequest, what: str, format: str) -> HttpResponse:
    """A file with its columns headed and no row: measures, or amounts."""
    if what not in _BLANK:
        raise Http404(_("There is no such file."))
    chosen = asked_format(format)
    body = _BLANK[what](chosen, language())
    return attachment(body, f"odd17-{what}.{chosen.extension}", chosen.media_type)


@never_cache
@require_safe
def measures_file(request: HttpRequest, id: str, format: str) -> HttpResponse:
    """The measures of a programme, headed as they are read: changed, they come in again."""
    found, chosen = programme_for(request, id), asked_format(format)
    body = measures_as_file(found.programme, chosen, language())
    return attachment(body, f"odd17-{id}-mesures.{chosen.extension}", chosen.media_type)
