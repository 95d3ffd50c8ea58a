"""Statuses of an observation, from the SDMX code lists CL_OBS_STATUS and CL_CONF_STATUS."""

from __future__ import annotations

from enum import StrEnum


class ObsStatus(StrEnum):
    """SDMX CL_OBS_STATUS (version 2.2): what kind of value, or of absence, an observation is."""

    NORMAL = "A"
    BREAK = "B"
    ESTIMATED = "E"
    IMPUTED = "I"
    COUNTED_ELSEWHERE = "K"
    NOT_COLLECTED = "L"  # data exist but were not collected: "not available"
    CANNOT_EXIST = "M"  # "not applicable"
    MISSING = "O"  # missing, no reason given: "not available"
    PROVISIONAL = "P"
    SUPPRESSED = "Q"
    LOW_RELIABILITY = "U"
    UNVALIDATED = "V"  # e.g. transcribed, unverified
    INCLUDES_ANOTHER = "W"


class ConfStatus(StrEnum):
    """SDMX CL_CONF_STATUS (version 1.3), the codes that French producers use."""

    FREE = "F"
    CONFIDENTIAL = "C"
    NOT_FOR_PUBLICATION = "N"


class Absence(StrEnum):
    """Why there is no value. Zero is a value and never one of these."""

    NOT_AVAILABLE = "not_available"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"


def absence_of(obs_status: ObsStatus, conf_status: ConfStatus = ConfStatus.FREE) -> Absence:
    """The kind of absence that a missing value's statuses tell.

    >>> absence_of(ObsStatus.CANNOT_EXIST)
    <Absence.NOT_APPLICABLE: 'not_applicable'>
    >>> absence_of(ObsStatus.MISSING, ConfStatus.CONFIDENTIAL)
    <Absence.SUPPRESSED: 'suppressed'>
    """
    if obs_status is ObsStatus.SUPPRESSED or conf_status is not ConfStatus.FREE:
        return Absence.SUPPRESSED
    if obs_status is ObsStatus.CANNOT_EXIST:
        return Absence.NOT_APPLICABLE
    return Absence.NOT_AVAILABLE
