"""What a mapping says itself is checked once."""

from __future__ import annotations

import pytest

from odd17.core.practices.mapping import CaseMapping, ImpactRule, PartnerRule, Rule
from odd17.core.practices.mapping_check import wrong_words
from odd17.core.territories import Cog


@pytest.mark.parametrize(
    ("fields", "key", "value"),
    [
        ({"domains": Rule("x", values={"a": "cuisine"})}, "fields/domains", "cuisine"),
        ({"stage": Rule(constant="rêve")}, "fields/stage", "rêve"),
        ({"territories": Rule(constant=("DEP-35", "Atlantide"))}, "fields/territories", "Atlantide"),
        ({"territories": Rule("x", within="DEP-999")}, "fields/territories/within", "DEP-999"),
        ({"begun": Rule(constant="hier")}, "fields/begun", "hier"),
        ({"licence": Rule(constant="x" * 41)}, "fields/licence", "x" * 41),
    ],
)
def test_a_word_that_means_nothing_is_told_with_its_place(cog: Cog, fields, key: str, value: str) -> None:
    mapping = CaseMapping("o", "no", {"title": Rule("nom"), **fields})
    assert [(item.key, item.value) for item in wrong_words(mapping, cog)] == [(key, value)]


def test_partners_and_impacts_too(cog: Cog) -> None:
    mapping = CaseMapping(
        "o", "no", {"title": Rule("nom")},
        partners=(PartnerRule(Rule("p"), kind=Rule(constant="amis")),),
        impacts=(ImpactRule("trust", Rule("c"), Rule("d", values={"x": "sûre"})),),
    )  # fmt: skip
    assert [item.key for item in wrong_words(mapping, cog)] == ["partners/0/kind", "impacts/0/proof"]


def test_what_is_right_is_not_told(cog: Cog) -> None:
    fields = {
        "title": Rule("nom"), "domains": Rule("x", values={"a": "Éducation"}), "goals": Rule(constant=("4",)),
        "territories": Rule(constant="Bretagne"), "begun": Rule(constant="2020-01-01"),
    }  # fmt: skip
    assert not list(wrong_words(CaseMapping("o", "no", fields), cog))
