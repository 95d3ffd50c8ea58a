"""The method of a release in a few sentences, read from its frame: no step is named that was not taken."""

from __future__ import annotations

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.indicators.frame_definition import FrameDefinition

from . import format, wording
from .language import Translator


def method_in_short(diagnosis: Diagnosis, frame: FrameDefinition, _: Translator) -> list[str]:
    """How the scores of ``diagnosis`` were made, a sentence a step, from the frame of its release."""
    available = format.quantity(frame.min_available * 100, "percent", _.language, decimals=0)
    sentences = [
        _(
            "Frame “{frame}”: each indicator counts in one of 16 domains, grouped in 4 dimensions.",
            frame=frame.title.in_language(_.language),
        ),
        _(
            "Each indicator is turned so that a higher value means more fragility; one whose direction is not known is "
            "shown, never scored."
        ),
        _normalisation(frame, _),
        _aggregation(frame, _),
        _(
            "A domain, a dimension or the whole with less than {share} of its parts is refused, and says so.",
            share=available,
        ),
        _(
            "An indicator whose national figure disagrees with the weighted mean of the territories is shown, not "
            "scored."
        ),
        _(
            "How firm a rank is: the index is done again with each weight drawn within {share} of its own, on "
            "standardised values as well as by min-max, and by geometric as well as arithmetic means, as far as the "
            "frame asks for it.",
            share=format.quantity(frame.uncertainty.weights * 100, "percent", _.language, decimals=0),
        ),
        frame.note.in_language(_.language),
    ]
    if diagnosis.peers is not None:
        among = wording.among(diagnosis.peers, _.language)
        sentences.insert(2, _("Scores compare this territory {among} only.", among=among))
    return sentences


def _normalisation(frame: FrameDefinition, _: Translator) -> str:
    if frame.normalisation == "minmax":
        return _("The least fragile of the peers gets 0, the most fragile 100, the others in proportion (min-max).")
    return _("Values are put on one scale by the method “{method}”.", method=frame.normalisation)


def _aggregation(frame: FrameDefinition, _: Translator) -> str:
    if frame.aggregation == "arithmetic":
        return _("Domains, dimensions and the whole are weighted arithmetic means of what they hold.")
    return _("Parts are put together by the method “{method}”.", method=frame.aggregation)
