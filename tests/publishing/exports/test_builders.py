"""A diagnosis as rows: the figures unchanged, four absences told apart, each line with its mention."""

from __future__ import annotations

from odd17.core.diagnosis.reading import Diagnosis
from odd17.core.kernel import Estimate, ObsStatus
from odd17.core.territories.levels import Level
from odd17.publishing.exports import Table, diagnosis_table, indicator_table, strict_csv, xlsx


def rows(table: Table) -> list[dict[str, object]]:
    ids = [column.id for column in table.columns]
    return [dict(zip(ids, row, strict=True)) for row in table.rows]


def test_every_figure_is_there_unchanged(diagnosis: Diagnosis) -> None:
    found = rows(diagnosis_table(diagnosis, "fr"))
    for reading in diagnosis.domains:
        score = next(row for row in found if row["measure"] == "score" and row["domain"] == reading.domain.id)
        assert score["value"] == reading.score.estimate.value
        assert score["rank"] == (reading.score.rank.value if reading.score.rank else None)
        for figure in reading.figures:
            own = [row for row in found if row["indicator"] == figure.indicator.id]
            assert [(row["territory"], row["value"]) for row in own] == [
                (diagnosis.territory.id, figure.estimate.value),
                ("FRM", 8.4),
            ]


def test_the_four_kinds_of_nothing_are_told_apart(diagnosis: Diagnosis) -> None:
    told = {
        row["domain"]: (row["value"], row["absence"])
        for row in rows(diagnosis_table(diagnosis, "fr"))
        if row["measure"] == "indicator" and row["territory"] == diagnosis.territory.id
    }
    assert told["purchasing_power"] == (0.0, None)
    assert told["housing"] == (None, "secret statistique")
    assert told["disability"] == (None, "sans objet")
    assert told["ageing"] == (None, "non disponible")


def test_each_line_with_a_figure_carries_its_mention(diagnosis: Diagnosis) -> None:
    table = diagnosis_table(diagnosis, "en")
    for row in rows(table):
        assert row["release"] == diagnosis.release
        told = next((one for one in diagnosis.domains if one.domain.id == row["domain"]), None)
        lines = {item.key: item.source for item in diagnosis.profile}
        cited = lines[row["indicator"]] is not None if told is None else bool(told.figures)
        assert (row["citation"] is not None) == (row["licence"] is not None) == cited, row
    assert any("Étude d’un lieu" in line and diagnosis.release in line for line in table.notes)


def test_a_hostile_name_is_guarded_in_the_file(diagnosis: Diagnosis) -> None:
    text = strict_csv(diagnosis_table(diagnosis, "fr")).decode()
    assert "'=Taux" in text
    assert ",=Taux" not in text
    assert xlsx(diagnosis_table(diagnosis, "fr")).startswith(b"PK")


def test_titles_are_in_the_language(diagnosis: Diagnosis) -> None:
    french, english = (diagnosis_table(diagnosis, language) for language in ("fr", "en"))
    assert [column.id for column in french.columns] == [column.id for column in english.columns]
    assert french.columns[1].title == "Territoire"
    assert (french.data_title, english.data_title) == ("Données", "Data")


def test_an_indicator_has_a_row_a_territory(diagnosis: Diagnosis) -> None:
    figure = diagnosis.domains[0].figures[0]
    shown = [
        (diagnosis.territory, figure.estimate),
        (diagnosis.parents[0], Estimate(None, obs_status=ObsStatus.MISSING)),
    ]
    table = indicator_table(
        figure.indicator, figure.period, Level.REGION, shown, release=diagnosis.release, language="fr"
    )
    assert [(row["value"], row["absence"]) for row in rows(table)] == [(1234.5, None), (None, "non disponible")]
