"""What is asked of the directory: kept by an address, answered in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_query import CatalystQuery, answering, query_from, query_to
from odd17.core.resources.catalyst_words import kinds, languages
from odd17.core.resources.catalysts import Catalyst, Kind
from odd17.core.resources.catalysts_near import Reach, ground, reach, touched
from odd17.store.territories import load_shipped_cog

QUERIES = st.builds(
    CatalystQuery,
    text=st.text(st.characters(categories=["L", "N"]), max_size=20),
    trade=st.sampled_from([None, *(word.id for word in trades())]),
    domain=st.sampled_from([None, *(word.id for word in domains())]),
    kind=st.sampled_from([None, *(word.id for word in kinds())]),
    language=st.sampled_from([None, *(word.id for word in languages())]),
    service=st.sampled_from([None, *(one.id for one in services())]),
    page=st.integers(1, 1000),
)


@given(QUERIES)
def test_an_address_keeps_what_is_asked(query: CatalystQuery) -> None:
    assert query_from(dict(query_to(query))) == query


@given(
    st.dictionaries(
        st.sampled_from(["q", "metier", "domaine", "nature", "langue", "service", "page"]), st.text(max_size=300)
    )
)
def test_whatever_stands_in_an_address_is_read(parameters: dict[str, str]) -> None:
    query = query_from(parameters)
    assert 1 <= query.page <= 1000
    assert len(query.text) <= 200


def named(id: str, name: str, **more: object) -> Catalyst:
    return Catalyst(id, name, confirmed=None, cited=True, **more)  # type: ignore[arg-type]


HERE = named("1", "Étoile", trades=("support",), territories=("DEP-94",), summary="Près d’Évry")
PERHAPS = named("2", "Abeille", doubtful_trades=("support",), territories=("REG-11",), kind=Kind.SCHEME)
ELSEWHERE = named(
    "3", "Belette", trades=("running_a_place",), territories=("REG-53",), languages=("fr", "br"), services=("kits",)
)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        (CatalystQuery(), ["2", "3", "1"]),
        (CatalystQuery("etoile"), ["1"]),
        (CatalystQuery("evry près"), ["1"]),
        (CatalystQuery("rien"), []),
        (CatalystQuery(trade="support"), ["1", "2"]),  # sure before doubtful
        (CatalystQuery(kind="scheme"), ["2"]),
        (CatalystQuery(language="br"), ["3"]),
        (CatalystQuery(domain="employment"), []),
        (CatalystQuery(service="kits"), ["3"]),
        (CatalystQuery(service="workshops"), []),
        (CatalystQuery("toile"), []),  # a word is found by its beginning
        (CatalystQuery(territory="COM-94028"), ["1", "2"]),
        (CatalystQuery(territory="REG-11"), ["2", "1"]),
    ],
)
def test_those_who_answer(query: CatalystQuery, ids: list[str]) -> None:
    assert [one.id for one, _reach in answering([HERE, PERHAPS, ELSEWHERE], query, load_shipped_cog())] == ids


def test_the_reach_is_told_where_a_territory_is_asked() -> None:
    found = answering([HERE, PERHAPS], CatalystQuery(territory="REG-11"), load_shipped_cog())
    assert [reach for _one, reach in found] == [Reach.HERE, Reach.PART]


def test_the_ground_says_what_the_reach_says() -> None:
    cog = load_shipped_cog()
    around = ground([HERE, PERHAPS, ELSEWHERE], cog)
    for one in (HERE, PERHAPS, ELSEWHERE):
        for id in ("FR", "REG-11", "REG-53", "DEP-94", "DEP-35", "COM-94028"):
            held = touched(id, cog).union((id, *cog[id].parents))
            met = id in around[one.id] or not held.isdisjoint(one.territories)
            assert met == (reach(one, id, cog) is not None)
