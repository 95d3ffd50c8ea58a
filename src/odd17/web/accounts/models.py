"""What was given once at a start: what administrators take away afterwards stays away."""

from __future__ import annotations

from django.db import models


class GivenOnce(models.Model):
    """A right that a role was given, or a kind of content that moderation was given."""

    what = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.what
