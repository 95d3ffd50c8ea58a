"""What can be seen of the figures: coverage, age, absences, how they come in, and the schemas of the tables."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from odd17.publishing.table_schemas import FILES, published_schemas
from odd17.workflows.pull_status import STATUS
from odd17.workflows.releases import current_release


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def test_the_coverage_page_has_the_16_domains_and_says_how_to_bring_figures_in(client: Client) -> None:
    page = body(client, "/couverture/")
    main = page.split("<main")[1]
    assert main.count('scope="row"') == 16
    assert "odd17 data pull --domain health --build" in main
    assert "pas encore apportés" in main
    assert "chiffre ancien" in main  # the report's figures of 2016 to 2019


def test_the_coverage_page_tells_the_gaps_of_the_catalogue(client: Client) -> None:
    page = body(client, "/en/couverture/")
    gaps = current_release().catalogue.domains["health"].gaps
    assert gaps
    assert gaps[0].why.en[:40] in page


def test_an_old_figure_is_flagged_on_its_territory_indicator_and_in_the_api(client: Client) -> None:
    assert "chiffre ancien (" in body(client, "/territoires/REG-53-bretagne/")
    page = body(client, "/en/indicateurs/unemployment_rate/")
    assert "Old figure: its period ended" in page
    answer = client.get("/api/v1/territories/REG-53/diagnosis").json()
    flags = [flag for item in answer["domains"] for figure in item["figures"] for flag in figure["flags"]]
    old = [flag for flag in flags if flag["code"] == "out_of_date"]
    assert old
    assert "mois avant cette publication" in json.dumps(old[0], ensure_ascii=False)


def test_the_indicator_page_correlates_the_indicators_of_a_domain(client: Client) -> None:
    page = body(client, "/en/indicateurs/digital_access_2016/")
    assert "How it goes with the others of its domain" in page
    assert "Spearman (ranks)" in page
    assert "How it goes" not in body(client, "/en/indicateurs/population/")


def test_territories_without_a_figure_are_named_with_a_link(client: Client) -> None:
    page = body(client, "/indicateurs/unemployment_rate/")
    assert "/indicateurs/unemployment_rate/sans-chiffre/REG/" in page
    listed = body(client, "/indicateurs/unemployment_rate/sans-chiffre/REG/")
    assert "/territoires/REG-04-la-reunion/" in listed
    assert client.get("/indicateurs/unemployment_rate/sans-chiffre/COM/").status_code == 404
    assert client.get("/indicateurs/nothing/sans-chiffre/REG/").status_code == 404
    assert client.get("/indicateurs/unemployment_rate/sans-chiffre/XX/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/donnees/"])
def test_home_and_data_say_which_domains_have_figures(client: Client, path: str) -> None:
    page = body(client, path)
    assert "Aucun chiffre encore pour" in page
    assert "<code>odd17 data pull --build</code>" in page
    assert 'hx-get="/apports/"' in page
    assert '<a href="/apports/">' in page


class TestProgress:
    """The pull's own file, read at each demand."""

    @pytest.fixture(autouse=True)
    def _status(self, site_home: Path) -> Iterator[None]:
        yield
        (site_home / STATUS).unlink(missing_ok=True)

    def write(self, home: Path, **facts: object) -> None:
        title = {"fr": "Filosofi", "en": "Filosofi, en"}
        document = {
            "state": "running", "process": os.getpid(), "started": "2026-11-25T10:00:00+00:00",
            "updated": "2026-11-25T10:01:00+00:00", "done": 3, "total": 9, "doing": "fetch", "current": title,
            "fetched": [title], "failed": [], "release": None,
        }  # fmt: skip
        (home / STATUS).write_text(json.dumps(document | facts))

    def test_nothing_was_begun(self, client: Client) -> None:
        assert "Aucun apport" in body(client, "/apports/")

    def test_running_asks_again_and_says_how_to_switch_it_off(self, client: Client, site_home: Path) -> None:
        self.write(site_home)
        part = client.get("/apports/?morceau=1")
        text = part.content.decode()
        assert "<html" not in text
        assert 'hx-trigger="every 5s"' in text
        assert "3 sources sur 9" in text
        assert "ODD17_PULL=off" in text
        assert "Filosofi" in text
        assert "no-store" in part.headers["Cache-Control"]
        assert "every 5s" not in body(client, "/apports/")  # without JavaScript, a link to look again
        assert "Regarder de nouveau" in body(client, "/apports/")

    def test_what_ended_does_not_ask_again(self, client: Client, site_home: Path) -> None:
        self.write(site_home, state="done", failed=[{"title": {"fr": "Lovac", "en": "Lovac"}, "why": "<b>404</b>"}])
        text = client.get("/apports/?morceau=1").content.decode()
        assert "every 5s" not in text
        assert "1 source a échoué" in text
        assert "&lt;b&gt;404" in text

    def test_offline_is_said(self, client: Client, site_home: Path) -> None:
        self.write(site_home, state="offline")
        assert "n’atteint aucun producteur" in body(client, "/apports/")

    def test_a_dead_process_is_not_running(self, client: Client, site_home: Path) -> None:
        self.write(site_home, process=2**22 - 1)
        assert "s’est arrêté après 3 sources sur 9" in body(client, "/apports/")


EACH_FILE = [
    (name, version, file) for name, versions in published_schemas().items() for version in versions for file in FILES
]


@pytest.mark.parametrize(("name", "version", "file"), EACH_FILE)
def test_each_schema_file_is_served(client: Client, name: str, version: str, file: str) -> None:
    response = client.get(f"/schemas/{name}/{version}/{file}")
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    if file == "schema.json":
        schema = response.json()
        assert schema["path"] == f"http://localhost/schemas/{name}/{version}/schema.json"
        assert client.get(schema["resources"][0]["path"]).status_code == 200


@pytest.mark.parametrize(
    "path", ["/schemas/x/1.0.0/schema.json", "/schemas/odd17-scores/9.9.9/schema.json", "/schemas/odd17-scores/1.0.0/x"]
)
def test_what_is_not_published_is_a_404(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_index_of_schemas_links_each_file(client: Client) -> None:
    for address in ("/schemas/", "/en/schemas/"):
        page = body(client, address)
        for name, version, file in EACH_FILE:
            assert f'href="/schemas/{name}/{version}/{file}"' in page
