"""The forms of allauth, in the words of this site."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignIn(LoginForm):
    """Whoever signed up themselves has an address, and whoever was given an account may have a name."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("E-mail address or name")
        login.widget.attrs.pop("placeholder", None)
