"""Columns that hold words of a vocabulary, or territories of the COG, as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from odd17.core.kernel import (
    AmbiguousTerritory,
    UnknownTerritory,
    alliance_types,
    domains,
    goals,
    impacts,
    levers,
    partner_kinds,
    proofs,
    scales,
    stages,
    trades,
)
from odd17.workflows.releases import current_release


def choices(words: Callable[[], Iterable[object]]) -> Callable[[], list[tuple[str, str]]]:
    """The words of a vocabulary as a form's choices, in the language of the moment."""

    def named() -> list[tuple[str, str]]:
        language = get_language() or "fr"
        return [(word.id, word.name.in_language(language)) for word in words()]

    return named


DOMAINS, GOALS, LEVERS = choices(domains), choices(goals), choices(levers)
TYPES, TRADES, STAGES, SCALES = choices(alliance_types), choices(trades), choices(stages), choices(scales)
KINDS, IMPACTS, PROOFS = choices(partner_kinds), choices(impacts), choices(proofs)


class WordField(models.CharField):
    """One word of a vocabulary, or none."""

    def __init__(self, *args: object, words: Callable[[], list[tuple[str, str]]] = list, **kwargs: object) -> None:
        self.words = words
        super().__init__(*args, max_length=40, blank=True, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[object], dict[str, object]]:
        """A migration needs no vocabulary."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {key: kwargs[key] for key in kwargs if key not in ("max_length", "blank")}

    def formfield(self, **kwargs: object) -> forms.Field:
        """A drop-down list."""
        asked = {key: kwargs[key] for key in ("label", "help_text", "required", "initial") if key in kwargs}
        return forms.ChoiceField(
            **{"required": False, "label": capfirst(self.verbose_name), "help_text": self.help_text} | asked,
            choices=lambda: [("", "—"), *self.words()],
        )

    def validate(self, value: str, model_instance: models.Model | None) -> None:
        """Refuse a word that the vocabulary lacks."""
        super().validate(value, model_instance)
        if value and value not in dict(self.words()):
            raise ValidationError(_("“%(word)s” is not one of the choices."), params={"word": value})


class WordsField(models.JSONField):
    """Several words of a vocabulary, as a list."""

    def __init__(self, *args: object, words: Callable[[], list[tuple[str, str]]] = list, **kwargs: object) -> None:
        self.words = words
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def formfield(self, **kwargs: object) -> forms.Field:
        """Boxes to tick."""
        asked = {key: kwargs[key] for key in ("label", "help_text", "required", "initial") if key in kwargs}
        return forms.MultipleChoiceField(
            **{"required": False, "label": capfirst(self.verbose_name), "help_text": self.help_text} | asked,
            choices=self.words,
            widget=forms.CheckboxSelectMultiple,
        )

    def validate(self, value: list[str], model_instance: models.Model | None) -> None:
        """Refuse words that the vocabulary lacks."""
        super().validate(value, model_instance)
        known = dict(self.words())
        for word in value:
            if word not in known:
                raise ValidationError(_("“%(word)s” is not one of the choices."), params={"word": word})


class TerritoriesField(models.JSONField):
    """Identifiers of territories, as a list; typed as names or codes, one a line."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **{"default": list, "blank": True} | kwargs)

    def formfield(self, **kwargs: object) -> forms.Field:
        """A box of lines."""
        asked = {key: kwargs[key] for key in ("label", "help_text", "required", "initial") if key in kwargs}
        return TerritoriesFormField(
            **{"required": False, "label": capfirst(self.verbose_name), "help_text": self.help_text} | asked
        )


MOST_LINES = 300
"""Of places typed at once: each takes a moment to be looked up, and whoever may send one form could send a million."""


class TerritoriesFormField(forms.CharField):
    """Names or codes, one a line, read into identifiers."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), **kwargs)

    def prepare_value(self, value: object) -> object:
        """Identifiers shown with their names."""
        if not isinstance(value, list):
            return value
        cog = current_release().cog
        return "\n".join(f"{id} {cog[id].name}" if id in cog else id for id in value)

    def clean(self, value: object) -> list[str]:
        """Refuse what is too long to be looked up line by line, before it is."""
        if len(str(value or "").splitlines()) > MOST_LINES:
            raise ValidationError(_("Too many places: name the region or the département instead."))
        found: list[str] = super().clean(value)
        return found

    def to_python(self, value: object) -> list[str]:
        """The identifiers of the territories named; raises ValidationError naming the line that is not understood."""
        found: list[str] = []
        for line in (line.strip() for line in str(value or "").splitlines()):
            if not line:
                continue
            id = _resolved(line)
            if id not in found:
                found.append(id)
        return found

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare identifiers, not the way in which they were typed."""
        try:
            return list(initial or []) != self.to_python(data)
        except ValidationError:
            return True


def _resolved(line: str) -> str:
    cog = current_release().cog
    first = line.split()[0]
    if first in cog:
        return first
    try:
        return cog.resolve(line).id
    except AmbiguousTerritory as error:
        named = ", ".join(error.candidates[:5])
        said = _("“%(line)s” names several territories: write one of %(candidates)s.")
        raise ValidationError(said, params={"line": line, "candidates": named}) from error
    except UnknownTerritory as error:
        said = _("No territory is called “%(line)s”.")
        raise ValidationError(said, params={"line": line}) from error
