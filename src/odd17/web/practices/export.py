"""The practices found as a file: CSV, workbook or JSON, with the fields that one chooses."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from odd17.core.practices.case import Case
from odd17.core.practices.query import Facet, PracticeQuery
from odd17.publishing.exports import french_csv, strict_csv, xlsx
from odd17.publishing.exports.practices import FIELDS, STANDARD, chosen_fields, practices_table
from odd17.web.downloads.answers import attachment
from odd17.workflows.releases import Release

from .search_page import address_of_query, described
from .search_words import value_name
from .selectors import cases_numbered

FORMATS = (
    ("csv", gettext_lazy("CSV")),
    ("tableur-fr", gettext_lazy("CSV for a French spreadsheet")),
    ("xlsx", gettext_lazy("XLSX")),
    ("json", gettext_lazy("JSON")),
)
MOST = 10_000
"""Practices in a file: more is for the API, page after page."""

_AT_ONCE = 500
_SHEETS = {
    "csv": (strict_csv, "csv", "text/csv; charset=utf-8"),
    "tableur-fr": (french_csv, "csv", "text/csv; charset=utf-8"),
    "xlsx": (xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

__all__ = ["FIELDS", "FORMATS", "STANDARD", "exported"]


def exported(
    query: PracticeQuery,
    format: str,
    asked: Sequence[str],
    release: Release,
    every: Callable[[PracticeQuery, int], tuple[str, ...]],
) -> HttpResponse:
    """The file of what ``query`` finds, of at most ``MOST`` practices; 404 for a format that there is not.

    Raises SearchUnavailable where there is no index.
    """
    if format not in dict(FORMATS):
        raise Http404(_("There is no such format."))
    language = get_language() or "fr"
    fields = chosen_fields(asked)
    cases = list(_cases(every(query, MOST)))
    address = f"{settings.ADDRESS}{address_of_query(query)}"
    name = f"odd17-pratiques-{timezone.localdate().isoformat()}"

    def called(id: str) -> str:
        return value_name(Facet.TERRITORY, id, language, release.cog)

    if format == "json":
        rows = [{field.id: field.read(case, language, called) for field in fields} for case in cases]
        whole = {"address": address, "asked": described(query, release.cog), "count": len(rows), "practices": rows}
        body = json.dumps(whole, ensure_ascii=False, indent=1).encode()
        return attachment(body, f"{name}.json", "application/json")
    table = practices_table(
        cases, fields, language, called, about=described(query, release.cog), address=address, release=release.id
    )
    write, ending, kind = _SHEETS[format]
    return attachment(write(table), f"{name}.{ending}", kind)


def _cases(numbers: Sequence[str]) -> Iterator[Case]:
    """The cases in the order in which they were found."""
    for start in range(0, len(numbers), _AT_ONCE):
        batch = numbers[start : start + _AT_ONCE]
        known = {case.id: case for case in cases_numbered(batch)}
        yield from (known[number] for number in batch if number in known)
