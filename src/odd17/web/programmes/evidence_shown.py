"""Evidence as readers see it: named where it is public, never named where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext as _

from odd17.core.programmes.evidence import Evidence, Kind, evidence_of
from odd17.core.programmes.programme import Programme
from odd17.web.alliances.models import Alliance
from odd17.web.alliances.selectors import card_stands
from odd17.web.pages.language import language
from odd17.web.practices.selectors import published
from odd17.workflows.releases import Release

from .selectors import public_programme

Opens = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A piece of evidence: its words, and where they lead (empty: nowhere). ``kind`` is named before it."""

    words: str
    address: str
    kind: str


def evidence_shown(texts: Sequence[str], release: Release, here: Programme | None = None) -> list[EvidenceShown]:
    """Each of ``texts`` in its order: practices, alliances and indicators by their names, as far as they are public.

    ``here`` is the programme that shows them: whoever reads it reads its measures.
    """
    found = [evidence_of(text) for text in texts]
    practices = dict(published().filter(pk__in=_numbers(found, Kind.PRACTICE)).values_list("pk", "title"))
    alliances = _public_alliances(_numbers(found, Kind.ALLIANCE))
    return [_shown(one, release, practices, alliances, here) for one in found]


def opens_for_all(release: Release, here: Programme | None = None, kept: Iterable[str] = ()) -> Opens:
    """Says of an address of this site whether it leads everybody somewhere today; those ``kept`` already pass.

    Of pages that have no kind of their own, only that the site has such an address.
    """
    known = dict.fromkeys(kept, True)

    def opens(address: str) -> bool:
        if address not in known:
            known[address] = bool(evidence_shown([address], release, here)[0].address)
        return known[address]

    return opens


def _shown(
    one: Evidence, release: Release, practices: dict[int, str], alliances: dict[int, str], here: Programme | None
) -> EvidenceShown:
    match one.kind:
        case Kind.PRACTICE:
            title = practices.get(int(one.key))
            return _named(title, one, _("practice"), _("a practice that is not public"))
        case Kind.ALLIANCE:
            title = alliances.get(int(one.key))
            return _named(title, one, _("alliance"), _("an alliance that has no public card"))
        case Kind.INDICATOR:
            known = release.indicators.get(one.key)
            name = None if known is None else known.name.in_language(language())
            return _named(name, one, _("indicator"), _("an indicator that is not shown any more"))
        case Kind.MEASURE:
            return _measure_shown(one, here)
        case Kind.PAGE:
            name = one.address if _is_page(one.address) else None
            return _named(name, one, "", _("a page that is not there any more"))
        case Kind.WEB:
            return EvidenceShown(one.address, one.address, "")
        case Kind.PRIVATE:
            return EvidenceShown(_("a page that its members alone see"), "", "")
        case _:
            return EvidenceShown(one.address, "", "")


def _measure_shown(one: Evidence, here: Programme | None) -> EvidenceShown:
    id, _word, number = one.key.split("/")
    public = None if here is not None and here.id == id else public_programme(id)
    programme = here if public is None else public.programme
    there = programme is not None and (programme.id, int(number)) in {(id, told.number) for told in programme.measures}
    name = _("measure {number}").format(number=number) if there else None
    return _named(name, one, "", _("a measure that is not public"))


def _is_page(address: str) -> bool:
    """Whether the site has a page with this address."""
    path = re.split(r"[?#]", address, maxsplit=1)[0]
    path = path.removeprefix("/en") if path.startswith("/en/") else path
    with translation.override("fr"):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True


def _named(name: str | None, one: Evidence, kind: str, otherwise: str) -> EvidenceShown:
    return EvidenceShown(otherwise, "", "") if name is None else EvidenceShown(name, one.address, kind)


def _numbers(found: Sequence[Evidence], kind: Kind) -> set[int]:
    return {int(one.key) for one in found if one.kind is kind}


def _public_alliances(numbers: set[int]) -> dict[int, str]:
    """The titles of those whose card stands."""
    return {one.pk: one.title for one in Alliance.objects.filter(pk__in=numbers) if card_stands(one)}
