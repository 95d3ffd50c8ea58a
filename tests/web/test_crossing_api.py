"""The API's answers on studies and the crossing: empty and said so in a real release, whole in the demonstration."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from odd17.store.releases import Release
from odd17.workflows.demonstration import build_demonstration


@pytest.fixture(scope="module")
def demonstration(site_home: Path) -> Iterator[Release]:
    """The demonstration beside the real release."""
    yield build_demonstration(site_home)
    shutil.rmtree(site_home / "demonstration")


def test_without_a_study_the_answers_are_empty_and_say_so(client: Client) -> None:
    answer = client.get("/api/v1/territories/REG-53/crossing?lang=en").json()
    assert answer["reason"]["code"] == "no_study"
    assert len(answer["domains"]) == 16
    assert client.get("/api/v1/studies").json() == []
    told = client.get("/api/v1/perceptions").json()
    assert (told["total"], told["rows"], told["studies"]) == (0, [], [])


def test_a_crossing_has_every_number_with_its_interval(client: Client, demonstration: Release) -> None:
    answer = client.get("/demonstration/api/v1/territories/REG-53/crossing?lang=fr").json()
    assert answer["fictitious"] is True
    assert answer["actors"] == ["citizens", "elected_officials", "companies", "associations"]
    culture = next(row for row in answer["domains"] if row["domain"] == "culture")
    view = culture["views"][0]
    assert view["gap"]["value"] == view["objective"]["value"] - view["rank"]["value"]
    assert sum(view["probabilities"].values()) == pytest.approx(1)
    assert view["share"]["n"]
    assert view["text"].startswith("Culture")
    assert culture["priority"]["reasons"]
    assert {study["id"] for study in answer["studies"]} == {
        view["study"] for row in answer["domains"] for view in row["views"]
    }


def test_perceptions_are_filtered_and_paged(client: Client, demonstration: Release) -> None:
    address = "/demonstration/api/v1/perceptions?territory=REG-53&measure=fragile&domain=emploi"
    answer = client.get(address).json()
    assert answer["total"] == 8  # four actors, two waves
    assert {row["domain"] for row in answer["rows"]} == {"employment"}
    one = client.get(f"{address}&actor=citoyens&study=demo-citizens-2025").json()
    assert one["total"] == 1
    assert one["studies"][0]["citation"] == demonstration.studies["demo-citizens-2025"].mention
    part = client.get(f"{address}&start=6&limit=5").json()
    assert len(part["rows"]) == 2


def test_studies_say_who_was_asked(client: Client, demonstration: Release) -> None:
    answer = client.get("/demonstration/api/v1/studies?lang=en").json()
    assert [study["id"] for study in answer] == sorted(demonstration.studies)
    assert all(study["asked"] and study["design"] and study["citation"] and study["questions"] for study in answer)


@pytest.mark.parametrize("query", ["actor=nobody", "domain=nothing", "study=none"])
def test_what_is_unknown_is_refused(client: Client, query: str) -> None:
    response = client.get(f"/api/v1/perceptions?{query}")
    assert response.status_code == 400
    assert response.json()["error"] == "bad_request"


def test_an_unknown_measure_is_refused(client: Client) -> None:
    assert client.get("/api/v1/perceptions?measure=mood").status_code == 422
