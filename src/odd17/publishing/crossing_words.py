"""The crossing in words: quadrants, gaps, priorities with their reasons, and why something cannot be said."""

from __future__ import annotations

from typing import Final

from odd17.core.diagnosis.crossing_reading import ActorGap, ActorView, CrossedDomain, Place, Shift
from odd17.core.diagnosis.crossing_tables import Quadrant
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Estimate, ObsStatus, Reason, ReasonCode, actors
from odd17.core.perceptions.tables import Measure

from . import format, reason_words, wording
from .language import Translator, language_of, msgid, translator

_QUADRANTS: Final[dict[Quadrant, tuple[str, str]]] = {
    Quadrant.SHARED_PRIORITY: (msgid("shared priority"), msgid("fragile by its figures, and seen so")),
    Quadrant.UNDER_THE_RADAR: (msgid("under the radar"), msgid("fragile by its figures, not seen so")),
    Quadrant.WORRY: (msgid("worry"), msgid("seen as fragile, which its figures do not say")),
    Quadrant.ASSET: (msgid("asset"), msgid("neither fragile by its figures nor seen so")),
    Quadrant.CANNOT_TELL: (msgid("cannot tell"), msgid("no quadrant is likely enough (70%) to be told")),
}
_WHO: Final[dict[str, str]] = {
    "citizens": msgid("citizens"),
    "elected_officials": msgid("local elected officials"),
    "companies": msgid("companies"),
    "associations": msgid("associations"),
}
_MEASURES: Final[dict[Measure, str]] = {
    Measure.FRAGILE: msgid("judge this domain fragile"),
    Measure.LIVED: msgid("live this fragility themselves"),
    Measure.PRIORITY: msgid("make it a priority"),
    Measure.TRUST: msgid("trust"),
    Measure.READY: msgid("are ready to ally"),
    Measure.ACTS: msgid("act in this domain"),
    Measure.INTENDS: msgid("intend to act in it"),
    Measure.PARTNER: msgid("act with this kind of partner"),
    Measure.PARTNERSHIP: msgid("have this kind of partnership"),
    Measure.LEVER_FIRST: msgid("put this lever first"),
    Measure.LEVER_WORTH: msgid("worth of this lever"),
    Measure.OWN: msgid("a question of the study’s own"),
}
_SHORT: Final[dict[ReasonCode, str]] = {
    ReasonCode.TOO_FEW_RESPONDENTS: msgid("too few respondents"),
    ReasonCode.TOO_FEW_PEERS: msgid("too few territories to be ranked"),
    ReasonCode.NO_INTERVAL: msgid("uncertainty unknown"),
    ReasonCode.ASKED_IN_DIFFERENT_YEARS: msgid("asked in different years"),
}


def actor_name(actor: str, language: str) -> str:
    """The name of an actor.

    >>> actor_name("elected_officials", "fr")
    'Élus locaux'
    """
    return next(known.name for known in actors() if known.id == actor).in_language(language_of(language))


def who(actor: str, language: str) -> str:
    """An actor inside a sentence.

    >>> who("citizens", "fr")
    'les citoyens'
    """
    return translator(language)(_WHO[actor])


def measure_name(measure: Measure, language: str) -> str:
    """What a share is the share of, as the end of "the share who"."""
    return translator(language)(_MEASURES[measure])


def quadrant_name(quadrant: Quadrant, language: str) -> str:
    """The name of a quadrant.

    >>> quadrant_name(Quadrant.UNDER_THE_RADAR, "fr")
    'sous le radar'
    """
    return translator(language)(_QUADRANTS[quadrant][0])


def quadrant_meaning(quadrant: Quadrant, language: str) -> str:
    """What a quadrant says of a domain."""
    return translator(language)(_QUADRANTS[quadrant][1])


def ordinal(number: int, language: str) -> str:
    """A place as an ordinal.

    >>> ordinal(1, "fr"), ordinal(9, "fr"), ordinal(2, "en"), ordinal(11, "en"), ordinal(23, "en")
    ('1er', '9e', '2nd', '11th', '23rd')
    """
    if language_of(language) == "fr":
        return "1er" if number == 1 else f"{format.number(number, language, decimals=0)}e"
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if number % 100 in (11, 12, 13) else ends.get(number % 10, "th")
    return f"{format.number(number, language, decimals=0)}{end}"


