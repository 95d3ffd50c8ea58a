"""Documents of alliances: an evaluation with names and without, where an alliance stands, a call to pin up."""

from __future__ import annotations

from datetime import date

import pytest

from odd17.core.alliances.answers import Answer, Claim
from odd17.core.alliances.engagements import Engagement, Event, Fate, Means, follow_up
from odd17.core.alliances.evaluation import Opened, Round, opened
from odd17.core.alliances.path import path
from odd17.core.kernel import impacts, proofs
from odd17.publishing.call_document import Called, call_document
from odd17.publishing.document import Document, Grid, Heading, Paragraph, Points, document_content
from odd17.publishing.evaluation_document import RoundFacts, evaluation_document
from odd17.publishing.follow_up_document import Followed, Held, Member, follow_up_document

DAY = date(2026, 11, 25)
PEOPLE = {"1": "La commune", "2": "L’association", "3": "L’entreprise"}
FACTS = RoundFacts(date(2026, 11, 1), DAY, "count_oneself", 3)


def words(document: Document) -> list[str]:
    """All that a reader reads of the blocks, in order."""
    told: list[str] = []
    for block in document.blocks:
        match block:
            case Heading(text) | Paragraph(text):
                told.append(text)
            case Points(items):
                told += items
            case Grid():
                told += [cell for row in block.rows for cell in row]
    return told


def grid(document: Document, first_head: str) -> Grid:
    return next(one for one in document.blocks if isinstance(one, Grid) and one.heads[0] == first_head)


def _opened(*answers: Answer) -> Opened:
    seen = opened(Round("count_oneself", tuple(PEOPLE), DAY, answers), date(2026, 11, 26))
    assert seen is not None
    return seen


def _answer(partner: str, mark: int, members: int | None = None, uses: int | None = None) -> Answer:
    claims = {word.id: Claim(mark, proofs()[1].id, f"mot {mark}") for word in impacts()}
    return Answer(partner, claims, f"récit {mark}", members, uses)


def test_an_evaluation_says_when_how_and_how_many_answered() -> None:
    made = evaluation_document("Titre", FACTS, _opened(_answer("1", 4, 3), _answer("2", 1, 3)), PEOPLE, "fr")
    assert dict(made.facts) == {
        "Évaluation ouverte le": "1er novembre 2026", "Réponses jusqu’au": "25 novembre 2026",
        "Comment on juge": "Se compter", "Réponses": "2 partenaires sur 3",
    }  # fmt: skip
    told = words(made)
    assert "N’ont pas répondu\u202f: L’entreprise." in told
    assert "récit 4" in told


def test_what_was_not_counted_is_not_told_as_zero() -> None:
    made = evaluation_document(
        "Titre", FACTS, _opened(_answer("1", 4, 3, None), _answer("2", 4, 3, None)), PEOPLE, "fr"
    )
    assert "Utilisateurs" not in words(made)
    assert not any("0" in one for one in words(made))


def test_a_round_that_nobody_answered_says_so_and_has_nothing_to_discuss() -> None:
    made = evaluation_document("Titre", FACTS, _opened(), PEOPLE, "fr", named=False)
    assert words(made)[-1] == "Personne n’a répondu\u202f: il n’y a rien à lire."
    assert not any(isinstance(one, Heading | Points) for one in made.blocks)


def test_an_alliance_is_followed_with_what_is_late_first_and_why() -> None:
    engagements = (
        Engagement("A", Means.HUMAN, "tenu", date(2026, 1, 1), (Event(date(2026, 1, 1), Fate.KEPT),)),
        Engagement("B", Means.FINANCIAL, "attendu", date(2027, 1, 1)),
        Engagement("C", Means.RELATIONAL, "en retard", date(2026, 2, 1)),
        Engagement(
            "D", Means.HUMAN, "abandonné", date(2026, 2, 1), (Event(date(2026, 1, 5), Fate.ENDED, "plus de poste"),)
        ),
    )
    begun = date(2024, 2, 29)
    told = Followed(
        "Titre", "Le besoin", begun, (Member("A", "association", "cuisine"),), path()[0], engagements,
        tuple(Held(date(2026, month, 1), "nous", f"décision {month}") for month in (1, 2, 3, 4)), follow_up(begun),
    )  # fmt: skip
    made = follow_up_document(told, DAY, "fr")
    rows = grid(made, "Quoi").rows
    assert [row[0] for row in rows] == ["en retard", "attendu", "tenu", "abandonné"]
    assert rows[3][4] == "abandonné\n5 janvier 2026\u202f: plus de poste"
    assert ("Prochain point", "29 novembre 2026") in made.facts
    shown = words(made)
    assert "A (Association)\u202f: cuisine" in shown
    assert [one for one in shown if one.startswith("décision")] == ["décision 4", "décision 3", "décision 2"]


def test_an_alliance_without_anything_yet_says_so() -> None:
    told = Followed("Titre", "Le besoin", DAY, (), path()[0], (), (), follow_up(DAY))
    assert {"Nothing is promised yet.", "No dialogue was recorded yet."} <= set(
        words(follow_up_document(told, DAY, "en"))
    )


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_call_says_where_to_answer_until_when_or_that_it_is_closed(language: str) -> None:
    told = Called("Titre", "Le besoin", "La commune", DAY, True, "https://odd17.example/appels/1/")
    open_, closed = (
        call_document(told, language),
        call_document(Called("Titre", "Le besoin", "La commune", DAY, False, told.address), language),
    )
    assert told.address in words(open_)
    assert told.address not in words(closed)
    assert any(("clos" if language == "fr" else "closed") in one for one in words(closed))


def test_parts_of_a_table_are_as_many_as_its_columns() -> None:
    told = Document("t", "k", "fr", (Grid("c", ("a", "b"), (("1", "2"),), (1, 2, 3)),), "f")
    with pytest.raises(ValueError, match="has not 2 cells"):
        document_content(told)
