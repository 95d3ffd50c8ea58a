"""The roles: what each may do. A contributor is anyone with an account."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Workflow, WorkflowContentType, WorkflowTask

from odd17.web.contributions.models import Moderation

MODERATOR = "moderator"
EDITOR = "editor"
ADMINISTRATOR = "administrator"
"""A moderator answers proposals, an editor also publishes, an administrator also manages accounts."""

_READS = (
    "wagtailadmin.access_admin",
    "practices.view_practice",
    "practices.change_practice",
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
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "error_reports.view_errorreport",
    "error_reports.change_errorreport",
    "resources.handle_request",
)
_RIGHTS = {
    MODERATOR: _READS,
    EDITOR: _EDITS,
    ADMINISTRATOR: (
        *_EDITS,
        "practices.delete_practice",
        "auth.view_user",
        "auth.add_user",
        "auth.change_user",
        "workshop.view_event",
        "self_diagnosis.open_mirror",
    ),
}
_MODERATION = "Practices"


def roles_ensure() -> None:
    """Make the groups with their rights, and the moderation that practices pass; run after migrations, each time.

    Groups and moderation that an earlier start made stay as administrators have changed them.
    """
    for role, rights in _RIGHTS.items():
        group, made = Group.objects.get_or_create(name=role)
        if made:
            named = [right.split(".") for right in rights]
            found = [Permission.objects.get(content_type__app_label=app, codename=name) for app, name in named]
            group.permissions.set(found)
    task, _made = Moderation.objects.get_or_create(name=_MODERATION)
    task.groups.add(*Group.objects.filter(name__in=_RIGHTS))
    flow, made = Workflow.objects.get_or_create(name=_MODERATION)
    if made:
        WorkflowTask.objects.create(workflow=flow, task=task)
        practice = ContentType.objects.get(app_label="practices", model="practice")
        WorkflowContentType.objects.get_or_create(content_type=practice, defaults={"workflow": flow})
