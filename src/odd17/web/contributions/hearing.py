"""What proposals hear of: each signal is handed to the service that answers it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState
from wagtail.signals import published, workflow_rejected

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told
from odd17.web.practices.models import Practice

from .personal import account_data, account_forget
from .selectors import contributions_of
from .services import contribution_answer, contribution_publish


@receiver(workflow_rejected)
def answered(instance: WorkflowState, **_more: Any) -> None:
    """A moderator asked for changes, or declined."""
    practice = instance.content_object
    if isinstance(practice, Practice):
        contribution_answer(practice=practice.pk, comment=instance.current_task_state.comment)


@receiver(published, sender=Practice)
def made_public(instance: Practice, **_more: Any) -> None:
    """A practice became public."""
    contribution_publish(practice=instance.pk)


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """The practices that an account proposed."""
    proposed = contributions_of(account)
    return Holding(
        _("Your proposals"), tuple(Held(str(one), one.get_absolute_url(), one.get_state_display()) for one in proposed)
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What is kept of an account here."""
    return account_data(account)


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves."""
    account_forget(account)
