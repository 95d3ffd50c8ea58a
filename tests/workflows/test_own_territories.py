"""A territory of one's own in a release: figures, diagnosis, map and report, and ranks of the others as they were."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import polars as pl
import pytest
import yaml

from odd17.core.kernel import ReasonCode
from odd17.core.territories import Level
from odd17.store.releases import Release, layout, verify
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.diagnose import diagnose
from odd17.workflows.draw import map_svg
from odd17.workflows.import_dataset import import_dataset
from odd17.workflows.map_figures import map_table, subjects_within, telling_subject
from odd17.workflows.own_territories import define, forget, known_territories
from odd17.workflows.report import build_report

COMMUNES = ("35360", "53130", "44180")  # of three départements and two regions
NAME, ID = "Pays des Trois Marches", "TER-pays-des-trois-marches"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an imported ratio of communes, of which only one part of the country has figures."""
    folder = tmp_path_factory.mktemp("own")
    file, dataset = folder / "jobs.csv", folder / "jobs.yml"
    cog = load_shipped_cog()
    codes = sorted({*COMMUNES, *(id.removeprefix("COM-") for id in cog.children("DEP-35", "COM"))})
    parts = [(code, place % 7 + 1, 10 * (place % 5 + 1)) for place, code in enumerate(codes)]
    lines = [f"{code},{100 * jobless / active},{jobless},{active}" for code, jobless, active in parts]
    file.write_text("code,rate,jobless,active\n" + "\n".join(lines) + "\n", encoding="utf-8")
    source = {"producer": "Nobody", "citation": "Nobody, made up", "licence": "CC0-1.0", "retrieved": "2026-01-01"}
    dataset.write_text(
        yaml.safe_dump(
            {
                "id": "jobs",
                "title": "Made up for a test",
                "source": source,
                "territories": {"column": "code", "level": "COM", "vintage": 2026},
                "period": "2022",
                "columns": {"rate": {"indicator": "made_up_rate", "numerator": "jobless", "denominator": "active"}},
                "indicators": {
                    "made_up_rate": {
                        "name": {"fr": "Taux inventé", "en": "Made-up rate"},
                        "definition": {"fr": "Inventé.", "en": "Made up."},
                        "unit": "percent",
                        "numerator": "jobless",
                        "denominator": "active",
                        "factor": 100,
                        "direction": "fragility_up",
                        "domain": "employment",
                    }
                },
            }
        ),
        encoding="utf-8",
    )
    import_dataset(file, dataset, home=folder, cog=cog)
    return folder


@pytest.fixture(scope="module")
def without(home: Path) -> Release:
    return build_release(home=home)


@pytest.fixture(scope="module")
def release(home: Path, without: Release) -> Release:
    file = home / "communes.txt"
    file.write_text("\n".join(COMMUNES), encoding="utf-8")
    define(NAME, file, load_shipped_cog(), home=home)
    return build_release(home=home)


def test_real_peers_keep_their_scores_and_ranks(without: Release, release: Release) -> None:
    assert release.id != without.id
    assert (release.path / layout.SCORES).read_bytes() == (without.path / layout.SCORES).read_bytes()
    others = release.observations().filter(~release.observations()["territory"].str.starts_with("TER-"))
    assert others.equals(without.observations())
    assert not (without.path / layout.OWN_MEMBERSHIPS).exists()
    assert verify(release) == ()


def test_its_figures_are_put_together_from_its_communes(release: Release) -> None:
    rows = release.observations(territories=[f"COM-{code}" for code in COMMUNES], indicators=["made_up_rate"])
    own = release.observations(territories=[ID], indicators=["made_up_rate"])
    expected = rows.select(100 * pl.col("numerator").sum() / pl.col("denominator").sum()).item()
    assert own["value"].item() == pytest.approx(expected)
    assert own["level"].item() == "TER"
    assert release.manifest["own_territories"][0]["id"] == ID


def test_the_diagnosis_shows_figures_and_compares_but_does_not_rank(release: Release) -> None:
    found = diagnose(release, NAME, compare=["COM-35360"])
    employment = next(reading for reading in found.domains if reading.domain.id == "employment")
    assert found.peers is None
    assert employment.score.rank is None
    assert employment.score.refusal is not None
    assert employment.score.refusal.code is ReasonCode.OWN_TERRITORY
    figure = next(figure for figure in employment.figures if figure.indicator.id == "made_up_rate")
    assert figure.estimate.value is not None
    assert [comparison.territory.id for comparison in figure.comparisons] == ["COM-35360"]
    profile = {item.key: item.estimate.value for item in found.profile}
    assert profile["communes"] == 3
    assert profile["population"] == release.cog[ID].population
    assert profile["population_change"] is not None


def test_its_map_shows_its_communes_whatever_their_departement(release: Release, home: Path) -> None:
    svg = map_svg(release, "population", Level.COMMUNE, "fr", within=ID, home=home)
    text = ET.tostring(ET.fromstring(svg), encoding="unicode")  # noqa: S314 - a map that we drew a moment ago
    assert all(release.cog[f"COM-{code}"].name in text for code in COMMUNES)


def test_its_map_shows_first_what_its_communes_have(release: Release, home: Path) -> None:
    there = subjects_within(release, ID)
    assert {"density", "population"} < set(there)
    assert not [subject for subject in there if subject in ("territories", "report2019_unemployment")]
    first = telling_subject(release, ID)
    assert first == "employment"  # the one domain of which communes have scores
    svg = map_svg(release, first, Level.COMMUNE, "fr", within=ID, home=home).decode()
    table = map_table(release, first, Level.COMMUNE, release.cog.get(release.cog.children(ID, "COM")), "fr")
    assert table is not None
    assert len(table.rows) == 3
    assert all(figure in svg for _territory, figure, _flags in table.rows)


def test_it_is_known_as_soon_as_it_is_defined_and_as_long_as_the_release_has_it(release: Release, home: Path) -> None:
    found = known_territories(home)
    assert found.released == {ID: release.id}
    assert found.cog.search("trois marches")[0].id == ID
    file = home / "two.txt"
    file.write_text("\n".join(COMMUNES[:2]), encoding="utf-8")
    define("Deux", file, load_shipped_cog(), home=home)
    assert known_territories(home).released == {ID: release.id, "TER-deux": None}
    forget("deux", home)


def test_its_report_is_a_pdf(release: Release, home: Path) -> None:
    assert build_report(release, ID, "fr", home=home).startswith(b"%PDF-")


def test_once_forgotten_the_next_release_is_the_one_before(home: Path, without: Release, release: Release) -> None:
    forget("pays-des-trois-marches", home)
    assert build_release(home=home).id == without.id
    assert release.cog[ID].name == NAME
