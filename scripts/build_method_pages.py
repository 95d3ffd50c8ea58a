"""Write the pages of ``docs/method/domains`` from the catalogue, which alone holds their words.

Run from the repository's root::

    python scripts/build_method_pages.py
"""

from __future__ import annotations

from pathlib import Path

from odd17.core.indicators.indicator import Direction
from odd17.core.indicators.recipe import COG, CatalogueEntry, DomainCatalogue, Term
from odd17.core.indicators.source import Evidence, Source
from odd17.core.kernel import domain, in_language
from odd17.core.territories.levels import Level
from odd17.store.current_catalogue import read_domain_catalogues
from odd17.store.sources import read_sources

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "method" / "domains"

_DIRECTIONS = {
    Direction.FRAGILITY_UP: "a higher value is more fragile",
    Direction.FRAGILITY_DOWN: "a lower value is more fragile",
    Direction.UNKNOWN: "no single reading: shown, never scored",
}
_EVIDENCE = {
    Evidence.RECORDED: "recorded answer of the service",
    Evidence.CODE: "read in code that runs against the service",
    Evidence.GENERAL_KNOWLEDGE: "general knowledge, to be checked",
}


def pages() -> dict[str, str]:
    """The text of every page, by file name."""
    sources = read_sources()
    catalogues = read_domain_catalogues(sources=sources)
    return {"README.md": _index(catalogues)} | {f"{item.domain}.md": _page(item, sources) for item in catalogues}


def _index(catalogues: list[DomainCatalogue]) -> str:
    lines = [
        "# The indicators of each domain",
        "",
        "Choosing an indicator is an argument: each page says why these, and what they miss. Indicators marked *shown*",
        "are never scored. The pages are written from `data/catalogue/current` by `scripts/build_method_pages.py`.",
        "",
        "| domain | scored | shown | communes | EPCI | départements | regions |",
        "|---|---|---|---|---|---|---|",
    ]
    for item in catalogues:
        scored = [entry for entry in item.entries if entry.out_of_frame is None]
        counts = [
            str(sum(level in entry.levels for entry in item.entries))
            for level in (Level.COMMUNE, Level.EPCI, Level.DEPARTEMENT, Level.REGION)
        ]
        cells = [f"[{domain(item.domain).name.en}]({item.domain}.md)", str(len(scored))]
        lines.append("| " + " | ".join([*cells, str(len(item.entries) - len(scored)), *counts]) + " |")
    return "\n".join(lines) + "\n"


def _page(catalogue: DomainCatalogue, sources: dict[str, Source]) -> str:
    lines = [
        f"# {domain(catalogue.domain).name.en}",
        "",
        catalogue.why.en,
        "",
        f"**What they miss.** {catalogue.misses.en}",
    ]
    if catalogue.coverage:
        lines += ["", "**Where there is none, or only part.**", ""]
        lines += [f"- {gap.level.label.en} ({gap.status}): {gap.why.en}" for gap in catalogue.coverage]
    for entry in catalogue.entries:
        lines += ["", *_entry(entry, sources)]
    used = dict.fromkeys(id for entry in catalogue.entries for id in entry.recipe.sources)
    lines += ["", "## Sources", ""]
    for id in used:
        source = sources[id]
        evidence = source.verification
        lines += [
            f"- **{source.title.en}** (`{id}`), {source.producer}, {source.licence}: <{source.page}>. Address: "
            f"{_EVIDENCE[evidence.address]}; format: {_EVIDENCE[evidence.format]}. {evidence.note}"
        ]
    return "\n".join(lines) + "\n"


def _entry(entry: CatalogueEntry, sources: dict[str, Source]) -> list[str]:
    indicator = entry.indicator
    standing = "scored" if entry.out_of_frame is None else "shown"
    lines = [
        f"## {indicator.name.en}",
        "",
        indicator.definition.en,
        "",
        f"- `{indicator.id}`, {standing}; {_DIRECTIONS[indicator.direction]}. {entry.why.en}",
        f"- Does not see: {entry.misses.en}",
        f"- {_made(entry)}",
        f"- Levels: {', '.join(entry.levels)}; {entry.periodicity}; confidence {entry.confidence}.",
    ]
    if entry.out_of_frame is not None:
        lines.append(f"- Not scored: {entry.out_of_frame.en}")
    if entry.suppression is not None:
        lines.append(f"- Absences: {entry.suppression.en}")
    for known in entry.breaks:
        dated = "Break, with no date known" if known.after is None else f"Break after {known.after}"
        lines.append(f"- {dated}: {known.said.en}")
    return lines


def _made(entry: CatalogueEntry) -> str:
    recipe = entry.recipe
    if recipe.value is not None:
        return f"Published value, never put together again: {_term(recipe.value)}."
    named = (entry.indicator.numerator, entry.indicator.denominator)
    top, bottom = (None if text is None else in_language(text, "en") for text in named)
    factor = "" if recipe.factor == 1 else f" × {recipe.factor:g}"
    parts = f"{' '.join(map(_term, recipe.numerator))} ÷ {' '.join(map(_term, recipe.denominator))}"
    return f"({top}) ÷ ({bottom}){factor}, from communes: {parts}."


def _term(term: Term) -> str:
    what = "rows" if term.count else " + ".join(term.columns) or "value"
    if term.times is not None:
        what += f" × {term.times}"
    kept = [f"{column} = {' or '.join(cells)}" for column, cells in term.where]
    kept += [f"{column} ≠ {' or '.join(cells)}" for column, cells in term.without]
    if term.below is not None:
        kept.append(f"{term.below[0]} < {term.below[1]:g}")
    if term.lag:
        kept.append(f"{term.lag} year{'s' if term.lag > 1 else ''} before")
    source = "the COG" if term.source == COG else term.source
    return f"{'− ' if term.subtract else ''}`{source}: {what}{' where ' + ', '.join(kept) if kept else ''}`"


def main() -> None:
    """Write every page, and take away those of domains that are no more."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    written = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in written:
            path.unlink()
    for name, text in written.items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
