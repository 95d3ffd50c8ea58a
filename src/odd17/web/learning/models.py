"""How far somebody is in a module: private, opened by its own secret link, or by its account. It holds no name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from odd17.web.contributions.models import new_token


class Progress(models.Model):
    """What somebody has read and answered of one version of a module; ``passed`` ends the changes to the quiz."""

    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    module = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    read = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    passed = models.DateTimeField(null=True, blank=True)
    begun = models.DateTimeField(auto_now_add=True)
    touched = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("progress in a module")
        verbose_name_plural = _("progress in modules")
        ordering = ("-begun",)

    def __str__(self) -> str:
        return f"{self.module} {self.version}"

    def get_absolute_url(self) -> str:
        """Where its person goes on."""
        return reverse("learning_progress", args=[self.token])
