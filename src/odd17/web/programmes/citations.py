"""Which public programmes cite a practice, an alliance's card or an indicator: evidence is linked both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Max, Sum

from odd17.core.kernel import Text
from odd17.core.programmes.evidence import Kind, evidence_of
from odd17.workflows.programmes import Followed

from .models import Programme, ProgrammeReview
from .selectors import public_programmes

Version = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A programme that cites something: as evidence of ``measures``, or as an effect of its ``money``."""

    programme: str
    title: Text | str
    measures: tuple[int, ...]
    money: bool


def citations_of(kind: Kind, key: str) -> tuple[Citation, ...]:
    """The public programmes that cite what is so, in their order."""
    return _citations(citations_version()).get((kind, key), ())


def citations_version() -> Version:
    """Another one whenever what public programmes cite may be another."""
    kept = Programme.objects.exclude(published=None).aggregate(Count("pk"), Sum("version"), Max("pk"))
    said = ProgrammeReview.objects.exclude(published=None).aggregate(Count("pk"), Max("pk"))
    return (*kept.values(), *said.values())


@lru_cache(maxsize=1)
def _citations(_version: Version) -> Mapping[tuple[Kind, str], tuple[Citation, ...]]:
    found: dict[tuple[Kind, str], list[Citation]] = {}
    for one in public_programmes():
        for cited, (measures, money) in _cited(one).items():
            citation = Citation(one.programme.id, one.programme.title, tuple(sorted(measures)), money)
            found.setdefault(cited, []).append(citation)
    return {cited: tuple(those) for cited, those in found.items()}


def _cited(one: Followed) -> Mapping[tuple[Kind, str], tuple[set[int], bool]]:
    """What a programme cites, with the measures that it is evidence of, and whether money had it as an effect."""
    told = [(measure.number, text) for measure in one.programme.measures for text in measure.evidence]
    told += [
        (number, text) for review in one.reviews for number, mark in review.marks.items() for text in mark.evidence
    ]
    found: dict[tuple[Kind, str], tuple[set[int], bool]] = {}
    for number, text in told:
        cited = evidence_of(text)
        found.setdefault((cited.kind, cited.key), (set(), False))[0].add(number)
    for text in (text for amount in one.amounts for text in amount.effects):
        cited = evidence_of(text)
        found[cited.kind, cited.key] = (found.get((cited.kind, cited.key), (set(), False))[0], True)
    return found
