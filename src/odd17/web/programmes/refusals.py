"""What is wrong in what was sent, a sentence a fault."""

from __future__ import annotations

from django.utils.translation import gettext as _

from odd17.core.kernel import DataError, Faults
from odd17.web.pages.templatetags.words import said


def refusals(error: DataError) -> list[str]:
    """Every fault that ``error`` carries in words, and how many more there are."""
    if not isinstance(error, Faults):
        return [said(error)]
    told = [said(one) for one in error.faults]
    return [*told, _("and {more} more").format(more=error.more)] if error.more else told
