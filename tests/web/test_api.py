"""The API: its contract, its figures, its errors."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from odd17.workflows.releases import current_release

SNAPSHOT = Path(__file__).resolve().parents[2] / "docs" / "reference" / "openapi.json"


@pytest.fixture
def reference(site_home: Path) -> ModuleType:
    """The module of the contract: it can only be imported once the site is set up."""
    return import_module("odd17.web.api.reference")


def test_the_contract_is_the_committed_one(reference: ModuleType) -> None:
    assert reference.openapi_text() == SNAPSHOT.read_text(encoding="utf-8"), "run: python scripts/openapi.py"


def test_the_contract_is_openapi_3_1_and_names_no_host(reference: ModuleType) -> None:
    contract = json.loads(reference.openapi_text())
    assert contract["openapi"].startswith("3.1")
    assert "://" not in reference.openapi_text()
    for path in contract["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            assert set(operation["responses"]) >= {"200", "404", "422"}


def test_the_contract_is_served(client: Client, reference: ModuleType) -> None:
    assert client.get("/api/v1/openapi.json").json() == json.loads(reference.openapi_text())


WRITTEN_BY_PEOPLE = {"practices", "programmes", "catalysts", "calls", "resources"}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_example_of_the_reference_answers(client: Client, reference: ModuleType, language: str) -> None:
    examples = [operation.example for operation in reference.operations() if operation.example]
    assert len(examples) >= 10
    for example in examples:
        assert "{" not in example
        joined = "&" if "?" in example else "?"
        response = client.get(f"{example}{joined}lang={language}")
        assert response.status_code == 200, (example, response.content)
        # what people write is never kept: a contact that is withdrawn leaves the next answer
        room = example.removeprefix("/api/v1/").split("/")[0].split("?")[0]
        assert ("ETag" in response.headers) != (room in WRITTEN_BY_PEOPLE)


def test_a_diagnosis_gives_raw_numbers_statuses_and_reasons(client: Client) -> None:
    answer = client.get("/api/v1/territories/REG-53/diagnosis?compare=REG-52&lang=en").json()
    assert answer["release"] == current_release().id
    assert len(answer["domains"]) == 16
    employment = next(item for item in answer["domains"] if item["id"] == "employment")
    (figure,) = employment["figures"]
    assert (figure["value"], figure["period"], figure["obs_status"]) == (7.2, "2019-Q1", "V")
    assert figure["flags"][0]["code"] == "transcribed_unverified"
    rank = employment["score"]["rank"]
    assert (rank["value"], rank["of"], rank["tied"], rank["peers"]) == (12, 13, 1, "REG-metropolitan")
    assert employment["others"][0]["territory"] == "REG-52"
    health = next(item for item in answer["domains"] if item["id"] == "health")
    assert health["score"]["value"] is None
    assert health["score"]["refusal"]["text"] == "No figure yet for this domain in this release."


def test_a_ranking_can_be_read_in_parts(client: Client) -> None:
    whole = client.get("/api/v1/domains/emploi/ranking").json()
    part = client.get("/api/v1/domains/employment/ranking?start=3&count=2").json()
    assert whole["scored"] == len(whole["rows"]) == 13
    assert part["rows"] == whole["rows"][3:5]


def test_territories_are_found_and_listed(client: Client) -> None:
    assert client.get("/api/v1/territories?q=saint-etienne").json()[0]["id"] == "COM-42218"
    assert len(client.get("/api/v1/territories?level=REG&limit=100").json()) == 18
    second = client.get("/api/v1/territories?level=DEP&start=1&limit=1").json()
    assert [item["id"] for item in second] == ["DEP-02"]


def test_a_former_commune_is_answered_by_the_one_that_holds_it(client: Client) -> None:
    found = client.get("/api/v1/territories?q=annecy-le-vieux").json()
    assert [(item["id"], item["former"]) for item in found] == [
        ("COM-74010", {"code": "74011", "name": "Annecy-le-Vieux"})
    ]
    assert client.get("/api/v1/territories?q=annecy-le-vieux&level=REG").json() == []
    assert client.get("/api/v1/territories?q=rennes&limit=1").json()[0]["former"] is None
    gone = client.get("/api/v1/territories/COM-74011/diagnosis")
    assert gone.status_code == 404
    assert gone.json()["suggestions"] == ["COM-74010 (Annecy)"]


@pytest.mark.parametrize(
    ("path", "status", "error"),
    [
        ("/api/v1/territories/53", 409, "ambiguous_territory"),
        ("/api/v1/territories/nowhere", 404, "unknown_territory"),
        ("/api/v1/territories/REG-53/diagnosis?compare=nowhere", 404, "unknown_territory"),
        ("/api/v1/compare?t=REG-53", 400, "bad_request"),
        ("/api/v1/compare", 422, "invalid_parameter"),
        ("/api/v1/territories?limit=0", 422, "invalid_parameter"),
        ("/api/v1/territories?level=CANTON", 422, "invalid_parameter"),
        ("/api/v1/domains?lang=de", 422, "invalid_parameter"),
        ("/api/v1/domains/nothing/ranking", 400, "bad_request"),
        ("/api/v1/domains/emploi/ranking?peers=nobody", 400, "bad_request"),
        ("/api/v1/indicators/nothing", 404, "not_found"),
        ("/api/v1/method/nobody", 400, "bad_request"),
        ("/api/v1/nothing", 404, "not_found"),
        ("/r/2001-01-01-00000000/api/v1/domains", 404, "not_found"),
    ],
)
def test_an_error_is_json_that_names_its_remedy(client: Client, path: str, status: int, error: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    answer = response.json()
    assert answer["error"] == error
    assert answer["message"]
    assert answer["remedy"]


def test_a_territory_that_may_be_two_names_both(client: Client) -> None:
    assert client.get("/api/v1/territories/53").json()["suggestions"] == ["REG-53", "DEP-53"]
