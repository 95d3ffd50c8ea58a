"""The form to report an error."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ErrorReportForm(forms.Form):
    """``website`` is a trap: people do not see it, programs that fill every field do."""

    page = forms.CharField(max_length=500, widget=forms.HiddenInput, required=False)
    figure = forms.SlugField(max_length=100, widget=forms.HiddenInput, required=False)
    message = forms.CharField(
        label=_("What is wrong, and how do you know?"),
        min_length=10,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"min_length": _("Say a little more: at least ten characters.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail, if you want an answer (optional)"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that this address be kept to answer me about this report, and for nothing else. "
            "I may have it erased at any time."
        ),
        required=False,
    )
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))

    def clean(self) -> dict[str, object]:
        """An e-mail needs its consent."""
        cleaned = super().clean() or {}
        if cleaned.get("email") and not cleaned.get("consent"):
            self.add_error("consent", _("Tick the box so that we may keep your address, or leave the address empty."))
        return cleaned

    @property
    def is_trapped(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.data.get("website"))
