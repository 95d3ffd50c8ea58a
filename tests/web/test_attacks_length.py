"""One form of a megabyte does not hold the site, and nobody fills its disk without so much as an address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
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


def test_one_machine_sends_a_few_files_an_hour_whatever_the_proposals(author: Any) -> None:
    statuses = []
    for first in (0, 6, 12, 18, 24, 30):
        person = author(f"a{first}@example.org")
        person.begin()
        for number in range(first, first + 6):
            file = SimpleUploadedFile("bilan.pdf", f"%PDF-1.7\n{number}\n%%EOF\n".encode(), "application/pdf")
            answer = person.client.post(f"{person.path}results/", {"file": file, "caption": "", "attach": "1"})
            statuses.append(answer.status_code)
    assert statuses == [302] * 30 + [429] * 6
