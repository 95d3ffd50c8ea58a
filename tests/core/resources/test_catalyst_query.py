"""What is asked of the directory, as an address keeps it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from odd17.core.kernel import domains, trades
from odd17.core.resources.access import services
from odd17.core.resources.catalyst_query import CatalystQuery, query_from, query_to
from odd17.core.resources.catalyst_words import kinds, languages

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
