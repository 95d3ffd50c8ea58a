"""The sources of a release's figures, domain by domain: what every page and file that tells of a domain cites."""

from __future__ import annotations

from collections.abc import Mapping

from odd17.core.kernel import Provenance
from odd17.store.releases import Release


def figure_sources(release: Release) -> Mapping[str, tuple[Provenance, ...]]:
    """The sources of the indicators of each domain that has some, each once."""
    found: dict[str, dict[str, Provenance]] = {}
    for indicator in release.indicators.values():
        if indicator.domain is None:
            continue
        found.setdefault(indicator.domain, {})[indicator.source.id] = indicator.source
    return {domain: tuple(sources.values()) for domain, sources in found.items()}
