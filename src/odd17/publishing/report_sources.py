"""The sources of a report: their list, and the mentions that stand beside figures and at the foot of its pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from odd17.core.kernel import Provenance, in_language

from . import format
from .language import Translator

_MOST_AT_FOOT: Final = 2


def source_content(source: Provenance, _: Translator) -> dict[str, str | None]:
    """A source as the list of sources shows it."""
    return {
        "citation": source.citation,
        "title": in_language(source.title, _.language),
        "producer": source.producer,
        "published": None if source.published is None else format.day(source.published, _.language),
        "licence": _("Licence: {licence}", licence=in_language(source.licence, _.language)),
        "url": source.url,
        "note": None if source.note is None else in_language(source.note, _.language),
    }


def mention(sources: Sequence[Provenance], _: Translator) -> str:
    """The full mention of every source: no figure may be taken apart from it."""
    mentions = dict.fromkeys(source.citation for source in sources)
    return _("Source: {mentions}", mentions=" ; ".join(mentions)) if mentions else ""


def footer(sources: Sequence[Provenance], _: Translator) -> str:
    """The mentions at the foot of every page, or where they are when they would fill it."""
    if len({source.citation for source in sources}) <= _MOST_AT_FOOT:
        return mention(sources, _)
    return _("The full mention of each source stands under the figures and in the section “Sources”.")
