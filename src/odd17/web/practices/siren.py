"""SIREN: the number of a French organisation, nine digits with a check digit (Luhn)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from odd17.core.practices.siren import is_siren


def check_siren(value: str) -> None:
    """Raise ValidationError for what is not a SIREN number."""
    if value and not is_siren(value):
        raise ValidationError(
            _("“%(siren)s” is not a SIREN number: its check digit does not fit."), params={"siren": value}
        )
