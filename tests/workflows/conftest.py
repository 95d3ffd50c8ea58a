"""Two releases to read: the shipped data, and a fictional file that gives each of the 16 domains a figure."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from odd17.core.kernel import domains
from odd17.core.territories import Cog
from odd17.store.releases import Release
from odd17.store.territories import load_shipped_cog
from odd17.workflows.build_release import build_release
from odd17.workflows.import_dataset import import_dataset

FICTIONAL = "Figures of nobody, made up for the tests of odd17"


@pytest.fixture(scope="session")
def shipped_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the shipped data alone."""
    return build_release(home=tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def fictional_release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release of the shipped data and of the fictional file: all regions, départements and EPCI, 332 communes."""
    folder, home = tmp_path_factory.mktemp("fictional"), tmp_path_factory.mktemp("home")
    cog = load_shipped_cog()
    file, dataset = folder / "fictional.csv", folder / "fictional.yml"
    _write_file(file, cog)
    dataset.write_text(yaml.safe_dump(_dataset(), allow_unicode=True), encoding="utf-8")
    import_dataset(file, dataset, home=home, cog=cog)
    return build_release(home=home)


@pytest.fixture(scope="session")
def melodi() -> Callable[..., dict[str, bytes]]:
    """What INSEE's Melodi answers for a data set: its entry in the catalogue and its file, composed, by address."""

    def composed(
        dataset: str, body: str, *, year: int = 2023, modified: str = "2025-12-17T08:50:56"
    ) -> dict[str, bytes]:
        product = f"{dataset}_{year}_CSV_FR"
        file = f"api.insee.fr/melodi/file/{dataset}/{product}"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"{dataset}_{year}_data.csv", body)
            archive.writestr(f"{dataset}_{year}_metadata.csv", "COD_VAR\n")
        described = {"id": product, "format": "CSV", "accessURL": f"https://{file}",
                     "packageFormat": "application/zip", "modified": modified}  # fmt: skip
        entry = {"identifier": dataset, "product": [described]}
        return {f"api.insee.fr/melodi/catalog/{dataset}": json.dumps(entry).encode(), file: out.getvalue()}

    return composed


def _write_file(path: Path, cog: Cog) -> None:
    names = [f"fictional_{domain.id}" for domain in domains()]
    communes = cog.children("DEP-35", "COM")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(["niveau", "code", *names])
        for level, territories in (
            ("REG", cog.at("REG")),
            ("DEP", cog.at("DEP")),
            ("EPCI", cog.at("EPCI")),
            ("COM", communes),
        ):
            for place, territory in enumerate(territories):
                values = [f"{(31 * place + 17 * step) % 101},5" for step in range(len(names))]
                writer.writerow([level, cog[territory].code, *values])


def _dataset() -> dict[str, object]:
    return {
        "id": "fictional",
        "title": FICTIONAL,
        "source": {"producer": "Nobody", "citation": FICTIONAL, "licence": "CC0-1.0", "retrieved": "2026-01-01"},
        "territories": {"column": "code", "level": {"column": "niveau"}, "vintage": 2026},
        "period": "2020",
        "columns": {f"fictional_{domain.id}": f"fictional_{domain.id}" for domain in domains()},
        "indicators": {
            f"fictional_{domain.id}": {
                "name": {"fr": f"Fictif : {domain.name.fr}", "en": f"Fictional: {domain.name.en}"},
                "definition": {"fr": "Chiffre inventé.", "en": "A made-up figure."},
                "unit": "per_1000",
                "direction": "fragility_up",
                "domain": domain.id,
            }
            for domain in domains()
        },
    }
