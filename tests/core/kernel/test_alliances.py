"""The words of partnerships: each type and trade is explained, in a family, and placed on the axis."""

from __future__ import annotations

from collections import Counter

from odd17.core.kernel import alliance_types, families, proofs, trades


def test_sixteen_types_in_four_families_on_one_axis() -> None:
    types = alliance_types()
    assert Counter(item.family for item in types) == dict.fromkeys((family.id for family in families()), 4)
    assert {item.contract for item in types} == {"exchange", "between", "alliance"}


def test_each_word_is_explained_in_both_languages() -> None:
    for word in (*alliance_types(), *trades(), *proofs()):
        assert word.explained is not None, word.id
        assert word.explained.fr != word.explained.en
        assert word.explained.fr[-1] == word.explained.en[-1] == "."
