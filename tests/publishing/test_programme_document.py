"""The letter that reviews a programme: what stood on the day, what moved and from where, nothing that is not known."""

from __future__ import annotations

from datetime import date

import pytest

from odd17.core.programmes.levels import levels_of_lines
from odd17.core.programmes.programme import Dimension, Horizon, Measure, Programme
from odd17.core.programmes.report_2020 import report_programme, report_reviews
from odd17.core.programmes.reviews import Mark, Review
from odd17.core.programmes.state import changes_between, state_at
from odd17.publishing.document import Document, Grid, Heading, Paragraph, Points
from odd17.publishing.programme_document import review_letter

START, END = date(2024, 3, 1), date(2024, 9, 1)
LEVELS = levels_of_lines("Fait ; terminé\nEn cours\nÀ l’arrêt ; raison")
PROGRAMME = Programme(
    "p", "Plan de l’eau", date(2024, 1, 31), (Dimension("d1", "Eau", Horizon(3, 6)),), LEVELS,
    (Measure(1, "Planter", "d1"), Measure(2, "Compter", "d1"), Measure(3, "Parler", "d1")), mention="La ville",
)  # fmt: skip
REVIEWS = (
    Review("1", START, {1: Mark("en-cours"), 2: Mark("en-cours")}, note="Un début."),
    Review("2", END, {1: Mark("fait"), 2: Mark("a-l-arret", "plus d’argent"), 3: Mark("en-cours")}, corrects="1"),
)


def _letter(programme: Programme, reviews: tuple[Review, ...], day: date, since: date | None, lang: str) -> Document:
    changes = () if since is None else changes_between(programme, reviews, since, day)
    return review_letter(programme, state_at(programme, reviews, day), changes, since, lang)


def _told(letter: Document) -> list[str]:
    lines: list[str] = []
    for block in letter.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                lines.append(text)
            case Points(items):
                lines += items
            case Grid(caption, heads, rows):
                lines += [caption, " | ".join(heads), *(" | ".join(row) for row in rows)]
    return [line.replace("\u202f", " ") for line in lines]


def test_it_counts_says_which_reviews_stood_and_how_many_measures_are_done() -> None:
    told = _told(_letter(PROGRAMME, REVIEWS, END, None, "fr"))
    for line in ("Fait | 1", "En cours | 1", "À l’arrêt | 1", "Tout le programme | 3", "Mesures terminées : 1 sur 3."):
        assert line in told, line
    assert "1er mars 2024. Un début." in told
    assert "1er septembre 2024 : il corrige celui du 1er mars 2024." in told
    assert "2. Compter : À l’arrêt" in told  # its first effects were due
    assert "2 | Compter | À l’arrêt | 1er septembre 2024 | plus d’argent" in told


def test_moves_say_from_where_to_where() -> None:
    told = _told(_letter(PROGRAMME, REVIEWS, END, START, "fr"))
    after = told[told.index("Ce qui a changé depuis le 1er mars 2024") :]
    assert after[1:5] == [
        "Mieux : En cours, puis Fait",
        "1. Planter",
        "Moins bien : En cours, puis À l’arrêt",
        "2. Compter",
    ]
    assert after[5:7] == ["Dit pour la première fois", "3. Parler"]


def test_without_a_reason_there_is_no_column_for_one_and_before_a_review_nothing_is_counted() -> None:
    told = _told(_letter(PROGRAMME, REVIEWS[:1], START, None, "fr"))
    assert not [line for line in told if "Raison" in line]
    before = _told(_letter(PROGRAMME, REVIEWS, date(2024, 2, 1), date(2024, 1, 31), "fr"))
    assert "Aucun bilan n’était publié à cette date : le niveau d’aucune mesure n’est connu." in before
    assert "Rien que l’on sache." in before


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_reports_letter_tells_no_level_of_a_measure_and_no_measure_twenty_one_times(language: str) -> None:
    letter = _letter(report_programme(), report_reviews(), date(2020, 10, 17), date(2020, 5, 7), language)
    told = _told(letter)
    assert [line.rpartition(" | ")[2] for line in told if " | " in line][1:6] == ["6", "9", "6", "0", "21"]
    assert any("1–21" in line for line in told)
    unknown = "niveau non publié" if language == "fr" else "level not published"
    assert len([line for line in told if f"| {unknown} |" in line]) == 21
    assert "Le RAMEAU" in letter.foot
