"""What intervals of ranks mean, where they are first met on a page."""

from __future__ import annotations

from django import template

from odd17.core.diagnosis.ranking import Ranking
from odd17.core.diagnosis.reading import Diagnosis
from odd17.publishing.firmness import firmness, intervals

from ..language import language

register = template.Library()


@register.filter
def explained(shown: Diagnosis | Ranking) -> str | None:
    """What the intervals of the ranks shown are, or that one indicator decides them all; None where none has any."""
    rows = shown.domains if isinstance(shown, Diagnosis) else shown.rows
    ranks = [row.score.rank for row in rows if row.score.rank is not None and row.score.rank.low is not None]
    drawn = next((rank for rank in ranks if not rank.alone), None)
    if drawn is not None:
        return intervals(drawn.level, language())
    return firmness(ranks[0], language()) if ranks and isinstance(shown, Ranking) else None
