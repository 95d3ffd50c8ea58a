"""The roles: what each may do. A contributor is anyone with an account."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Collection, GroupCollectionPermission, Workflow, WorkflowContentType, WorkflowTask

from odd17.web.contributions.models import Moderation

from .models import GivenOnce

MODERATOR = "moderator"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
"""A moderator answers proposals, an editor also publishes, an administrator also manages accounts."""

_READS = (
    "wagtailadmin.access_admin",
    "practices.view_practice",
    "practices.change_practice",
    "library.view_resource",
    "library.change_resource",
    "contributions.view_contribution",
    "contributions.view_attachment",
    "contributions.change_attachment",
    "catalysts.moderate_entry",
)
_EDITS = (
    *_READS,
    "practices.add_practice",
    "practices.publish_practice",
    "practices.lock_practice",
    "practices.unlock_practice",
    "library.add_resource",
    "library.publish_resource",
    "library.lock_resource",
    "library.unlock_resource",
    "simple_translation.submit_translation",
    "newsletter.add_letter",
    "newsletter.change_letter",
    "newsletter.delete_letter",
    "newsletter.view_letter",
    "newsletter.send_letter",
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "error_reports.view_errorreport",
    "error_reports.change_errorreport",
    "resources.handle_request",
    "self_diagnosis.write_questionnaire",
)
_RIGHTS = {
    MODERATOR: _READS,
    EDITOR: _EDITS,
    ADMINISTRATOR: (
        *_EDITS,
        "practices.delete_practice",
        "library.delete_resource",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "workshop.view_event",
        "self_diagnosis.open_mirror",
    ),
}
_FILES = (
    "wagtaildocs.add_document",
    "wagtaildocs.choose_document",
    "wagtailimages.add_image",
    "wagtailimages.choose_image",
)
"""What editors may do with files; Wagtail asks for it by collection."""

_MODERATION = "Relecture"  # shown at the desk, where it may be renamed
_MODERATED = ("practices.practice", "library.resource")


@transaction.atomic
def roles_ensure() -> None:
    """Make the groups with their rights, and what practices and resources pass; run after migrations, each time.

    Each thing is given once: what a later odd17 brings follows, and what administrators took away stays away.
    """
    given = _given()
    now = set()
    for role, rights in _RIGHTS.items():
        group, made = Group.objects.get_or_create(name=role)
        told = {right: f"{role} {right}" for right in rights}
        group.permissions.add(*_permissions(right for right, what in told.items() if made or what not in given))
        now |= {*told.values()}
        if role != MODERATOR:
            now.add(files := f"{role} files")
            if made or files not in given:
                _give_files(group)
    task, _made = Moderation.objects.get_or_create(name=_MODERATION)
    task.groups.add(*Group.objects.filter(name__in=_RIGHTS))
    flow, made = Workflow.objects.get_or_create(name=_MODERATION)
    if made:
        WorkflowTask.objects.create(workflow=flow, task=task)
    for what in _MODERATED:
        now.add(passed := f"{what} moderation")
        if made or passed not in given:
            app, model = what.split(".")
            kind = ContentType.objects.get(app_label=app, model=model)
            WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": flow})
    GivenOnce.objects.bulk_create([GivenOnce(what=what) for what in sorted(now)], ignore_conflicts=True)


def _given() -> set[str]:
    """What was given before. Of groups older than these notes: the rights that at least one of them holds."""
    if noted := set(GivenOnce.objects.values_list("what", flat=True)):
        return noted
    rows = Permission.objects.filter(group__name__in=_RIGHTS).values_list("content_type__app_label", "codename")
    held = {f"{app}.{name}" for app, name in rows}
    given = {f"{role} {right}" for role, rights in _RIGHTS.items() for right in rights if right in held}
    if GroupCollectionPermission.objects.filter(permission__codename="add_document", group__name__in=_RIGHTS).exists():
        given |= {f"{role} files" for role in _RIGHTS}
    if Workflow.objects.filter(name=_MODERATION).exists():
        given.add(f"{_MODERATED[0]} moderation")
    return given


def _give_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    for permission in _permissions(_FILES):
        GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def _permissions(rights: Iterable[str]) -> list[Permission]:
    named = (right.split(".") for right in rights)
    return [Permission.objects.get(content_type__app_label=app, codename=name) for app, name in named]
