"""Words of programmes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.contrib.auth.models import AbstractBaseUser
from django.template import Context
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from odd17.core.kernel import Text, in_language
from odd17.core.programmes.amount_rows import AMOUNT_COLUMNS, AMOUNT_NEEDS
from odd17.core.programmes.evidence import Kind
from odd17.core.programmes.measure_rows import MEASURE_COLUMNS, MEASURE_NEEDS
from odd17.core.programmes.portfolio import Cut, Disagreement, Figure, Parts, Step
from odd17.core.programmes.programme import Programme
from odd17.core.programmes.report_2020 import report_pillars
from odd17.core.programmes.reviews import Mark, Review
from odd17.core.programmes.rewritten import Part, Rewriting
from odd17.core.programmes.state import Change, Known, MeasureState
from odd17.publishing import programme_words
from odd17.publishing.format import number
from odd17.web.pages.language import language
from odd17.web.programmes.citations import citations_of

register = template.Library()


@register.filter
def named(text: Text | str) -> str:
    """A name in the page's language, or as it is."""
    return in_language(text, language())


@register.filter
def published_on(definition: Mapping[str, str]) -> date:
    """The day of a definition as it is kept."""
    return date.fromisoformat(definition["published"])


@register.filter
def rewritten(told: Rewriting) -> str:
    """What was rewritten: what stood before, and what stands now."""
    facts = {"number": told.number, "before": told.before or "–", "after": told.after or "–"}
    sentences = {
        Part.TITLE: _("title: “{before}”, now “{after}”"),
        Part.DAY: _("day of publication: {before}, now {after}"),
        Part.LEVELS: _("levels: {before}; now {after}"),
        Part.LABEL: _("measure {number}: “{before}”, now “{after}”"),
        Part.DIMENSION: _("measure {number}, dimension: “{before}”, now “{after}”"),
        Part.EFFECTS: _("measure {number}, effects in months: {before}, now {after}"),
        Part.ADDED: _("measure {number} added: “{after}”"),
        Part.REMOVED: _("measure {number} removed: “{before}”"),
        Part.MONEY: _("amounts replaced: there were {before}, now {after}"),
    }
    return sentences[told.part].format(**facts)


@register.simple_tag
def mark_of(programme: Programme, mark: Mark | None) -> str:
    """What a review says of a measure; of totals alone, that the level was not published."""
    if mark is None:
        return programme_words.known_name(Known.UNPUBLISHED, language())
    return _("no longer known") if mark.level is None else level_named(programme, mark.level)


@register.simple_tag
def level_of(programme: Programme, state: MeasureState) -> str:
    """The level of a measure, or what is known of it."""
    return programme_words.state_name(programme, state, language())


@register.filter
def level_named(programme: Programme, level: str) -> str:
    """The name of a level."""
    return programme_words.level_name(programme, level, language())


@register.filter
def moved(programme: Programme, change: Change) -> str:
    """How a measure moved."""
    return programme_words.change_words(programme, change, language())


@register.filter
def figure_told(figure: Figure) -> str:
    """A printed figure."""
    return programme_words.figure_words(figure, language())


@register.filter
def disagreement_told(found: Disagreement) -> str:
    """Why figures cannot all be right."""
    return programme_words.disagreement_words(found, language())


@register.filter
def parts_told(found: Parts) -> str:
    """What printed parts add up to."""
    return programme_words.parts_words(found, language())


@register.filter
def pillar_named(id: str | None) -> str:
    """The name of a pillar."""
    return _("not told") if id is None else programme_words.pillar_name(id, language())


@register.filter
def figure_named(figure: Figure) -> str:
    """What the source calls a printed figure."""
    return in_language(figure.name, language())


@register.simple_tag
def pillars_named() -> str:
    """The pillars that a file of amounts may name."""
    return " ; ".join(in_language(one.name, language()) for one in report_pillars())


@register.filter
def who(account: AbstractBaseUser | None) -> str:
    """The name of an account; somebody who was erased has none."""
    return _("somebody who left") if account is None else str(account)


@register.filter
def day_of(reviews: Sequence[Review], id: str) -> date:
    """The day of the review of this identifier."""
    return next(one.day for one in reviews if one.id == id)


@register.filter
def drawn(svg: str) -> SafeString:
    """A drawing that this code wrote, with every text in it escaped by the XML writer."""
    return mark_safe(svg)  # noqa: S308 - written by ElementTree, never by a reader


@register.filter
def unlocalized(value: object) -> str:
    """A key as it is: a year has no thousands."""
    return str(value)


@register.filter
def money(value: Decimal | None) -> str:
    """An amount, with cents where there are some; a dash where none was told, which is not zero."""
    if value is None:
        return "–"
    return number(float(value), language(), decimals=0 if value == value.to_integral_value() else 2)


@register.filter
def cut_named(cut: Cut) -> str:
    """By what amounts are added up."""
    return {
        Cut.FUNDER: _("Funder"),
        Cut.DEVICE: _("Device"),
        Cut.TERRITORY: _("Territory"),
        Cut.PILLAR: _("Pillar"),
        Cut.YEAR: _("Year"),
    }[cut]


@register.filter
def step_named(step: Step) -> str:
    """How far an amount has come."""
    return {Step.ASKED: _("Asked"), Step.PROMISED: _("Promised"), Step.PAID: _("Paid")}[step]


@register.inclusion_tag("programmes/cited_by.html", takes_context=True)
def cited_by_programmes(context: Context, kind: str, key: object) -> dict[str, object]:
    """The public programmes that cite a practice, an alliance or an indicator; nothing where there is none.

    The demonstration holds nothing real.
    """
    request = context.get("request")
    if getattr(request, "demonstration", False):
        return {}
    return {"citations": citations_of(Kind(kind), str(key))}


@register.simple_tag
def measure_columns(needed: bool) -> str:
    """How the columns of a file of measures are headed: those that it needs, or the others."""
    return _headings(MEASURE_COLUMNS, MEASURE_NEEDS, needed=needed)


@register.simple_tag
def amount_columns(needed: bool) -> str:
    """How the columns of a file of amounts are headed: those that it needs, or the others."""
    return _headings(AMOUNT_COLUMNS, AMOUNT_NEEDS, needed=needed)


def _headings(columns: Mapping[str, tuple[str, ...]], needs: Sequence[str], *, needed: bool) -> str:
    place = 0 if language() == "fr" else -1
    return ", ".join(names[place] for name, names in columns.items() if (name in needs) is needed)
