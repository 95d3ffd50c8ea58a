"""Change over time and the intervals of ranks, as pages show them, on fictional figures of five years."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.test import Client

from odd17.core.kernel import domains
from odd17.core.territories.levels import Level
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset

YEARS = range(2017, 2022)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, site_home: Path) -> Path:
    """A home beside the site's, whose regions have two fictional indicators a domain over five years."""
    folder, made = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("home")
    (made / "static").symlink_to(site_home / "static")
    codes = [code.removeprefix("REG-") for code in load_shipped_cog().at(Level.REGION)]
    names = {f"{domain.id}_{at}": domain.id for domain in domains() for at in (1, 2)}
    lines = [",".join(["code", "year", *names])]
    for at, code in enumerate(codes):
        for year in YEARS:
            values = (f"{(at * (5 + place) + year * (place % 3)) % 17 + 0.5}" for place in range(len(names)))
            lines.append(",".join([code, str(year), *values]))
    (folder / "regions.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = {
        "id": "regions",
        "title": "Fictional",
        "source": {"producer": "Nobody", "citation": "Made up", "licence": "none", "published": "2026-01-01"},
        "territories": {"column": "code", "level": "REG", "vintage": 2026},
        "period": {"column": "year"},
        "columns": {name: name for name in names},
        "indicators": {
            name: {
                "name": {"fr": name, "en": name},
                "definition": {"fr": name, "en": name},
                "unit": "percent",
                "direction": "fragility_up",
                "domain": domain,
            }
            for name, domain in names.items()
        },
    }
    (folder / "regions.yml").write_text(yaml.safe_dump(dataset), encoding="utf-8")
    import_dataset(folder / "regions.csv", folder / "regions.yml", home=made, cog=load_shipped_cog())
    build_release(home=made)
    return made


@pytest.fixture
def seen(home: Path, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setenv("ODD17_HOME", str(home))
    return client


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return str(response.content.decode())


def test_the_page_of_a_territory_tells_each_figure_over_time_with_chart_table_and_files(seen: Client) -> None:
    page = body(seen, "/en/territoires/REG-53-bretagne/")
    course = page.split('id="c-sport_1"')[1].split("</details>")[0]
    assert "From 2017 to 2021:" in course
    assert "Slope:" in course
    assert "<svg" in course
    assert course.count('scope="row"') == 5
    assert "Median of the 13 metropolitan regions" in course
    for file in ("sport_1.svg", "sport_1.png", "sport_1/csv", "sport_1/tableur-fr", "sport_1/xlsx"):
        address = f"/en/fichiers/evolutions/REG-53/{file}"
        assert address in course
        assert seen.get(address).status_code == 200
    for wrong in ("REG-53/nothing.svg", "REG-53/unemployment_rate/csv", "REG-00/sport_1.svg"):
        assert seen.get(f"/en/fichiers/evolutions/{wrong}").status_code == 404


def test_the_interval_is_explained_where_ranks_are_first_met(seen: Client) -> None:
    short = body(seen, "/territoires/REG-53-bretagne/").split('id="in-short"')[1].split("</section>")[0]
    said = "L’intervalle d’un rang contient 90\u00a0% des rangs"
    assert said in short.replace("\u202f%", "\u00a0%")
    for path in ("/domaines/sport/?pairs=REG-metropolitan", "/comparer/?t=REG-53&t=REG-52"):
        assert said in body(seen, path).replace("\u202f%", "\u00a0%"), path


def test_the_ranks_can_be_taken_away(seen: Client) -> None:
    page = body(seen, "/territoires/REG-53-bretagne/")
    for file in ("REG-53.svg", "REG-53.png", "REG-53/csv", "REG-53/tableur-fr", "REG-53/xlsx"):
        address = f"/fichiers/rangs/{file}"
        assert address in page
        assert seen.get(address).status_code == 200
    assert seen.get("/fichiers/rangs/REG-00.svg").status_code == 404


def test_a_rank_says_how_it_moved_on_the_territory_the_domain_and_the_indicator(seen: Client) -> None:
    assert "Since 2017:" in body(seen, "/en/territoires/REG-53-bretagne/")
    domain = body(seen, "/en/domaines/sport/?pairs=REG-metropolitan")
    assert "Rank since 2017" in domain
    assert "▲" in domain
    indicator = body(seen, "/en/indicateurs/sport_2/")
    assert "How ranks moved, from 2017 to 2021" in indicator
    assert "none of our choices moves them" in indicator


def test_the_api_tells_the_course(seen: Client) -> None:
    answer = seen.get("/api/v1/territories/REG-53/diagnosis?lang=en").json()
    (sport,) = [item for item in answer["domains"] if item["id"] == "sport"]
    course = sport["figures"][0]["course"]
    assert [point["period"] for point in course["points"]] == [str(year) for year in YEARS]
    assert course["slope"]["n"] == 5
    assert course["hindrance"] is None
    assert sport["score"]["rank"]["change"]["since"] == "2017"


def test_the_moves_beyond_their_published_interval_are_marked(seen: Client) -> None:
    page = body(seen, "/et-si/?pairs=REG-metropolitan&moyenne=geometric&sport=90&culture=0")
    assert "leur intervalle publié à 90" in page
    assert "au-delà" in page
    rows = seen.get("/fichiers/et-si/csv?pairs=REG-metropolitan&moyenne=geometric&sport=90&culture=0")
    assert ",oui," in rows.content.decode()


def test_the_method_page_says_what_moves_the_ranks_and_audits_the_index(seen: Client) -> None:
    page = body(seen, "/en/methode/")
    firm = page.split('<h2 id="firm">')[1].split('<h2 id="limits">')[0]
    assert "Which choices move the ranks (Sobol indices" in firm
    sobol = firm.split("Sobol indices")[1].split("</table>")[0]
    assert [choice.split("<")[0] for choice in sobol.split('<th scope="row">')[1:]] == [
        "The scale",
        "The mean",
        "The weights",
    ]
    parts = firm.split("What each part is worth")[1].split("</table>")[0]
    assert parts.count('<th scope="row">') >= 2
    assert "Cronbach’s alpha of these parts" in firm
    assert "call for attention" in firm or "calls for attention" in firm


def test_ranks_have_intervals_on_every_page_that_shows_them(seen: Client) -> None:
    assert "between" in body(seen, "/en/domaines/sport/").split('id="ranking-table"')[1].split("</table>")[0]
    for path in ("/en/territoires/REG-53-bretagne/", "/en/comparer/?t=REG-53&t=REG-52"):
        assert "between" in body(seen, path)
    assert "cannot be told apart" in body(seen, "/en/comparer/?t=REG-53&t=REG-52")
