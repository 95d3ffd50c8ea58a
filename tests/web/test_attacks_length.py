"""One form of a megabyte does not hold the site."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client


def lines(count: int) -> str:
    return "\n".join(f"z{number:x}" for number in range(count))


def test_a_form_of_many_thousand_places_is_refused_before_they_are_looked_up(
    client: Client, stamp: Callable[[], str]
) -> None:
    told = {"name": "La Fabrique", "kind": "catalyst", "contact": "C.", "email": "c@example.org", "consent": "on"}
    answer = client.post("/catalyseurs/proposer/", told | {"stamp": stamp(), "territories": lines(20_000)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Trop de lieux" in page
    assert len(page) < 300_000  # one sentence, and what was typed: not a sentence a line


@pytest.mark.parametrize(
    ("count", "refused"), [(300, "No territory|Aucun territoire"), (301, "Too many|Trop de lieux")]
)
def test_places_are_looked_up_to_a_limit(site_home: object, count: int, refused: str) -> None:
    from odd17.web.practices.fields import TerritoriesFormField  # noqa: PLC0415 - once Django is set up

    with pytest.raises(ValidationError, match=refused):
        TerritoriesFormField().clean(lines(count))
