"""Numbers, ranks, periods and absences as French and English readers write them: the only place that does.

Page, report, chart and spreadsheet for people all call these functions, so that a figure reads the same everywhere.
"""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from odd17.core.diagnosis.reading import ProfileItem, Rank
from odd17.core.indicators.indicator import Unit
from odd17.core.kernel import Absence, Estimate, Period

from .language import Translator, msgid, translator

NARROW_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"

_SEPARATORS: Final = {"fr": (NARROW_SPACE, ","), "en": (",", ".")}

_UNITS: Final[dict[str, str]] = {
    Unit.PERCENT: msgid("{number}%"),
    Unit.PER_100: msgid("{number} per 100"),
    Unit.PER_1000: msgid("{number} per 1,000"),
    Unit.PER_100000: msgid("{number} per 100,000"),
    Unit.COUNT: msgid("{number}"),
    Unit.TONNES_PER_INHABITANT: msgid("{number} t per inhabitant"),
    Unit.EUROS: msgid("€{number}"),
    Unit.EUROS_PER_M2: msgid("€{number} per m²"),
    Unit.VISITS_PER_INHABITANT: msgid("{number} visits a year per inhabitant"),
    Unit.MWH_PER_INHABITANT: msgid("{number} MWh per inhabitant"),
    Unit.INDEX: msgid("{number}"),
    Unit.RATIO: msgid("{number}"),
    Unit.UNSPECIFIED: msgid("{number}"),
    "km2": msgid("{number} km²"),
    "per_km2": msgid("{number} inhab./km²"),
}
_UNIT_LABELS: Final[dict[str, str]] = {
    Unit.PERCENT: msgid("%"),
    Unit.PER_100: msgid("per 100"),
    Unit.PER_1000: msgid("per 1,000"),
    Unit.PER_100000: msgid("per 100,000"),
    Unit.COUNT: msgid("number"),
    Unit.TONNES_PER_INHABITANT: msgid("tonnes per inhabitant"),
    Unit.EUROS: msgid("euros"),
    Unit.EUROS_PER_M2: msgid("euros per m²"),
    Unit.VISITS_PER_INHABITANT: msgid("visits a year per inhabitant"),
    Unit.MWH_PER_INHABITANT: msgid("MWh per inhabitant"),
    Unit.INDEX: msgid("index"),
    Unit.RATIO: msgid("ratio"),
    Unit.UNSPECIFIED: msgid("unit not stated by the source"),
    "km2": msgid("km²"),
    "per_km2": msgid("inhabitants per km²"),
}
_ABSENCES: Final = {
    Absence.NOT_AVAILABLE: msgid("not available"),
    Absence.NOT_APPLICABLE: msgid("not applicable"),
    Absence.SUPPRESSED: msgid("statistical confidentiality"),
}
_MONTHS: Final = (
    msgid("January"),
    msgid("February"),
    msgid("March"),
    msgid("April"),
    msgid("May"),
    msgid("June"),
    msgid("July"),
    msgid("August"),
    msgid("September"),
    msgid("October"),
    msgid("November"),
    msgid("December"),
)


def number(value: float, language: str, *, decimals: int = 1) -> str:
    """``value`` rounded half up to ``decimals`` places, with the language's separators; an exact zero is ``0``.

    A value that rounds to zero keeps its decimals, and so is told from a true zero. Raises ValueError for a value
    that is not finite.

    >>> number(1234.5, "en"), number(0.0, "fr"), number(0.04, "fr")
    ('1,234.5', '0', '0,0')
    >>> number(1234567.25, "fr") == "1\\u202f234\\u202f567,3"
    True
    """
    exact = Decimal(repr(float(value)))
    if not exact.is_finite():
        raise ValueError(f"{value!r} is not a finite number")
    if exact == 0:
        return "0"
    thousands, point = _SEPARATORS[translator(language).language]
    rounded = abs(exact).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}".replace(",", "\0").replace(".", point).replace("\0", thousands)
    return f"{MINUS}{text}" if exact < 0 and rounded != 0 else text


def quantity(value: float, unit: Unit | str, language: str, *, decimals: int = 1) -> str:
    """``value`` with its unit; ``unit`` is a `Unit`, its value, or one of the profile's (``km2``, ``per_km2``).

    >>> quantity(8.4, Unit.PERCENT, "en"), quantity(8.4, Unit.PERCENT, "fr") == "8,4\\u00a0%"
    ('8.4%', True)
    """
    _ = translator(language)
    return _(_UNITS[unit], number=number(value, language, decimals=decimals))


def unit_label(unit: Unit | str, language: str) -> str:
    """The unit alone, for the head of a column or an axis.

    >>> unit_label("tonnes_per_inhabitant", "fr")
    'tonnes par habitant'
    """
    return translator(language)(_UNIT_LABELS[unit])


def estimate(shown: Estimate, unit: Unit | str, language: str, *, decimals: int = 1) -> str:
    """The figure with its unit, or the word for its absence; its interval is `interval`'s.

    >>> estimate(Estimate(None), Unit.PERCENT, "fr")
    'non disponible'
    """
    if shown.value is None:
        return absence(shown.absence or Absence.NOT_AVAILABLE, language)
    return quantity(shown.value, unit, language, decimals=decimals)


def interval(shown: Estimate, unit: Unit | str, language: str, *, decimals: int = 1) -> str | None:
    """The interval of a figure as words, or None where it has none.

    >>> interval(Estimate(8.4, low=8.0, high=8.8), Unit.PERCENT, "en")
    'between 8.0% and 8.8%'
    """
    if shown.low is None or shown.high is None:
        return None
    return translator(language)(
        "between {low} and {high}",
        low=quantity(shown.low, unit, language, decimals=decimals),
        high=quantity(shown.high, unit, language, decimals=decimals),
    )


