"""A translation begins as a draft: the copy that the desk makes still has the words of the original."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Self

from wagtail.models import Locale, TranslatableMixin

_STATES = (
    "live", "has_unpublished_changes", "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired",
    "latest_revision", "live_revision", "locked", "locked_at", "locked_by",
)  # fmt: skip


class DraftTranslated(TranslatableMixin):
    """A model whose translations begin as drafts, without the fields that are ``original_alone``."""

    original_alone: ClassVar[tuple[str, ...]] = ()

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def copy_for_translation(self, locale: Locale, exclude_fields: Iterable[str] | None = None) -> Self:
        """The draft, not saved yet."""
        left_out = [*(exclude_fields or ()), *_STATES, *self.original_alone]
        made: Self = super().copy_for_translation(locale, exclude_fields=left_out)
        made.live = False
        return made
