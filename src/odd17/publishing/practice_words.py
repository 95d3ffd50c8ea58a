"""What the rules say of practices, in words: why a case fits, what was widened, what is missing, what two share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

from odd17.core.kernel import alliance_types, domains, families, partner_kinds, proofs, stages
from odd17.core.practices.completeness import Piece
from odd17.core.practices.duplicates import Shared
from odd17.core.practices.matching import Part, Why
from odd17.core.practices.need import Likeness, Widening
from odd17.core.practices.words import as_written

from . import format
from .language import Translator, msgid, translator

_PIECES: Final = {
    Piece.SUMMARY: msgid("the summary"),
    Piece.NEED: msgid("the need"),
    Piece.ALLIANCE: msgid("how the alliance was made"),
    Piece.STEPS: msgid("the steps"),
    Piece.RESULTS: msgid("the results"),
    Piece.LEARNT: msgid("what was learnt"),
    Piece.PARTNERS: msgid("the partners, two at least"),
    Piece.DOMAINS: msgid("the domains"),
    Piece.GOALS: msgid("the sustainable development goals"),
    Piece.TERRITORIES: msgid("the territories"),
    Piece.SCALE: msgid("the scale of action"),
    Piece.TYPE: msgid("the type of alliance"),
    Piece.STAGE: msgid("the stage on the innovation path"),
    Piece.DATES: msgid("the dates"),
    Piece.MEANS: msgid("the means"),
    Piece.PROOF: msgid("what changed, with its kind of proof"),
    Piece.SOURCES: msgid("the sources"),
}
_SHARED: Final = {
    Shared.TITLE: msgid("the words of their titles"),
    Shared.PARTNERS: msgid("their partners"),
    Shared.PLACE: msgid("their territories"),
    Shared.TEXT: msgid("the words of their texts"),
}


def piece_name(piece: Piece, language: str) -> str:
    """What a case lacks, as it stands in a list.

    >>> piece_name(Piece.NEED, "en")
    'the need'
    """
    return translator(language)(_PIECES[piece])


def shared_name(shared: Shared, language: str) -> str:
    """What two cases have in common, as it stands in a list."""
    return translator(language)(_SHARED[shared])


def widening_sentence(widened: Widening, language: str) -> str:
    """What was widened, in one sentence."""
    _ = translator(language)
    match widened:
        case Widening.DIMENSION:
            return _("Too few practices tell of this domain: those of the same dimension are shown too.")
        case Widening.EVERY_DOMAIN:
            return _("Too few practices tell of this domain or of its dimension: those of every domain are shown.")


def why_sentence(why: Why, language: str, *, called: Callable[[str], str], asked: str = "") -> str:
    """One reason for which a case fits; ``called`` gives the name of a territory, ``asked`` is the need in words.

    >>> why_sentence(Why(Part.DOMAIN, 1.0, 0.3, {"domains": ("education",)}), "en", called=str)
    'Same domain: Education'
    """
    _, facts = translator(language), why.facts
    match why.part:
        case Part.DOMAIN if facts.get("domains"):
            return _("Same domain: {names}", names=_names(domains(), facts["domains"], language))
        case Part.DOMAIN:
            return _("Same dimension: {names}", names=_names(domains(), facts["near"], language))
        case Part.TERRITORY:
            return _place(_, str(facts["how"]), called(str(facts["territory"])))
        case Part.WORDS:
            return _("Words in common: {words}", words=_listed(as_written(asked, _words(facts))))
        case Part.PARTNERS:
            return _("Same kind of actor: {names}", names=_names(partner_kinds(), facts["kinds"], language))
        case Part.TYPE if why.fit == 1:
            return _("Same type of alliance: {name}", name=_names(alliance_types(), [facts["type"]], language))
        case Part.TYPE:
            family = next(item.family for item in alliance_types() if item.id == facts["type"])
            return _("Same family of alliances: {name}", name=_names(families(), [family], language))
        case Part.STAGE:
            return _("Same stage: {name}", name=_names(stages(), [facts["stage"]], language))
        case Part.PROOF:
            return _("Proof: {name}", name=_names(proofs(), [facts["proof"]], language))
        case Part.FRESHNESS:
            return _("Published or checked on {day}", day=_day(facts["day"], language))


def _place(_: Translator, how: str, name: str) -> str:
    match how:
        case Likeness.SAME:
            return _("Here: {name}", name=name)
        case Likeness.WITHIN:
            return _("Around here: {name}", name=name)
        case Likeness.TWIN:
            return _("In a twin territory: {name}", name=name)
        case _:
            return _("In a territory of the same kind: {name}", name=name)


def _words(facts: Mapping[str, object]) -> tuple[str, ...]:
    found = facts["words"]
    return found if isinstance(found, tuple) else ()


def _names(words: Iterable[Any], ids: Any, language: str) -> str:
    named = {word.id: word.name.in_language(language) for word in words}
    return _listed(named[id] for id in ids)


def _listed(items: Any) -> str:
    return ", ".join(map(str, items))


def _day(day: object, language: str) -> str:
    return format.day(day, language) if isinstance(day, date) else ""
