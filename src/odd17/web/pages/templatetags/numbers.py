"""Figures, shares, dates and ages as the language of the page writes them."""

from __future__ import annotations

import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from odd17.core.diagnosis.reading import ProfileItem
from odd17.core.indicators.indicator import Indicator, Unit
from odd17.core.kernel import Estimate
from odd17.publishing import format as written

from ..language import language

register = template.Library()


@register.filter
def figure(estimate: Estimate, indicator: Indicator) -> str:
    """A figure with its unit, or the word for its absence."""
    return written.estimate(estimate, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def figure_interval(estimate: Estimate, indicator: Indicator) -> str | None:
    """The interval of a figure, or None where it has none."""
    return written.interval(estimate, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def profile_value(item: ProfileItem) -> str:
    """The value of a line of the profile."""
    return written.profile_value(item, language())


@register.filter
def score(estimate: Estimate) -> str:
    """A score to one decimal."""
    return written.score(estimate, language())


@register.filter
def plain_figure(value: float, indicator: Indicator) -> str:
    """A number of an indicator with its unit."""
    return written.quantity(value, indicator.unit, language(), decimals=indicator.decimals)


@register.filter
def plain_number(value: float, indicator: Indicator) -> str:
    """A number of an indicator without its unit."""
    return written.number(value, language(), decimals=indicator.decimals)


@register.filter
def whole(value: float) -> str:
    """A whole number with the language's thousands separator."""
    return written.number(value, language(), decimals=0)


@register.filter
def one_place(value: float) -> str:
    """A number to one decimal."""
    return written.number(value, language(), decimals=1)


@register.filter
def two_places(value: float) -> str:
    """A number to two decimals."""
    return written.number(value, language(), decimals=2)


@register.filter
def weight(value: float) -> str:
    """A weight: whole where it is whole, else to two decimals."""
    return written.number(value, language(), decimals=0 if float(value).is_integer() else 2)


@register.filter
def share(value: float) -> str:
    """A share between 0 and 1 as a percentage."""
    return written.quantity(100 * value, Unit.PERCENT, language())


@register.filter
def hundredths(share: float) -> str:
    """A share as a whole percentage; what an estimate puts under 0 or over 1 is brought back there."""
    return written.quantity(100 * min(1.0, max(0.0, share)), Unit.PERCENT, language(), decimals=0)


@register.filter
def coefficient(value: float | None) -> str:
    """A correlation to two decimals, or a dash where there is none."""
    return "–" if value is None else written.number(value, language(), decimals=2)


@register.filter
def period(code: str) -> str:
    """A period in words."""
    return written.period(code, language())


@register.filter
def day(date: datetime.date) -> str:
    """A date in words."""
    return written.day(date, language())


@register.filter
def iso_day(text: str) -> str:
    """A date as manifests write it, in words."""
    return written.day(datetime.date.fromisoformat(text), language())


@register.filter
def moment(at: datetime.datetime) -> str:
    """A day in words, and the hour where the site is."""
    local = timezone.localtime(at)
    return f"{written.day(local.date(), language())}, {local:%H:%M}"


@register.filter
def months(count: int) -> str:
    """An age: in months under two years, else in whole years."""
    if count < 24:
        return _("1 month") if count == 1 else _("{count} months").format(count=count)
    return _("{count} years").format(count=count // 12)
