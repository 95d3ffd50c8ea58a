"""Writing which figures are read beside an alliance, and who agrees that they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, transaction

from odd17.core.kernel import DataError, Message

from .days import today
from .models import Alliance, ChosenFigures, Partner


class FiguresChanged(Exception):
    """Somebody else chose other figures since they were shown."""


@transaction.atomic
def figures_choose(*, alliance: Alliance, version: int, indicators: Sequence[str], ended: date | None) -> None:
    """Choose figures in the place of those that ``version`` shows (0: none yet); who agreed to others is asked anew.

    Raises FiguresChanged where somebody else did meanwhile, DataError for an end in the future or before the beginning.
    """
    if ended is not None and ended < alliance.begun:
        raise DataError("it would end before it began", value=str(ended), remedy="correct one of the two days")
    if ended is not None and ended > today():
        raise DataError(Message("it has not ended yet"), value=str(ended), remedy="leave the day empty")
    kept = ChosenFigures.objects.select_for_update().filter(alliance=alliance).first()
    if (0 if kept is None else kept.version) != version:
        raise FiguresChanged
    if kept is None:
        try:
            with transaction.atomic():
                ChosenFigures.objects.create(alliance=alliance, indicators=list(indicators), ended=ended)
        except IntegrityError as error:  # a colleague chose at the same moment: theirs stands
            raise FiguresChanged from error
        return
    is_same = (kept.indicators, kept.ended) == (list(indicators), ended)
    kept.indicators, kept.ended, kept.version = list(indicators), ended, version + 1
    kept.save()
    if not is_same:
        kept.agreed.clear()


def figures_agree(*, figures: ChosenFigures, version: int, partner: Partner, agrees: bool) -> None:
    """Say whether a partner agrees that the figures stand on the public card; FiguresChanged where they are others."""
    if figures.version != version:
        raise FiguresChanged
    if agrees:
        figures.agreed.add(partner)
    else:
        figures.agreed.remove(partner)


def figures_of(alliance: Alliance) -> ChosenFigures | None:
    """The figures chosen; None where none were."""
    return ChosenFigures.objects.filter(alliance=alliance).first()


def is_shown_publicly(figures: ChosenFigures) -> bool:
    """Whether every partner who is there agrees that they stand on the public card."""
    here = set(figures.alliance.partners.filter(left=None).values_list("pk", flat=True))
    return bool(here) and here <= set(figures.agreed.values_list("pk", flat=True))
