"""What self-diagnosis hears of: people who ask what is kept of them, and people who leave."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.dispatch import receiver
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from odd17.web.accounts.holdings import Held, Holding
from odd17.web.accounts.signals import account_erased, account_opened, account_told
from odd17.workflows.questionnaires import questionnaires

from .models import Answering, MirrorAccess
from .services import answering_erase


@receiver(account_opened)
def opened(account: AbstractUser, **_more: Any) -> Holding:
    """What an account answered, of versions of which the file is still there."""
    known = questionnaires()
    return Holding(
        _("Your self-diagnoses"),
        tuple(
            Held(known[one.questionnaire, one.version].title, one.get_absolute_url(), date_format(one.begun))
            for one in Answering.objects.filter(account=account)
            if (one.questionnaire, one.version) in known
        ),
    )


@receiver(account_told)
def told(account: AbstractUser, **_more: Any) -> dict[str, Any]:
    """What an account answered."""
    return {"self_diagnosis": [answering_data(one) for one in Answering.objects.filter(account=account)]}


@receiver(account_erased)
def erased(account: AbstractUser, **_more: Any) -> None:
    """A person leaves: their answers go, and leave the mirror."""
    for one in Answering.objects.filter(account=account):
        answering_erase(answering=one)
    MirrorAccess.objects.filter(opened_by=account).update(opened_by=None)


def answering_data(answering: Answering) -> dict[str, Any]:
    """All that is kept of one person's answers."""
    return {
        "questionnaire": answering.questionnaire,
        "version": answering.version,
        "begun": answering.begun.isoformat(),
        "finished": answering.finished and answering.finished.isoformat(),
        "answers": answering.answers,
        "mirror": None
        if answering.consented is None
        else {
            "consented": answering.consented.isoformat(),
            "words": answering.consent_words,
            "organisation": answering.organisation,
            "kind": answering.kind,
            "size": answering.size,
            "territory": answering.territory,
        },
    }
