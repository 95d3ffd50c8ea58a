"""The priorities of a territory in words: the place, the reasons of it, and what would change it."""

from __future__ import annotations

from collections.abc import Mapping

from odd17.core.diagnosis.crossing_reading import CrossedDomain, Neighbour, Place, Priority, Why, WhyCode
from odd17.core.diagnosis.turning import OBJECTIVE
from odd17.core.indicators.indicator import Unit

from . import format, wording
from .crossing_words import bounds, ordinal, probability, who
from .language import Translator, translator


def priority_sentence(priority: Priority, language: str) -> str:
    """The place among the domains that have one, and the probability of being among the first three."""
    return translator(language)(
        "Priority {place} of {of} {bounds}; among the first three with a probability of {probability}.",
        place=format.number(priority.place.value, language, decimals=0),
        of=format.number(priority.place.of, language, decimals=0),
        bounds=bounds(priority.place, language),
        probability=probability(priority.p_first, language),
    )


def why_sentence(why: Why, language: str) -> str:
    """A reason of a place, with its numbers.

    >>> why_sentence(Why(WhyCode.BY_FIGURES, {"rank": 2, "of": 13, "tied": 0, "low": 1, "high": 4}), "en")
    '2nd of 13 by its figures [1–4].'
    """
    _ = translator(language)
    facts = _facts(why.params, _)
    match why.code:
        case WhyCode.BY_FIGURES:
            said = _("{rank} of {of} by its figures {bounds}.", **facts)
            return _and_ties(said, why, _)
        case WhyCode.ONE_INDICATOR:
            said = _("{rank} of {of} by its figures, those of a single indicator.", **facts)
            return _and_ties(said, why, _)
        case WhyCode.WITHOUT_FIGURES:
            return _("No score by figures here: placed by what is seen alone.")
        case WhyCode.SEEN_BY:
            return _("{rank} of {of} by {who} {bounds} ({period}, n = {n}).", **facts)
        case WhyCode.SEEN_EARLIER:
            return _("Not counted: what {who} said in an earlier year ({period}).", **facts)
        case WhyCode.NOT_SEEN:
            return _("Nobody asked has a share here: placed by its figures alone.")
        case WhyCode.BLIND_SPOT:
            return _(
                "Blind spot: fragile, and few organisations act ({share}), with a probability of {probability}.",
                **facts,
            )


def turns_sentences(priority: Priority, language: str) -> tuple[str, ...]:
    """What the place turns on: where each side alone would put it, and what would swap it with its neighbours."""
    _ = translator(language)
    alone = [
        _("{rank} by its figures alone", rank=ordinal(place, language))
        if side == OBJECTIVE
        else _("{rank} by {who} alone", rank=ordinal(place, language), who=who(side, language))
        for side, place in sorted(priority.alone.items(), key=lambda item: _order(item[0], priority))
    ]
    found = [wording.sentence_case(_("{places}.", places=wording.enumeration(alone, language)))] if alone else []
    if priority.above is not None:
        found += _swaps(priority.above, _, ahead=True)
    if priority.below is not None:
        found += _swaps(priority.below, _, ahead=False)
    return tuple(found)


def blind_spot_sentence(row: CrossedDomain, language: str) -> str | None:
    """Whether few act where the domain is fragile; None without a study of organisations."""
    spot = row.blind_spot
    if spot is None:
        return None
    _ = translator(language)
    if spot.probability is None:
        return _("Blind spot: cannot tell, for want of a rank by figures or by the share that acts.")
    facts = {"probability": probability(spot.probability, language)}
    if spot.told:
        return _(
            "Blind spot: it is fragile here and few organisations act, with a probability of {probability}.", **facts
        )
    return _("Not told as a blind spot: fragile with few who act has a probability of {probability}.", **facts)


def _swaps(neighbour: Neighbour, _: Translator, *, ahead: bool) -> list[str]:
    domain = wording.node_name(neighbour.domain, _.language)
    found = []
    if neighbour.objective_places is not None:
        facts = {"count": format.number(neighbour.objective_places, _.language, decimals=0), "domain": domain}
        if neighbour.objective_places == 0:
            found.append(_("Level with {domain}.", domain=domain))
        elif ahead:
            found.append(
                _.plural(
                    "It would pass {domain} if its figures stood {count} place nearer to rank 1.",
                    "It would pass {domain} if its figures stood {count} places nearer to rank 1.",
                    neighbour.objective_places,
                    **facts,
                )
            )
        else:
            found.append(
                _.plural(
                    "{domain} would pass it if its figures stood {count} place further from rank 1.",
                    "{domain} would pass it if its figures stood {count} places further from rank 1.",
                    neighbour.objective_places,
                    **facts,
                )
            )
    for actor in neighbour.actors:
        facts = {"who": who(actor, _.language), "domain": domain}
        found.append(
            _("Without what {who} see, it would pass {domain}.", **facts)
            if ahead
            else _("Without what {who} see, {domain} would pass it.", **facts)
        )
    return found


def _and_ties(said: str, why: Why, _: Translator) -> str:
    tied = int(str(why.params.get("tied", 0)))
    if not tied:
        return said
    level = _.plural(
        "{count} other is level with it, so that it stands in their middle.",
        "{count} others are level with it, so that it stands in their middle.",
        tied,
        count=format.number(tied, _.language, decimals=0),
    )
    return f"{said} {level}"


def _order(side: str, priority: Priority) -> tuple[bool, int]:
    sides = [*priority.made_of, *priority.left_out]
    return side != OBJECTIVE, sides.index(side) if side in sides else len(sides)


def _facts(params: Mapping[str, object], _: Translator) -> dict[str, str]:
    found: dict[str, str] = {}
    numbers = {key: int(str(params[key])) for key in ("rank", "low", "high", "of", "n") if params.get(key) is not None}
    for key in ("of", "n"):
        if key in numbers:
            found[key] = format.number(numbers[key], _.language, decimals=0)
    if "rank" in numbers:
        found["rank"] = ordinal(numbers["rank"], _.language)
    if "low" in numbers and "high" in numbers:
        found["bounds"] = bounds(Place(numbers["rank"], numbers["low"], numbers["high"], numbers["of"]), _.language)
    if "actor" in params:
        found["who"] = who(str(params["actor"]), _.language)
    if "period" in params:
        found["period"] = format.period(str(params["period"]), _.language)
    if "share" in params:
        percent = 100 * float(str(params["share"]))
        found["share"] = format.quantity(percent, Unit.PERCENT, _.language, decimals=0)
    if "probability" in params:
        found["probability"] = probability(float(str(params["probability"])), _.language)
    return found
