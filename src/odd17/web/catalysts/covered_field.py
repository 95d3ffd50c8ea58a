"""Where an entry works: territories of today, and those of an older vintage carried to them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from odd17.core.resources.catalyst_places import Covered
from odd17.publishing.said import said
from odd17.web.practices.fields import TerritoriesFormField
from odd17.workflows.catalysts import covered_place
from odd17.workflows.releases import current_release


class CoveredField(TerritoriesFormField):
    """Names or codes, one a line; those of an older vintage are carried, and noted in ``carried``."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.carried: list[tuple[str, str]] = []

    def to_python(self, value: object) -> list[str]:
        """The identifiers; raises ValidationError with a remedy for each line that is no territory of today."""
        cog, language = current_release().cog, get_language() or "fr"
        found: dict[str, None] = {}
        wrong: list[ValidationError] = []
        self.carried = []
        for line in filter(None, (line.strip() for line in str(value or "").splitlines())):
            place = covered_place(line[:200], cog)
            if isinstance(place, Covered):
                found |= dict.fromkeys(place.ids)
                if place.is_carried:
                    self.carried.append((line, ", ".join(f"{id} {cog[id].name}" for id in place.ids)))
                continue
            told = {"line": line[:80], "why": said(place.reason, language), "remedy": said(place.remedy, language)}
            wrong.append(ValidationError(_("“%(line)s”: %(why)s. What to do: %(remedy)s."), params=told))
        if wrong:
            raise ValidationError(wrong)
        return list(found)
