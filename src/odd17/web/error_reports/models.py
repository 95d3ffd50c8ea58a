"""A reported error, as kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """What a reader says is wrong, and where.

    ``sender`` is a keyed fingerprint of the sender's address and of the day: it serves to slow floods down and says
    nothing more. The e-mail is kept only with the sender's consent.
    """

    class State(models.TextChoices):
        """What became of it."""

        NEW = "new", _("new")
        OPEN = "open", _("being looked at")
        DONE = "done", _("dealt with")

    created = models.DateTimeField(_("date"), auto_now_add=True)
    page = models.CharField(_("page"), max_length=500)
    figure = models.CharField(_("figure"), max_length=100, blank=True)
    message = models.TextField(_("message"), max_length=4000)
    email = models.EmailField(_("e-mail"), blank=True)
    consent = models.BooleanField(_("agrees to be answered"), default=False)
    state = models.CharField(_("state"), max_length=4, choices=State.choices, default=State.NEW)
    sender = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = _("reported error")
        verbose_name_plural = _("reported errors")
        ordering = ("-created",)
        indexes = (models.Index(fields=("sender", "created")),)

    def __str__(self) -> str:
        return f"{self.created:%Y-%m-%d} {self.figure or self.page}"