def difference(value: float, unit: Unit | str, language: str, *, decimals: int = 1) -> str:
    """A difference of two figures, with its sign and unit; that of two percentages is in points.

    >>> difference(-1.24, Unit.PERCENT, "en"), difference(12.0, Unit.COUNT, "en", decimals=0)
    ('−1.2 pt', '+12')
    """
    _ = translator(language)
    text = number(value, language, decimals=decimals)
    signed = f"+{text}" if value > 0 else text
    return _(msgid("{number} pt") if unit == Unit.PERCENT else _UNITS[unit], number=signed)


def profile_value(item: ProfileItem, language: str) -> str:
    """A line of the profile: counts whole, other quantities to one place where they are small.

    >>> profile_value(ProfileItem("density", Estimate(12.34), "per_km2"), "en")
    '12.3 inhab./km²'
    """
    value = item.estimate.value
    decimals = 0 if value is None or item.unit == Unit.COUNT or value >= 100 else 1
    return estimate(item.estimate, item.unit, language, decimals=decimals)


def score(shown: Estimate, language: str) -> str:
    """A score between 0 and 100 to one decimal, or the word for its absence.

    >>> score(Estimate(100.0), "fr"), score(Estimate(None), "en")
    ('100,0', 'not available')
    """
    return estimate(shown, Unit.RATIO, language)


def place(shown: Rank, language: str) -> str:
    """A rank alone, in a form that has no gender, with its ties.

    >>> from odd17.core.diagnosis.reading import PeerSet
    >>> regions = PeerSet("REG-metropolitan", 13)
    >>> place(Rank(1, 13, 0, regions), "fr"), place(Rank(12, 13, 1, regions), "en")
    ('rang 1 sur 13', 'joint rank 12 of 13')
    """
    _ = translator(language)
    facts = {
        "rank": number(shown.value, language, decimals=0),
        "of": number(shown.of, language, decimals=0),
    }
    if shown.tied:
        return _("joint rank {rank} of {of}", **facts)
    return _("rank {rank} of {of}", **facts)


def rank(shown: Rank, language: str) -> str:
    """A rank with its ties and, once known, how firm it is: its bounds, or that a single indicator decides.

    >>> from odd17.core.diagnosis.reading import PeerSet
    >>> regions = PeerSet("REG-metropolitan", 13)
    >>> rank(Rank(3, 13, 0, regions, 2, 5), "en"), rank(Rank(1, 13, 0, regions, 1, 1, alone=True), "en")
    ('rank 3 of 13 (between 2 and 5, 90%)', 'rank 1 of 13 (one indicator)')
    """
    _ = translator(language)
    bare = place(shown, language)
    if shown.low is None or shown.high is None:
        return bare
    if shown.alone:
        return _("{rank} (one indicator)", rank=bare)
    level = quantity(100 * shown.level, Unit.PERCENT, language, decimals=0)
    if shown.low == shown.high == shown.value:
        return _("{rank} (unmoved, {level})", rank=bare, level=level)
    low, high = (number(bound, language, decimals=0) for bound in (shown.low, shown.high))
    return _("{rank} (between {low} and {high}, {level})", rank=bare, low=low, high=high, level=level)


def absence(kind: Absence, language: str) -> str:
    """The word for why there is no value.

    >>> absence(Absence.SUPPRESSED, "fr")
    'secret statistique'
    """
    return translator(language)(_ABSENCES[kind])


def period(code: str, language: str) -> str:
    """A period in words; raises ValueError where ``code`` is none.

    >>> period("2019-Q1", "fr"), period("2019-Q1", "en"), period("2014/2019", "fr"), period("2019-03", "en")
    ('1er trimestre 2019', 'Q1 2019', '2014–2019', 'March 2019')
    >>> period("2019-10/2019-11", "fr"), period("2019-12/2020-01", "en")
    ('octobre–novembre 2019', 'December 2019 – January 2020')
    """
    _ = translator(language)
    parsed = Period.parse(code)
    if "/" in code:
        start, end = code.split("/")
        if "-" not in code:
            return f"{start}–{end}"
        if start[:4] == end[:4]:
            return f"{_(_MONTHS[parsed.start % 12])}–{period(end, language)}"
        return f"{period(start, language)} – {period(end, language)}"
    year, _dash, part = code.partition("-")
    if not part:
        return year
    if part.startswith("Q"):
        return _part(_, (msgid("Q1 {year}"), msgid("Q2 {year}"), msgid("Q3 {year}"), msgid("Q4 {year}")), part[1], year)
    if part.startswith("S"):
        return _part(_, (msgid("first half of {year}"), msgid("second half of {year}")), part[1], year)
    return _("{month} {year}", month=_(_MONTHS[parsed.start % 12]), year=year)


def day(date: datetime.date, language: str) -> str:
    """A date in words.

    >>> day(datetime.date(2026, 1, 1), "fr"), day(datetime.date(2026, 11, 25), "en")
    ('1er janvier 2026', '25 November 2026')
    """
    _ = translator(language)
    facts = {"day": str(date.day), "month": _(_MONTHS[date.month - 1]), "year": str(date.year)}
    if date.day == 1:
        return _("1 {month} {year}", **facts)
    return _("{day} {month} {year}", **facts)


def _part(_: Translator, forms: tuple[str, ...], digit: str, year: str) -> str:
    return _(forms[int(digit) - 1], year=year)
