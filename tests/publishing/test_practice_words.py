"""What rules say of practices is said in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from odd17.core.practices.completeness import Piece
from odd17.core.practices.duplicates import Shared
from odd17.core.practices.matching import Part, Why
from odd17.core.practices.need import Likeness, Widening
from odd17.publishing.practice_words import piece_name, shared_name, why_sentence, widening_sentence

REASONS = [
    (Why(Part.DOMAIN, 1.0, 0.3, {"domains": ("education", "sport")}), "Même domaine\u202f: Éducation, Sport"),
    (Why(Part.DOMAIN, 0.4, 0.3, {"near": ("health",)}), "Même dimension\u202f: Santé"),
    *(
        (Why(Part.TERRITORY, 1.0, 0.2, {"territory": "DEP-35", "how": how.value}), f"{said}\u202f: Ille")
        for how, said in (
            (Likeness.SAME, "Ici"),
            (Likeness.WITHIN, "Autour d’ici"),
            (Likeness.TWIN, "Dans un territoire jumeau"),
            (Likeness.KIND, "Dans un territoire du même genre"),
        )
    ),
    (Why(Part.WORDS, 0.5, 0.15, {"words": ("ecole",)}), "Mots en commun\u202f: école"),
    (Why(Part.PARTNERS, 1.0, 0.1, {"kinds": ("company",)}), "Même type d’acteur\u202f: Entreprise"),
    (Why(Part.TYPE, 1.0, 0.05, {"type": "consortium"}), "Même type d’alliance\u202f: Consortium"),
    (Why(Part.TYPE, 0.5, 0.05, {"type": "consortium"}), "Même famille d’alliances\u202f: Coopération économique"),
    (Why(Part.STAGE, 1.0, 0.05, {"stage": "concept"}), "Même étape\u202f: Concept"),
    (Why(Part.PROOF, 0.5, 0.1, {"proof": "self_counted"}), "Preuve\u202f: Comptée par les partenaires"),
    (Why(Part.FRESHNESS, 0.5, 0.05, {"day": date(2026, 3, 1)}), "Publiée ou vérifiée le 1er mars 2026"),
]


@pytest.mark.parametrize(("why", "said"), REASONS)
def test_each_reason_is_said(why: Why, said: str) -> None:
    assert why_sentence(why, "fr", called=lambda id: "Ille", asked="Pour l’école") == said
    assert why_sentence(why, "en", called=str) != said


def test_every_word_of_the_rules_has_its_own() -> None:
    for language in ("fr", "en"):
        assert len({piece_name(piece, language) for piece in Piece}) == len(Piece)
        assert len({shared_name(shared, language) for shared in Shared}) == len(Shared)
        assert len({widening_sentence(item, language) for item in Widening}) == len(Widening)
