"""Figures before, during and after an alliance: from a release of several periods to chart, table and words."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import yaml

from odd17.core.alliances.contribution import Phase, Reading, Standing
from odd17.core.kernel import DataError
from odd17.core.territories.levels import Level
from odd17.publishing.contribution_document import contribution_blocks
from odd17.publishing.contribution_words import plain_word, standing_words, twins_words
from odd17.publishing.document import Grid, Image
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.contribution import contribution_readings, contribution_svg, export_contribution
from odd17.workflows.export import FileFormat
from odd17.workflows.import_dataset import import_dataset

BEGUN, ENDED = date(2019, 3, 1), date(2020, 6, 30)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Fictional figures by region: ``many`` over five years, falling in Brittany alone; ``one`` in 2021 alone."""
    folder, home = tmp_path_factory.mktemp("file"), tmp_path_factory.mktemp("home")
    lines = ["code,year,many,one"]
    for code in (id.removeprefix("REG-") for id in load_shipped_cog().at(Level.REGION)):
        for year in range(2017, 2022):
            many = 20.0 - 2 * (year - 2017) if code == "53" else 20.0 + 0.5 * (year - 2017)
            lines.append(f"{code},{year},{many},{7.5 if year == 2021 else ''}")
    (folder / "made.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    dataset = {
        "id": "made",
        "title": "Fictional",
        "source": {"producer": "Nobody", "citation": "Made up", "licence": "none", "published": "2026-01-01"},
        "territories": {"column": "code", "level": "REG", "vintage": 2026},
        "period": {"column": "year"},
        "columns": {name: name for name in ("many", "one")},
        "indicators": {
            name: {
                "name": {"fr": name, "en": name},
                "definition": {"fr": name, "en": name},
                "unit": "percent",
                "direction": "fragility_up",
                "domain": "sport",
            }
            for name in ("many", "one")
        },
    }
    (folder / "made.yml").write_text(yaml.safe_dump(dataset), encoding="utf-8")
    import_dataset(folder / "made.csv", folder / "made.yml", home=home, cog=load_shipped_cog())
    return build_release(home=home)


def read(release: Release, *ids: str, territory: str = "REG-53", ended: date | None = ENDED) -> tuple[Reading, ...]:
    return contribution_readings(release, release.cog[territory], BEGUN, ended, ids)


def test_a_figure_is_read_before_during_and_after_beside_five_twins(release: Release) -> None:
    (many,) = read(release, "many", "many", "nothing")
    assert len(many.twins) == 5
    assert [one.phase for one in many.found.periods] == [
        Phase.BEFORE, Phase.BEFORE, Phase.DURING, Phase.DURING, Phase.AFTER,
    ]  # fmt: skip
    assert [(one.since, one.until, one.change) for one in many.found.stretches] == [
        ("2017", "2018", -2.0), ("2018", "2020", -4.0), ("2020", "2021", -2.0),
    ]  # fmt: skip
    during = many.found.stretches[1]
    assert during.others == (1.0,) * 5
    assert during.standing is Standing.BELOW
    assert standing_words(during, "en") == "Lower than the change of each of its twins."
    assert twins_words(during, many, "en") == "+1.0 pt, from +1.0 pt to +1.0 pt (5 twins)"


def test_it_is_drawn_with_the_time_of_action_shaded_in_both_languages(release: Release) -> None:
    (many,) = read(release, "many")
    for language, words in (("fr", "en action du 1er mars 2019"), ("en", "in action from 1 March 2019")):
        svg = contribution_svg(many, language)
        assert svg is not None
        assert words in svg.decode()
        assert "<rect" in svg.decode()


def test_where_there_is_one_period_it_says_so_and_draws_nothing(release: Release) -> None:
    (one,) = read(release, "one")
    assert contribution_svg(one, "fr") is None
    said = plain_word(one, "en")
    assert said is not None
    assert said.startswith("There is one period only: 7.5% in 2021.")


def test_the_country_has_no_twin_and_an_end_does_not_come_before_the_beginning(release: Release) -> None:
    (alone,) = read(release, "many", territory="FR")
    assert alone.twins == ()
    with pytest.raises(DataError, match="before it began"):
        read(release, "many", ended=date(2018, 1, 1))


def test_the_table_has_every_period_every_twin_and_each_change_with_its_source(release: Release) -> None:
    body = export_contribution(read(release, "many", "one"), "Breton", FileFormat.CSV, "en")
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    figures = [row for row in rows if row["measure"] == "indicator" and row["indicator"] == "many"]
    assert len(figures) == 5 * 6
    assert {row["citation"] for row in rows} == {"Made up"}
    (during,) = [
        row for row in rows if (row["measure"], row["phase"], row["territory"]) == ("change", "during", "REG-53")
    ]
    assert (during["changed_since"], during["period"], float(during["value"])) == ("2018", "2020", -4.0)
    assert export_contribution(read(release, "many"), "Breton", FileFormat.XLSX, "fr").startswith(b"PK")


def test_a_document_holds_the_warning_the_drawing_the_tables_and_the_source(release: Release) -> None:
    blocks = contribution_blocks(read(release, "many", "one"), "en")
    text = str(blocks)
    assert "no proof of a cause" in text
    assert "one period only" in text
    assert sum(isinstance(one, Image) for one in blocks) == 1
    assert sum(isinstance(one, Grid) for one in blocks) == 2
    assert text.count("Made up") == 2
    assert contribution_blocks((), "en") == []
