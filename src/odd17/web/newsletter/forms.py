"""Forms of the newsletter: signing up, and the language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.forms import StartForm

CONSENT = _(
    "I want to receive the newsletter of odd17 at this address. It serves for nothing else, and I can leave at any "
    "time by the link in each letter."
)


class SignUpForm(StartForm):
    """An address, a language, consent."""

    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    consent = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("Tick the box: without your consent we send nothing.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("We send an e-mail there to make sure that it is yours.")
        if self.is_bound and "consent" in self.errors:
            self.fields["consent"].widget.attrs |= {"aria-invalid": "true", "aria-describedby": "consent_error"}

    @property
    def faults(self) -> list[tuple[str, str]]:
        """What is wrong: the field's identifier, the sentence."""
        return [(name, said) for name in ("email", "language", "consent") for said in self.errors.get(name, ())]


class LanguageForm(forms.Form):
    """The language in which the letter comes."""

    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
