"""Documents of an alliance: put in once, taken away with a trace."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from odd17.web.contributions.files import FileRefused, TakenFile

from .models import Alliance, AllianceDocument, DocumentRemoval, Person

MOST_DOCUMENTS: Final = 100
"""That stand at once in an alliance."""


def standing(alliance: Alliance) -> QuerySet[AllianceDocument]:
    """The documents that were not taken away."""
    return alliance.documents.filter(removal=None)


@transaction.atomic
def document_add(
    *, alliance: Alliance, place: Person, file: TakenFile, about: str, account: AbstractUser
) -> AllianceDocument:
    """Keep a file, once; raises FileRefused where there are enough."""
    locked = Alliance.objects.select_for_update().get(pk=alliance.pk)
    same = standing(locked).filter(digest=file.digest).first()
    if same is not None:
        return same
    if standing(locked).count() >= MOST_DOCUMENTS:
        raise FileRefused(_("A hundred documents at most: take one away first."))
    kept = AllianceDocument(
        alliance=locked, partner=place.partner, by=account, name=file.name, about=about, kind=file.kind,
        size=len(file.content), digest=file.digest,
    )  # fmt: skip
    kept.file.save(f"{locked.pk}-{file.digest[:16]}", ContentFile(file.content), save=False)
    try:
        kept.save()
    except Exception:
        kept.file.delete(save=False)
        raise
    return kept


@transaction.atomic
def document_remove(*, document: AllianceDocument, account: AbstractUser) -> None:
    """Take a document away: its bytes go, who put it and who took it away stay. A second time changes nothing."""
    locked = AllianceDocument.objects.select_for_update().get(pk=document.pk)
    if DocumentRemoval.objects.filter(document=locked).exists():
        return
    DocumentRemoval.objects.create(document=locked, by=account)
    storage, name = locked.file.storage, locked.file.name
    transaction.on_commit(lambda: storage.delete(name), robust=True)
