"""Why something is absent, refused or flagged: a code and its facts; the words are publishing's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class ReasonCode(StrEnum):
    """Every reason that a reader can meet. ``publishing.reason_words`` has one sentence a language for each."""

    # no figure
    NO_FIGURE = "no_figure"  # no indicator of this domain has a figure in the release
    NO_FIGURE_AT_LEVEL = "no_figure_at_level"  # figures exist, at other levels: params levels
    NO_FIGURE_HERE = "no_figure_here"  # figures exist at this level, not for this territory
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"
    # no figure for a user's own perimeter
    NOT_ADDITIVE = "not_additive"  # published ready-made: no parts to put together
    CUTS_EPCI = "cuts_epci"  # the parts are known of whole EPCI only
    ONLY_LARGER = "only_larger"  # published of larger territories only: params levels
    COMMUNES_UNKNOWN = "communes_unknown"  # too few of its communes have a figure
    # figure shown, not scored
    INCONSISTENT_WITH_REFERENCE = "inconsistent_with_reference"  # params reference, expected, found
    DIRECTION_UNKNOWN = "direction_unknown"
    NOT_IN_FRAME = "not_in_frame"  # the frame of the release does not name the indicator: params frame
    CONSTANT = "constant"  # every peer has the same value
    TOO_FEW_PEERS = "too_few_peers"  # params count
    TOO_MANY_MISSING = "too_many_missing"  # params missing, total, share, limit
    OWN_TERRITORY = "own_territory"  # a user's own perimeter has no peers
    # nothing to cross
    TOO_FEW_RESPONDENTS = "too_few_respondents"  # withheld, or no answer: params minimum
    NO_INTERVAL = "no_interval"  # the design of the study leaves the error of the share unknown
    ASKED_IN_DIFFERENT_YEARS = "asked_in_different_years"  # params year, other
    NO_STUDY = "no_study"  # the release holds none of this territory
    # flags on a figure
    TRANSCRIBED_UNVERIFIED = "transcribed_unverified"
    QUALIFIED = "qualified"  # its producer marks it: params status (SDMX CL_OBS_STATUS)
    NOT_CARRIED = "not_carried"  # params from, to: the value does not survive the change of vintage
    PERIMETER_UNVERIFIED = "perimeter_unverified"  # code kept, membership of the old vintage unknown
    SEVERAL_PERIODS = "several_periods"
    NO_TRUE_CONTOUR = "no_true_contour"
    OUT_OF_DATE = "out_of_date"  # a newer figure should exist: params months (age), periodicity


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the facts that its sentence needs (numbers and identifiers, never sentences)."""

    code: ReasonCode
    params: Mapping[str, object] = field(default_factory=dict)
