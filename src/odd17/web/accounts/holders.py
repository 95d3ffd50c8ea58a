"""Who holds a right, to be written to."""

from __future__ import annotations

from django.contrib.auth import get_user_model

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def addresses_of_holders(permission: str) -> list[str]:
    """The e-mail addresses of the accounts that hold a right (``app.codename``), each once."""
    found = get_user_model().objects.with_perm(permission, backend=_BACKEND).exclude(email="")
    return sorted(set(found.values_list("email", flat=True)))