def bounds(place: Place, language: str) -> str:
    """The places that hold nine draws in ten, in brackets.

    >>> bounds(Place(2, 1, 4, 13), "fr")
    '[1–4]'
    """
    low, high = (format.number(value, language, decimals=0) for value in (place.low, place.high))
    return f"[{low}–{high}]"


def probability(value: float, language: str) -> str:
    """A probability in whole percents, never a certainty: it comes from a thousand draws.

    >>> probability(0.824, "en"), probability(1.0, "en"), probability(0.0, "en")
    ('82%', 'more than 99%', 'less than 1%')
    """
    _ = translator(language)
    if value > 0.99:
        return _("more than {share}", share=format.quantity(99, Unit.PERCENT, language, decimals=0))
    if value < 0.01:
        return _("less than {share}", share=format.quantity(1, Unit.PERCENT, language, decimals=0))
    return format.quantity(100 * value, Unit.PERCENT, language, decimals=0)


def share(view: ActorView, language: str) -> str:
    """A share in percents, or the word for why there is none: too few respondents, or no answer.

    >>> share(ActorView("citizens", "s", "2019-10", Estimate(None, obs_status=ObsStatus.SUPPRESSED)), "fr")
    'effectif insuffisant'
    """
    return share_of(view.share, language)


def share_of(shown: Estimate, language: str) -> str:
    """Any share of respondents in percents, or the word for why there is none.

    >>> share_of(Estimate(0.414), "en"), share_of(Estimate(None, obs_status=ObsStatus.MISSING), "en")
    ('41%', 'not available')
    """
    if shown.value is None:
        if shown.obs_status is ObsStatus.SUPPRESSED:
            return translator(language)(_SHORT[ReasonCode.TOO_FEW_RESPONDENTS])
        return format.estimate(shown, Unit.PERCENT, language)
    return format.quantity(100 * shown.value, Unit.PERCENT, language, decimals=0)


def short_reason(reason: Reason | None, language: str) -> str:
    """Why there is no rank or no gap, in a cell of a table.

    >>> short_reason(Reason(ReasonCode.TOO_FEW_RESPONDENTS), "fr"), short_reason(None, "fr")
    ('effectif insuffisant', 'non disponible')
    """
    _ = translator(language)
    return _("not available") if reason is None or reason.code not in _SHORT else _(_SHORT[reason.code])


def reason_sentence(reason: Reason, language: str) -> str:
    """Why there is no rank, no gap or no quadrant, as a sentence."""
    if reason.code is ReasonCode.TOO_FEW_PEERS and "count" in reason.params:
        count = int(str(reason.params["count"]))
        return translator(language).plural(
            "Not ranked: only {count} territory has a share, too few to be compared.",
            "Not ranked: only {count} territories have a share, too few to be compared.",
            count,
            count=format.number(count, language, decimals=0),
        )
    return reason_words.sentence(reason, language)


def places_apart(shift: Shift, language: str) -> str:
    """A gap in places with its sign and its interval.

    >>> places_apart(Shift(7, 3, 10), "en")
    '+7 (90%: +3 to +10)'
    """
    value, low, high = (_signed(number, language) for number in (shift.value, shift.low, shift.high))
    return translator(language)("{value} (90%: {low} to {high})", value=value, low=low, high=high)


def gap_words(shift: Shift, language: str) -> str:
    """How what is seen parts from the figures.

    >>> gap_words(Shift(7, 3, 10), "en")
    'perceived as more fragile by 7 places (90%: +3 to +10)'
    >>> gap_words(Shift(-1, -4, 2), "en")
    'perceived as less fragile by 1 place (90%: −4 to +2), a gap that cannot be told from none'
    """
    _ = translator(language)
    low, high = _signed(shift.low, language), _signed(shift.high, language)
    facts = {"count": format.number(abs(shift.value), language, decimals=0), "low": low, "high": high}
    if shift.value == 0:
        return _("perceived where its figures put it (90%: {low} to {high})", **facts)
    if shift.value > 0:
        said = _.plural(
            "perceived as more fragile by {count} place (90%: {low} to {high})",
            "perceived as more fragile by {count} places (90%: {low} to {high})",
            shift.value,
            **facts,
        )
    else:
        said = _.plural(
            "perceived as less fragile by {count} place (90%: {low} to {high})",
            "perceived as less fragile by {count} places (90%: {low} to {high})",
            -shift.value,
            **facts,
        )
    return _("{gap}, a gap that cannot be told from none", gap=said) if shift.low <= 0 <= shift.high else said


