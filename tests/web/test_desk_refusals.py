"""Addresses of the desk, reached directly: 403 for who is signed in without the right, the way in for who is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

OPEN = {"sprite/", "jsi18n/", "login/", "password_reset/"}  # what the way in needs; no way in of the desk's own
REFUSED = "Votre compte n’a pas le droit d’ouvrir cette page"
PARTS = {"int": "1", "str": "x", "slug": "x", "uuid": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "path": "x"}
MODERATOR = [  # beyond a moderator: accounts, figures of the site, settings of the desk, what editors write and publish
    "/admin/snippets/practices/practice/add/",
    "/admin/snippets/library/resource/add/",
    "/admin/snippets/newsletter/letter/",
    "/admin/practices/duplicates/",
    "/admin/error_reports/",
    "/admin/trail/",
    "/admin/users/",
    "/admin/users/new/",
    "/admin/groups/",
    "/admin/groups/new/",
    "/admin/images/",
    "/admin/images/add/",
    "/admin/documents/",
    "/admin/documents/add/",
    "/admin/collections/",
    "/admin/collections/add/",
    "/admin/workflows/list/",
    "/admin/workflows/add/",
    "/admin/sites/",
    "/admin/sites/new/",
]


def addresses(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every address under ``patterns``, with something in the place of each part that varies."""
    for pattern in patterns:
        filled = str(pattern.pattern).removeprefix("^").removesuffix("$")
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            filled = filled.replace(f"<{kind}:{name}>", PARTS[kind]).replace(f"<{name}>", "x")
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + filled)
        elif not set("(*") & set(filled):
            yield before + filled


def desk() -> list[str]:
    """The addresses of the desk, but for those that are open."""
    found = [
        f"/{path}"
        for resolver in get_resolver().url_patterns
        if isinstance(resolver, URLResolver) and str(resolver.pattern) == "admin/"
        for path in addresses(resolver.url_patterns, "admin/")
    ]
    return [path for path in found if not any(path.startswith(f"/admin/{part}") for part in OPEN)]


def test_every_address_of_the_desk_asks_who_is_not_signed_in_to_do_so(client: Client) -> None:
    found = desk()
    assert len(found) > 200
    assert {"/admin/", "/admin/practices/duplicates/", "/admin/snippets/practices/practice/edit/1/"} <= set(found)
    for path in found:
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Location", "").partition("?")[0]) == (302, "/comptes/login/"), (
            path
        )


def test_every_address_of_the_desk_refuses_who_has_no_role(with_role) -> None:
    somebody = with_role("")
    for path in desk():
        answer = somebody.get(path)
        assert answer.status_code == 403, path
        assert REFUSED in answer.content.decode(), path
        assert somebody.post(path).status_code == 403, path
    said = somebody.get("/comptes/").content.decode()
    assert "admin" not in said  # nor does a word of it wait for the next page


@pytest.mark.parametrize("path", MODERATOR)
def test_a_moderator_is_refused_what_is_not_theirs(with_role, path: str) -> None:
    moderator = with_role("moderator")
    answer = moderator.get(path)
    assert answer.status_code == 403
    assert REFUSED in answer.content.decode()
    assert "pas le droit" not in moderator.get("/admin/").content.decode()


def test_what_a_moderator_may_do_still_opens(with_role) -> None:
    moderator = with_role("moderator")
    for path in ("/admin/", "/admin/snippets/practices/practice/", "/admin/proposals/", "/admin/account/"):
        assert moderator.get(path).status_code == 200, path
