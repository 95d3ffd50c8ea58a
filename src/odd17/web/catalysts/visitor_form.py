"""What a visitor writes to an entry's holder."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.forms import StartForm


class WriteForm(StartForm):
    """What a visitor writes to an entry's holder."""

    name = forms.CharField(label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"}))
    text = forms.CharField(
        label=_("Your message"),
        max_length=4000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("What you look for, for whom, where and when."),
    )
    agreed = forms.BooleanField(
        label=_("I agree that my name and my e-mail address be given to this structure, so that it may answer me."),
        error_messages={"required": _("Tick the box: without your address, nobody can answer you.")},
    )
    field_order: ClassVar = ("name", "email", "text", "agreed")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "text", "agreed"):
            field = self.fields[name]
            told = [f"{name}_help"] if field.help_text else []
            field.widget.attrs["aria-required"] = "true"
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"
                told.append(f"{name}_error")
            if told:
                field.widget.attrs["aria-describedby"] = " ".join(told)

    def clean_name(self) -> str:
        """One line: no header of an e-mail comes after it."""
        return " ".join(str(self.cleaned_data["name"]).split())
