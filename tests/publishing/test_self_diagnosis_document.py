"""The result of a self-diagnosis as a document: its table, what comes next and where it leads, and nobody's name."""

from __future__ import annotations

from datetime import date

from odd17.core.diagnosis.self_diagnosis.profile import profile
from odd17.publishing.document import Document, Grid, Heading, Paragraph, Points
from odd17.publishing.self_diagnosis_document import self_diagnosis_document
from odd17.workflows.questionnaires import current_questionnaire

ASKED = current_questionnaire("territories")


def _made(answers: dict[str, str], language: str = "fr", **more: object) -> Document:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    return self_diagnosis_document(
        ASKED, profile(ASKED, answers), drawing, date(2026, 3, 1), language, **more,  # type: ignore[arg-type]  # by name
    )  # fmt: skip


def _all(option: str) -> dict[str, str]:
    return {item.id: option for item in ASKED.items if option in {one.id for one in ASKED.scale(item).options}}


def _grid(document: Document) -> Grid:
    return next(block for block in document.blocks if isinstance(block, Grid))


def test_the_table_has_every_dimension_and_the_time_before_where_there_is_one() -> None:
    alone = _grid(_made(_all("done")))
    assert [row[0] for row in alone.rows] == [one.name.fr for one in ASKED.dimensions]
    assert len(alone.heads) == 3
    first = ASKED.dimensions[0].id
    grid = _grid(_made(_all("done"), earlier={first: 33.4}))
    assert grid.heads[3] == "la fois d’avant"
    assert [row[3] for row in grid.rows[:2]] == ["33", "pas de score"]


def test_what_was_not_answered_has_no_score_rather_than_zero() -> None:
    document = _made({})
    assert all(row[1:] == ("pas de score", "trop peu de réponses") for row in _grid(document).rows)
    assert not [block for block in document.blocks if isinstance(block, Points)]
    assert any(isinstance(block, Paragraph) and "attendent encore" in block.text for block in document.blocks)


def test_each_next_step_is_followed_by_the_addresses_to_which_it_leads() -> None:
    first = ASKED.dimensions[0]
    document = _made(_all("none"), links={first.id: (("Les pratiques", "https://example.org/pratiques/"),)})
    texts = [block.text if isinstance(block, (Heading, Paragraph)) else "" for block in document.blocks]
    place = next(place for place, text in enumerate(texts) if text == first.name.fr)
    after = document.blocks[place + 2]
    assert isinstance(after, Points)
    assert after.items == ("Les pratiques\u202f: https://example.org/pratiques/",)


def test_it_stands_in_english_too() -> None:
    document = _made(_all("none"), "en")
    assert document.title == ASKED.title.en
    assert any(isinstance(block, Heading) and block.text == "Next steps" for block in document.blocks)
