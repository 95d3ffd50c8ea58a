"""Words of the pages of eyes and figures: sights, shares with their interval, levers, items and changes."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _

from odd17.core.diagnosis.actor_views import Agreement, ItemShare
from odd17.core.diagnosis.crossing_reading import Change
from odd17.core.kernel import Estimate, ObsStatus, in_language
from odd17.core.perceptions.study import StudyDescription
from odd17.core.perceptions.tables import Measure
from odd17.publishing.charts.systemic import Sight
from odd17.publishing.crossing_words import measure_name, share_of
from odd17.publishing.format import number
from odd17.publishing.lever_words import agreement_sentence, lever_name
from odd17.publishing.wording import obs_status, sentence_case

from ..language import language
from ..regards_page import SightChoice

register = template.Library()


@register.filter
def sight_name(choice: SightChoice) -> str:
    """What a sight is called."""
    if choice.actor is None:
        return _("By the figures")
    name = choice.actor.name.in_language(language())
    return name if choice.sight is Sight.SEEN else _("Gap: {who}").format(who=name)


@register.filter
def sight_reading(choice: SightChoice) -> str:
    """How the cells of a sight are read."""
    return {
        Sight.FIGURES: _("Each cell is a rank among the regions: 1 is the most fragile by its figures."),
        Sight.SEEN: _("Each cell is a rank among the regions: 1 is where the largest share judges the domain fragile."),
        Sight.GAP: _(
            "Each cell is a number of places: above 0 the domain is seen as more fragile than its figures say, "
            "below 0 as less. Pale cells cannot be told from no gap."
        ),
    }[choice.sight]


@register.filter
def share_with_interval(share: Estimate) -> str:
    """A share with its 95 % interval and its status where it is not plain, or the word for why there is none."""
    shown = share_of(share, language())
    if share.value is None:
        return shown
    if share.low is not None and share.high is not None:
        low, high = (number(100 * bound, language(), decimals=0) for bound in (share.low, share.high))
        shown = _("{share} [{low}–{high}]").format(share=shown, low=low, high=high)
    if share.obs_status is ObsStatus.NORMAL:
        return shown
    return format_html('{} <span class="flag">{}</span>', shown, obs_status(share.obs_status, language()))


@register.filter
def share_with_respondents(share: Estimate) -> str:
    """The same, with how many answered where nothing beside it says so."""
    shown = share_with_interval(share)
    if share.value is None or share.n is None:
        return shown
    return format_html("{} <small>n = {}</small>", shown, number(share.n, language(), decimals=0))


@register.filter
def change_told(change: Change) -> str:
    """A change in points of percentage, with its interval."""
    value = _signed(change.value)
    if change.low is None or change.high is None:
        return _("{value} points").format(value=value)
    return _("{value} points [{low} to {high}]").format(value=value, low=_signed(change.low), high=_signed(change.high))


@register.filter
def lever_called(lever: str) -> str:
    """The name of a lever."""
    return lever_name(lever, language())


@register.filter
def agreement_told(agreement: Agreement) -> str:
    """How far groups agree."""
    return agreement_sentence(agreement, language())


@register.filter
def measure_title(measure: Measure) -> str:
    """What a share is the share of, as a heading."""
    return sentence_case(measure_name(measure, language()))


@register.filter
def item_name(item: ItemShare, studies: Sequence[StudyDescription]) -> str:
    """What a share is of, by the name that its study gives it."""
    if item.item is None:
        return sentence_case(measure_name(item.measure, language()))
    for study in studies:
        for question in study.questions if study.id == item.study else ():
            if item.item in question.items:
                return in_language(question.items[item.item], language())
    return item.item


def _signed(share: float) -> str:
    points = round(100 * share)
    shown = number(abs(points), language(), decimals=0)
    return shown if points == 0 else f"{'+' if points > 0 else '−'}{shown}"
