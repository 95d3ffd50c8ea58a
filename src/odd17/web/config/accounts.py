"""Accounts of those who bring figures; readers need none."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from odd17.core.kernel import Message, UsageError


def add_account(name: str, password: str, *, staff: bool, admin: bool) -> None:
    """Make an account; raises UsageError where the name is taken or not one, or the password is too weak.

    ``staff`` enters the workshop; ``admin`` also reads and manages everything under ``/admin/``. :func:`prepare` first.
    """
    users = get_user_model()
    if users.objects.filter(username=name).exists():
        raise UsageError(Message("An account is called {name!r} already.", name=name))
    account = users(username=name, is_staff=staff or admin, is_superuser=admin)
    try:
        validate_password(password, account)
        account.set_password(password)
        account.full_clean()
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    account.save()
