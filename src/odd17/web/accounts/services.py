"""Making an account, giving a role, telling a person all that is kept of them, and erasing them."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction

from odd17.core.kernel import Message, UsageError

from .signals import account_erased, account_told


@transaction.atomic
def account_add(
    *, name: str, password: str, email: str = "", staff: bool = False, admin: bool = False, role: str = ""
) -> AbstractUser:
    """Make an account; raises UsageError where the name is taken or not one, or the password is too weak.

    ``staff`` enters the workshop; ``admin`` may do everything; ``role`` is one of ``roles``. An ``email`` given here
    counts as confirmed.
    """
    users = get_user_model()
    if users.objects.filter(username=name).exists():
        raise UsageError(Message("An account is called {name!r} already.", name=name))
    account = users(username=name, email=email, is_staff=staff or admin, is_superuser=admin)
    try:
        validate_password(password, account)
        account.set_password(password)
        account.full_clean()
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    account.save()
    if email:
        EmailAddress.objects.create(user=account, email=email.lower(), verified=True, primary=True)
    if role:
        account.groups.add(Group.objects.get(name=role))
    return account


def account_export(*, account: AbstractUser) -> dict[str, object]:
    """What is kept of a person, by this and every other app, for them to take along."""
    elsewhere = account_told.send(sender=type(account), account=account)
    return {
        "name": account.get_username(),
        "email": account.email,
        "emails": list(account.emailaddress_set.values("email", "verified", "primary")),
        "joined": account.date_joined.isoformat(),
        "last_login": account.last_login and account.last_login.isoformat(),
        "roles": sorted(account.groups.values_list("name", flat=True)),
        "second_factor": Authenticator.objects.filter(user=account).exists(),
        **{name: kept for _app, told in elsewhere for name, kept in told.items()},
    }


@transaction.atomic
def account_erase(*, account: AbstractUser) -> None:
    """Erase a person: name, addresses and ways to sign in are gone; what they did stays, under a number.

    Raises UsageError for the last administrator: nobody could manage the site any more.
    """
    administrators = get_user_model().objects.filter(is_superuser=True, is_active=True)
    if account.is_superuser and not administrators.exclude(pk=account.pk).exists():
        raise UsageError("The last administrator cannot leave: make another one first.")
    account_erased.send(sender=type(account), account=account)
    EmailAddress.objects.filter(user=account).delete()
    Authenticator.objects.filter(user=account).delete()
    account.groups.clear()
    account.user_permissions.clear()
    account.username = f"erased-{account.pk}"
    account.first_name = account.last_name = account.email = ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    account.save()
    _sign_out_everywhere(account)


def _sign_out_everywhere(account: AbstractUser) -> None:
    mine = [
        session.pk
        for session in Session.objects.iterator()
        if session.get_decoded().get("_auth_user_id") == str(account.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()
