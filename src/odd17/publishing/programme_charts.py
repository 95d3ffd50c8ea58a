"""The money of a programme drawn: what was asked, promised and paid; or what a source prints, disagreements kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from odd17.core.programmes.portfolio import Figure, Step, Sum, disagreements

from . import format
from .charts.bars import Bar, Bars, bars_svg
from .language import translator
from .programme_words import amount_words, figure_words, printed_names, step_name

_MILLION_EUROS = "EUR_million"


def money_svg(
    rows: Sequence[Sum], called: Callable[[str | int | None], str], language: str, *, narrow: bool = False
) -> str:
    """Three bars a row; each currency has its own scale, since currencies are never compared. ``narrow``: a telephone.

    ``called`` names what a row is about (a year, a pillar). ValueError where there is no row.
    """
    _ = translator(language)
    currencies = sorted({one.currency for one in rows})
    groups = [
        Bars(
            _("{name}, {currency}", name=called(one.key), currency=one.currency),
            tuple(_bar(one, step, language) for step in Step),
            one.currency,
        )
        for one in rows
    ]
    title = _("Asked, promised and paid, in {currency}", currency=", ".join(currencies))
    return bars_svg(title, groups, narrow=narrow)


def printed_svg(figures: Sequence[Figure], language: str, *, narrow: bool = False) -> str | None:
    """The printed totals in euros: values that disagree side by side, then the parts; None where there is none."""
    _ = translator(language)
    euros = [one for one in figures if one.unit == _MILLION_EUROS]
    found = disagreements(euros)
    groups = [
        Bars(
            _("Two values for one thing"),
            tuple(Bar(float(one.value), figure_words(one, language)) for one in told.figures),
        )
        for told in found
        if not told.same_value
    ]
    doubtful = {one.subject for one in found if not one.same_value}
    parts = [one for one in euros if one.subject not in doubtful]
    if parts:
        groups.append(Bars(_("Parts, as printed"), tuple(_part(told, language) for told in _by_subject(parts))))
    if not groups:
        return None
    return bars_svg(_("Totals as printed, in millions of euros, without a year"), groups, narrow=narrow)


def _bar(one: Sum, step: Step, language: str) -> Bar:
    _ = translator(language)
    value, name = one.steps[step], step_name(step, language)
    kind = list(Step).index(step)
    if value is None:
        return Bar(None, _("{step}: not told", step=name), kind)
    amount = format.number(float(value), language, decimals=0 if value == value.to_integral_value() else 2)
    return Bar(float(value), _("{step}: {amount} {currency}", step=name, amount=amount, currency=one.currency), kind)


def _by_subject(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Each subject once: the figures of one value under two names together."""
    found: dict[str, list[Figure]] = {}
    for one in figures:
        found.setdefault(one.subject, []).append(one)
    return list(found.values())


def _part(told: Sequence[Figure], language: str) -> Bar:
    _ = translator(language)
    amount, names = amount_words(told[0], language), printed_names(told, language)
    if len(told) == 1:
        return Bar(float(told[0].value), _("{names}: {amount}", names=names, amount=amount))
    words = _("{names}: {amount}, one value under two names", names=names, amount=amount)
    return Bar(float(told[0].value), words)
