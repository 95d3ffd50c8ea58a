"""The roles of a home that an earlier odd17 began: what came since follows, what administrators took away does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

ROLES = ("moderator", "editor", "administrator")
LATER = {
    "newsletter": {"add_letter", "change_letter", "delete_letter", "view_letter", "send_letter"},
    "library": {"view_resource", "change_resource", "add_resource", "publish_resource", "lock_resource",
                "unlock_resource"},
    "self_diagnosis": {"write_questionnaire"},
    "resources": {"handle_request"},
}  # fmt: skip
"""What an editor may do with what came after practices."""


def model(app: str, name: str) -> Any:
    return apps.get_model(app, name)


def group(role: str) -> Any:
    return model("auth", "Group").objects.get(name=role)


def held(role: str) -> set[str]:
    rows = group(role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{name}" for app, name in rows}


def files(role: str) -> int:
    return model("wagtailcore", "GroupCollectionPermission").objects.filter(group__name=role).count()


def moderated() -> set[str]:
    return set(model("wagtailcore", "WorkflowContentType").objects.values_list("content_type__model", flat=True))


@pytest.fixture(autouse=True)
def _as_it_was(site_home: object) -> Iterator[None]:
    kept = {role: list(group(role).permissions.all()) for role in ROLES}
    yield
    call_command("roles_ensure")
    for role, rights in kept.items():
        group(role).permissions.set(rights)


@pytest.fixture
def before_the_library() -> dict[str, set[str]]:
    """The groups as they were before the library, the newsletter, requests and questionnaires; what each held."""
    for role in ROLES:
        later = [one for one in group(role).permissions.all() if one.content_type.app_label in LATER]
        assert role == "moderator" or later
        group(role).permissions.remove(*later)
    mirror = model("auth", "Permission").objects.get(codename="open_mirror")
    group("administrator").permissions.add(mirror)  # it was there before questionnaires were written
    model("wagtailcore", "GroupCollectionPermission").objects.filter(group__name__in=ROLES).delete()
    model("wagtailcore", "WorkflowContentType").objects.filter(content_type__model="resource").delete()
    model("accounts", "GivenOnce").objects.all().delete()
    return {role: held(role) for role in ROLES}


def test_an_older_home_gets_the_rights_of_what_came_since(before_the_library: dict[str, set[str]]) -> None:
    call_command("roles_ensure")
    new = {f"{app}.{name}" for app, names in LATER.items() for name in names}
    assert held("editor") - before_the_library["editor"] == new
    assert held("administrator") - before_the_library["administrator"] == {*new, "library.delete_resource"}
    assert held("moderator") - before_the_library["moderator"] == {"library.view_resource", "library.change_resource"}
    assert [files(role) for role in ROLES] == [0, 4, 4]
    assert moderated() == {"practice", "resource"}


def test_an_editor_of_an_older_home_writes_a_letter(before_the_library: object, with_role: Any) -> None:
    path = "/admin/snippets/newsletter/letter/add/"
    editor: Client = with_role("editor")
    assert editor.get(path).status_code == 403
    call_command("roles_ensure")
    assert editor.get(path).status_code == 200


def test_what_an_administrator_took_from_an_older_group_stays_away(before_the_library: object) -> None:
    editors = group("editor")
    editors.permissions.remove(*editors.permissions.filter(codename="publish_practice"))
    call_command("roles_ensure")
    call_command("roles_ensure")
    assert "practices.publish_practice" not in held("editor")
    assert "newsletter.send_letter" in held("editor")


def test_what_was_given_is_given_once(site_home: object) -> None:
    before = {role: held(role) for role in ROLES}
    call_command("roles_ensure")
    assert {role: held(role) for role in ROLES} == before
    for role in ROLES[1:]:  # even from every group at once
        group(role).permissions.remove(*group(role).permissions.filter(codename="send_letter"))
    rows = model("wagtailcore", "GroupCollectionPermission").objects.filter(group__name="editor")
    rows.first().delete()
    model("wagtailcore", "WorkflowContentType").objects.filter(content_type__model="resource").delete()
    call_command("roles_ensure")
    call_command("roles_ensure")
    try:
        assert held("editor") == before["editor"] - {"newsletter.send_letter"}
        assert held("administrator") == before["administrator"] - {"newsletter.send_letter"}
        assert files("editor") == 3
        assert moderated() == {"practice"}
    finally:
        model("accounts", "GivenOnce").objects.filter(what__contains=" files").delete()
        model("accounts", "GivenOnce").objects.filter(what__contains=" moderation").delete()


def test_a_group_that_was_removed_is_made_with_all_its_rights(site_home: object) -> None:
    before = held("moderator")
    group("moderator").delete()
    call_command("roles_ensure")
    assert held("moderator") == before
