"""A release carries the catalogue: nothing is lost from the files to the pages."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from odd17.core.indicators.described import described
from odd17.core.kernel import domains
from odd17.store.current_catalogue import read_current_catalogue, read_domain_catalogues
from odd17.store.described_catalogue import catalogue_from_json, catalogue_to_json
from odd17.store.series_breaks import series_break
from odd17.store.sources import read_sources


def test_what_is_written_is_read_back() -> None:
    found = described(read_domain_catalogues(), read_sources())
    again = catalogue_from_json(json.loads(json.dumps(catalogue_to_json(found))))
    assert again == found


def test_a_break_is_dated_where_a_source_dates_it() -> None:
    found = described(read_domain_catalogues(), read_sources()).indicators
    assert {known.after for known in found["overcrowding"].breaks} == {"2021"}
    assert {known.after for known in found["median_living_standard"].breaks} == {"2021"}
    assert [known.after for known in found["car_commuting"].breaks] == [None]
    with pytest.raises(ValueError, match="is not a period"):
        series_break({"fr": "Autre loi.", "en": "Another law.", "after": "last year"})


def test_every_domain_and_indicator_is_there_with_its_sources() -> None:
    found = described(read_domain_catalogues(), read_sources())
    assert list(found.domains) == [item.id for item in domains()]
    assert set(found.indicators) == set(read_current_catalogue())
    assert {id for item in found.indicators.values() for id in item.sources} == set(found.sources)
    assert all(found.of_domain(item.id) for item in domains())
    indicator = read_current_catalogue()["apl_gp"].indicator
    assert found.periodicity(indicator) == "annual"
    assert found.periodicity(replace(indicator, id="brought")) is None
    assert found.periodicity(replace(indicator, id="brought", periodicity="monthly")) == "monthly"