def view_sentence(row: CrossedDomain, view: ActorView, language: str) -> str:
    """A domain by its figures and by an actor, in one sentence with every number it stands on."""
    _ = translator(language)
    facts = {"domain": row.domain.name.in_language(language_of(language)), "who": who(view.actor, language)}
    facts |= {"period": format.period(view.period, language)}
    if view.rank is None:
        reason = view.reason or Reason(ReasonCode.NO_STUDY)
        return _("{domain}, by {who} ({period}). {reason}", **facts, reason=reason_sentence(reason, language))
    facts |= {
        "n": format.number(view.share.n or 0, language, decimals=0),
        "rank": ordinal(view.rank.value, language),
        "bounds": bounds(view.rank, language),
        "of": format.number(view.rank.of, language, decimals=0),
    }
    if view.objective is None or view.gap is None:
        return _("{domain}: {rank} of {of} by {who} {bounds} ({period}, n = {n}); no rank by its figures.", **facts)
    is_alone = row.score.rank is not None and row.score.rank.alone
    return _(
        "{domain}: {objective} of {of} by its figures {objective_bounds}, {rank} by {who} {bounds} "
        "({period}, n = {n}): {gap}.",
        **facts,
        objective=ordinal(view.objective.value, language),
        objective_bounds=_("(one indicator)") if is_alone else bounds(view.objective, language),
        gap=gap_words(view.gap, language),
    )


def quadrant_sentence(view: ActorView, language: str) -> str | None:
    """The quadrant with its probability, or that it cannot be told; None where there is none."""
    if view.quadrant is None:
        return None
    _ = translator(language)
    likeliest = max(view.probabilities, key=lambda quadrant: view.probabilities[quadrant])
    facts = {
        "name": quadrant_name(likeliest, language),
        "probability": probability(view.probabilities[likeliest], language),
    }
    if view.quadrant is Quadrant.CANNOT_TELL:
        return _("Cannot tell: the likeliest, {name}, has a probability of {probability}.", **facts)
    return _(
        "{quadrant} ({meaning}), with a probability of {probability}.",
        quadrant=wording.sentence_case(facts["name"]),
        meaning=quadrant_meaning(likeliest, language),
        probability=facts["probability"],
    )


def quadrant_in_short(view: ActorView, language: str) -> str | None:
    """The quadrant in a cell with its probability; the likeliest where none can be told, None where there is none."""
    if view.quadrant is None or not view.probabilities:
        return None
    best = max(view.probabilities, key=lambda quadrant: view.probabilities[quadrant])
    told, chance = quadrant_name(view.quadrant, language), probability(view.probabilities[best], language)
    _ = translator(language)
    if view.quadrant is best:
        return _("{name} ({probability})", name=told, probability=chance)
    likeliest = _("{name}: {value}", name=quadrant_name(best, language), value=chance)
    return _("{name} ({probability})", name=told, probability=likeliest)


def actor_gap_sentence(gap: ActorGap, language: str) -> str:
    """How two actors part, or why they are not compared."""
    _ = translator(language)
    facts = {"one": wording.sentence_case(who(gap.actor, language)), "other": who(gap.other, language)}
    if gap.gap is None:
        reason = gap.reason or Reason(ReasonCode.NO_STUDY)
        return _("{one} and {other}. {reason}", **facts, reason=reason_sentence(reason, language))
    if gap.gap.value == 0:
        return _("{one} and {other} put it at the same rank {gap}.", **facts, gap=_interval(gap.gap, _))
    count = abs(gap.gap.value)
    facts |= {"count": format.number(count, language, decimals=0), "gap": _interval(gap.gap, _)}
    if gap.gap.value > 0:
        return _.plural(
            "{one} see it as more fragile than {other} do, by {count} place {gap}.",
            "{one} see it as more fragile than {other} do, by {count} places {gap}.",
            count,
            **facts,
        )
    return _.plural(
        "{one} see it as less fragile than {other} do, by {count} place {gap}.",
        "{one} see it as less fragile than {other} do, by {count} places {gap}.",
        count,
        **facts,
    )


def _interval(shift: Shift, _: Translator) -> str:
    low, high = _signed(shift.low, _.language), _signed(shift.high, _.language)
    return _("(90%: {low} to {high})", low=low, high=high)


def _signed(number: int, language: str) -> str:
    text = format.number(number, language, decimals=0)
    return f"+{text}" if number > 0 else text
