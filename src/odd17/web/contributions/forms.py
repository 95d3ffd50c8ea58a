"""The forms around the steps: before them the address to answer to, and after them the word that sends it all."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import limits

LICENCE = _(
    "I have the right to tell this practice and to give these files, the people in the pictures agree, and I let "
    "anyone use them again under the Licence Ouverte 2.0."
)


class SendForm(forms.Form):
    """The last word before sending."""

    agreed = forms.BooleanField(
        label=LICENCE,
        error_messages={"required": _("Tick the box: without it, we may not publish.")},
        widget=forms.CheckboxInput(attrs={"aria-required": "true"}),
    )
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        if self.is_bound and "agreed" in self.errors:
            self.fields["agreed"].widget.attrs |= {"aria-invalid": "true", "aria-describedby": "agreed_error"}


class StartForm(forms.Form):
    """The address to answer to. ``website`` is a trap: people do not see it, programs that fill every field do."""

    stamp = forms.CharField(max_length=200, widget=forms.HiddenInput)
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("To find your draft again and to read our answer. It is not published unless you ask for it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "aria-required": "true"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an address such as name@example.org."),
        },
    )
    use_required_attribute = False

    def __init__(self, *args: Any, asks: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        if not asks:
            del self.fields["email"]
            return
        told = ["email_help"]
        if self.is_bound and "email" in self.errors:
            self.fields["email"].widget.attrs["aria-invalid"] = "true"
            told.append("email_error")
        self.fields["email"].widget.attrs["aria-describedby"] = " ".join(told)

    @property
    def is_trapped(self) -> bool:
        """Whether the field that nobody sees was filled."""
        return bool(self.data.get("website"))

    def clean_stamp(self) -> str:
        """What the form carries: of today, and not sent back sooner than a person would. A stale one is renewed."""
        stamp: str = self.cleaned_data["stamp"]
        if not limits.is_stamp(stamp):
            self.data = self.data.copy()
            self.data["stamp"] = limits.new_stamp()
            self.add_error(None, gettext("This page was open for too long: please send it once more."))
        elif limits.is_hasty(stamp):
            self.add_error(None, gettext("That was very quick: please send it once more."))
        return stamp
