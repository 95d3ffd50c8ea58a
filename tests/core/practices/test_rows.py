"""Rows to cases: what each kind of field becomes, and each way in which a row can be wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.practices.case import Case, Impact, Partner
from odd17.core.practices.mapping import CaseMapping, ImpactRule, PartnerRule, Rule
from odd17.core.practices.rows import read_cases
from odd17.core.territories import Cog

ATTACK = "<script>alert(1)</script>"


def read(cog: Cog, cells: dict[str, str], fields: dict[str, Rule] | None = None, **more):
    mapping = CaseMapping("o", "no", {"title": Rule("nom"), **(fields or {})}, **more)
    (found,) = read_cases([(2, {"no": "7", "nom": "Le rucher", **cells})], mapping, cog)
    return found


def wrong(cog: Cog, cells: dict[str, str], fields: dict[str, Rule] | None = None, **more):
    found = read(cog, cells, fields, **more)
    assert not isinstance(found, Case), found
    return [(item.row, item.column, item.value, str(item.reason)) for item in found]


def test_every_field_is_read(cog: Cog) -> None:
    cells = {
        "texte": "Un\r\n\r\nDeux", "dom": "Éducation ; culture", "odd": '["4", "odd-17"]', "ou": "Rennes|DEP-22",
        "type": "Consortium", "debut": "31/05/2020", "fin": "2021-01-02", "argent": " 3 000  € ", "site": "a\nb",
        "p": "Ville;Club", "k": "mairie;association", "s": "732 829 320;", "effet": "On se parle", "preuve": "mesurée",
    }  # fmt: skip
    fields = {
        "need": Rule("texte"), "domains": Rule("dom", separator=";"), "goals": Rule("odd"),
        "territories": Rule("ou", separator="|"), "alliance_type": Rule("type"),
        "begun": Rule("debut", date="%d/%m/%Y"), "ended": Rule("fin"), "money": Rule("argent"),
        "sources": Rule("site", separator="\n"), "licence": Rule(constant="cc-by-4.0"),
    }  # fmt: skip
    partners = (
        PartnerRule(Rule("p"), Rule("k", values={"mairie": "local_authority"}), siren=Rule("s"), separator=";"),
        PartnerRule(Rule(constant="Tous"), role=Rule(constant="porte")),
    )
    impacts = (ImpactRule("trust", Rule("effet"), Rule("preuve")),)
    case = read(cog, cells, fields, partners=partners, impacts=impacts, language="en")
    assert isinstance(case, Case), case
    assert (case.id, case.title, case.language, case.story.need) == ("7", "Le rucher", "en", "Un\n\nDeux")
    assert (case.domains, case.goals) == (("education", "culture"), ("4", "17"))
    assert case.territories == ("COM-35238", "DEP-22")
    assert (case.begun, case.ended) == (date(2020, 5, 31), date(2021, 1, 2))
    assert (case.means, case.sources, case.licence) == ({"money": "3 000 €"}, ("a", "b"), "cc-by-4.0")
    assert case.partners == (
        Partner("Ville", "local_authority", siren="732829320"), Partner("Club", "association"),
        Partner("Tous", role="porte"),
    )  # fmt: skip
    assert case.impacts == (Impact("trust", "On se parle", "measured"),)


def test_nothing_told_is_nothing_made_up(cog: Cog) -> None:
    case = read(cog, {"x": ""}, {"domains": Rule("x"), "begun": Rule("x"), "territories": Rule("x")},
                partners=(PartnerRule(Rule("x"), Rule(constant="association")),))  # fmt: skip
    assert case == Case(id="7", title="Le rucher")


@pytest.mark.parametrize(
    ("cells", "fields", "column", "said"),
    [
        ({"x": "cuisine"}, {"domains": Rule("x")}, "x", "no word of the vocabulary"),
        ({"x": "Atlantide"}, {"territories": Rule("x")}, "x", "no territory has this name"),
        ({"x": "Saint-Denis"}, {"territories": Rule("x")}, "x", "several territories"),
        ({"x": "DEP-35"}, {"territories": Rule("x", level="COM")}, "x", "not of the level"),
        ({"x": "hier"}, {"begun": Rule("x")}, "x", "not a date"),
        ({"x": "0001-01-01"}, {"begun": Rule("x")}, "x", "not a year"),
        ({"x": "2020-02-01", "y": "2020-01-31"}, {"begun": Rule("x"), "ended": Rule("y")}, "y", "ends before"),
        ({"x": "a" * 1001}, {"summary": Rule("x")}, "x", "1001 characters"),
        ({"x": ";".join(map(str, range(51)))}, {"sources": Rule("x", separator=";")}, "x", "51 items"),
        ({"nom": "  "}, {}, "nom", "no title"),
        ({"no": ""}, {}, "no", "no identifier"),
    ],
)
def test_a_row_that_cannot_be_right_says_why(cog: Cog, cells, fields, column: str, said: str) -> None:
    found = wrong(cog, cells, fields)
    assert [item[:2] for item in found] == [(2, column)]
    assert said in found[0][3]


def test_a_siren_is_checked_by_its_digit(cog: Cog) -> None:
    partners = (PartnerRule(Rule("nom"), siren=Rule("s")),)
    ((_, column, value, said),) = wrong(cog, {"s": "732829321"}, partners=partners)
    assert (column, value) == ("s", "732829321")
    assert "SIREN" in said


def test_partners_of_one_cell_go_with_as_many_kinds(cog: Cog) -> None:
    partners = (PartnerRule(Rule("p"), Rule("k"), separator=";"),)
    assert "not as many" in wrong(cog, {"p": "a;b;c", "k": "association;company"}, partners=partners)[0][3]
    case = read(cog, {"p": "a;b", "k": "association"}, partners=partners)
    assert [item.kind for item in case.partners] == ["association", "association"]


def test_an_identifier_stands_once(cog: Cog) -> None:
    mapping = CaseMapping("o", "no", {"title": Rule("no")})
    first, second = read_cases([(2, {"no": "a"}), (5, {"no": " a "})], mapping, cog)
    assert isinstance(first, Case)
    assert str(second[0].reason) == "the identifier stands twice: in row 2 too"


def test_all_that_is_wrong_is_said_at_once(cog: Cog) -> None:
    fields = {"domains": Rule("x", separator=";"), "begun": Rule("y")}
    assert len(wrong(cog, {"x": "a;b", "y": "z"}, fields)) == 3


def test_labels_that_mean_nothing_may_be_left_out(cog: Cog) -> None:
    rule = Rule("x", separator=",", values={"bidouille": "digital_access"}, drop=True)
    case = read(cog, {"x": "bidouille,cuisine"}, {"domains": rule})
    assert case.domains == ("digital_access",)


def test_a_name_is_found_inside_a_territory(cog: Cog) -> None:
    case = read(cog, {"x": "Saint-Denis"}, {"territories": Rule("x", level="COM", within="DEP-93")})
    assert case.territories == ("COM-93066",)


def test_marks_stay_text(cog: Cog) -> None:
    case = read(cog, {"nom": ATTACK, "x": f"{ATTACK}\n\n{ATTACK}"}, {"need": Rule("x")},
                partners=(PartnerRule(Rule("nom")),))  # fmt: skip
    assert (case.title, case.story.need, case.partners[0].name) == (ATTACK, f"{ATTACK}\n\n{ATTACK}", ATTACK)


def test_a_long_text_may_be_cut_between_words(cog: Cog) -> None:
    case = read(cog, {"x": "mot " * 400}, {"summary": Rule("x", cut=True)})
    assert len(case.summary) <= 1000
    assert case.summary.endswith("mot…")


@given(st.dictionaries(st.sampled_from("abcdefg"), st.text(max_size=40)))
def test_any_text_is_a_case_or_its_reasons(cog: Cog, cells: dict[str, str]) -> None:
    whole = dict.fromkeys("abcdefg", "") | cells
    fields = {
        "title": Rule("a"), "domains": Rule("b", separator=","), "territories": Rule("c"), "begun": Rule("d"),
        "sources": Rule("e", separator=" "),
    }  # fmt: skip
    partners = (PartnerRule(Rule("f"), Rule("g"), siren=Rule("g"), separator=";"),)
    (found,) = read_cases([(2, whole)], CaseMapping("o", "a", fields, partners), cog)
    if isinstance(found, Case):
        assert found.title
        assert not any(ord(letter) < 32 for letter in found.title)
    else:
        assert all(item.row == 2 and item.reason and item.remedy for item in found)
