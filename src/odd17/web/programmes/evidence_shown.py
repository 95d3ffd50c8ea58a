"""Evidence as readers see it: named where it is public, never named where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from odd17.core.programmes.evidence import Evidence, Kind, evidence_of
from odd17.web.alliances.models import Alliance
from odd17.web.pages.language import language
from odd17.web.practices.selectors import published
from odd17.workflows.releases import Release


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """A piece of evidence: its words, and where they lead (empty: nowhere). ``kind`` is named before it."""

    words: str
    address: str
    kind: str


def evidence_shown(texts: Sequence[str], release: Release) -> list[EvidenceShown]:
    """Each of ``texts`` in its order: practices, alliances and indicators by their names, as far as they are public."""
    found = [evidence_of(text) for text in texts]
    practices = dict(published().filter(pk__in=_numbers(found, Kind.PRACTICE)).values_list("pk", "title"))
    alliances = _public_alliances(_numbers(found, Kind.ALLIANCE))
    return [_shown(one, release, practices, alliances) for one in found]


def _shown(one: Evidence, release: Release, practices: dict[int, str], alliances: dict[int, str]) -> EvidenceShown:
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
            return EvidenceShown(_("measure {number}").format(number=one.key.rpartition("/")[2]), one.address, "")
        case Kind.PAGE | Kind.WEB:
            return EvidenceShown(one.address, one.address, "")
        case Kind.PRIVATE:
            return EvidenceShown(_("a page that its members alone see"), "", "")
        case _:
            return EvidenceShown(one.address, "", "")


def _named(name: str | None, one: Evidence, kind: str, otherwise: str) -> EvidenceShown:
    return EvidenceShown(otherwise, "", "") if name is None else EvidenceShown(name, one.address, kind)


def _numbers(found: Sequence[Evidence], kind: Kind) -> set[int]:
    return {int(one.key) for one in found if one.kind is kind}


def _public_alliances(numbers: set[int]) -> dict[int, str]:
    """The titles of those whose card every partner who is there agrees to."""
    kept = Alliance.objects.filter(pk__in=numbers).prefetch_related("partners")
    return {
        one.pk: one.title
        for one in kept
        if (here := [partner for partner in one.partners.all() if partner.left is None])
        and all(partner.agrees for partner in here)
    }
