"""The workshop: where an analyst brings a file, and a release of it is tried, compared and published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _

from odd17.web.accounts.signals import account_erased

if TYPE_CHECKING:  # a model, which cannot be imported before applications are
    from django.contrib.auth.base_user import AbstractBaseUser


def forget(sender: type, account: AbstractBaseUser, **_more: object) -> None:
    """Take the name of an erased person off the trail; what they did stays, under their number."""
    trail = apps.get_model("workshop", "Event").objects
    trail.filter(who=account.get_username()).update(who=f"erased-{account.pk}")


class WorkshopConfig(AppConfig):
    """Pages under ``/atelier/`` for staff; what is done there is kept in the database, and never rewritten."""

    name = "odd17.web.workshop"
    label = "workshop"
    verbose_name = _("Workshop")

    def ready(self) -> None:
        """Hear of those who leave."""
        account_erased.connect(forget)
