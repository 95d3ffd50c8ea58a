"""Which territory each row speaks of: codes are text, checked against the form of their level and against the COG."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from odd17.core.territories.levels import Level, split_id, territory_id
from odd17.core.territories.municipal_arrondissements import MUNICIPAL_ARRONDISSEMENTS

from .dataset import TerritoryColumn
from .finding import LISTED, Finding, LevelCount
from .table import LEVEL, ROW, TERRITORY, Table

FORMS: dict[Level, str] = {
    Level.COUNTRY: r"^FR$",
    Level.METROPOLITAN: r"^FRM$",
    Level.REGION: r"^\d{2}$",
    Level.DEPARTEMENT: r"^(?:\d{2}|2[AB]|97\d)$",
    Level.EPCI: r"^\d{9}$",
    Level.COMMUNE: r"^(?:\d{5}|2[AB]\d{3})$",
}
"""The form of a code of each level, whatever the vintage."""

_LENGTHS = {Level.REGION: 2, Level.DEPARTEMENT: 2, Level.COMMUNE: 5}
_LONGEST = 40  # of a text that may be a code; near ones are not sought for anything longer
_AS_NUMBER = re.compile(r"^\d+[.,]0*$|^\d+(?:[.,]\d+)?[eE]\+?\d+$")
_CODE = "\x00code"


@dataclass(frozen=True, slots=True)
class Located:
    """The rows whose territory is told (``TERRITORY`` and ``LEVEL`` beside), and what was found on the way."""

    frame: pl.DataFrame
    left_out: int
    levels: tuple[LevelCount, ...]
    findings: tuple[Finding, ...]


def locate(table: Table, spec: TerritoryColumn, territories: pl.DataFrame, vintage: int) -> Located:
    """Tell the territory of each row of ``table``.

    ``territories`` is the COG's table (``id``, ``level``, ``code``) and ``vintage`` its year. A code that the COG does
    not have is an error where the file says that its codes are of that year; else it is counted, for the codes of
    another year are carried when a release is built. Blank rows are dropped.
    """
    findings: list[Finding] = []
    text = pl.col(spec.column).fill_null("").str.strip_chars()
    frame = table.frame.with_columns(text.alias(_CODE))
    blank = frame.filter(pl.col(_CODE) == "")
    if blank.height:
        others = [name for name in table.names if name != spec.column]
        written = pl.any_horizontal([pl.col(name).fill_null("").str.strip_chars() != "" for name in others] or [False])
        rows = blank.filter(written)[ROW]
        if rows.len():
            findings.append(
                Finding(
                    "the row has figures and no code", row=rows[0], column=spec.column, count=rows.len(),
                    remedy="write the code, delete the row, or say where the data end with `until` under `file`",
                )
            )  # fmt: skip
        frame = frame.filter(pl.col(_CODE) != "")
    dropped = [code for code, target in spec.codes.items() if target is None]
    kept = frame.filter(~pl.col(_CODE).is_in(dropped)) if dropped else frame
    left_out = frame.height - kept.height
    frame = _levelled(kept, spec, findings)
    targets = {code: target for code, target in spec.codes.items() if target is not None}
    # an identifier (REG-53) is a code with its level in front
    code = pl.col(_CODE).str.replace(r"^(?:REG|DEP|EPCI|COM)-", "")
    if spec.pad:
        widths = {level.value: width for level, width in _LENGTHS.items()}
        for level, width in widths.items():
            short = (pl.col(LEVEL) == level) & code.str.contains(r"^\d+$")
            code = pl.when(short).then(code.str.pad_start(width, "0")).otherwise(code)
    single = pl.col(LEVEL).is_in([Level.COUNTRY.value, Level.METROPOLITAN.value])
    identifier = pl.when(single).then(pl.col(LEVEL)).otherwise(pl.col(LEVEL) + "-" + code)
    formed = pl.lit(False)
    for level, form in FORMS.items():
        formed = formed | ((pl.col(LEVEL) == level.value) & code.str.contains(form))
    frame = frame.with_columns(pl.when(formed).then(identifier).alias(TERRITORY))
    if targets:
        mapped = pl.col(_CODE).replace_strict(targets, default=None, return_dtype=pl.String)
        frame = frame.with_columns(pl.coalesce(mapped, TERRITORY).alias(TERRITORY))
        frame = frame.with_columns(
            pl.when(mapped.is_not_null()).then(mapped.str.split("-").list.first()).otherwise(pl.col(LEVEL)).alias(LEVEL)
        )
    findings.extend(_checked(frame, spec, territories, vintage))
    located = frame.filter(pl.col(TERRITORY).is_not_null()).drop(_CODE)
    return Located(located, left_out, tuple(_counted(located, territories)), tuple(findings))


def _levelled(frame: pl.DataFrame, spec: TerritoryColumn, findings: list[Finding]) -> pl.DataFrame:
    """``frame`` with the level of each row, null where it is not told."""
    if spec.sections:
        return frame
    if spec.level is not None:
        return frame.with_columns(pl.lit(spec.level.value).alias(LEVEL))
    if spec.level_column is not None:
        cell = pl.col(spec.level_column).fill_null("").str.strip_chars()
        meanings = {level.value: level.value for level in Level} | {
            key: item.value for key, item in spec.levels.items()
        }
        frame = frame.with_columns(cell.replace_strict(meanings, default=None, return_dtype=pl.String).alias(LEVEL))
        mapped = pl.col(_CODE).is_in(list(spec.codes))
        for row in (
            frame.filter(pl.col(LEVEL).is_null() & ~mapped)
            .unique(spec.level_column, keep="first")
            .iter_rows(named=True)
        ):
            findings.append(
                Finding(
                    "odd17 has no such level", row=row[ROW], column=spec.level_column, value=row[spec.level_column],
                    remedy=f"say what it means with `values` under `level`; the levels are {_level_list()}",
                )
            )  # fmt: skip
        return frame
    prefix = pl.col(_CODE).str.extract(r"^(REG|DEP|EPCI|COM)-")
    by_form = (
        pl.when(pl.col(_CODE).is_in(["FR", "FRM"]))
        .then(pl.col(_CODE))
        .when(pl.col(_CODE).str.contains(FORMS[Level.EPCI]))
        .then(pl.lit("EPCI"))
        .when(pl.col(_CODE).str.contains(FORMS[Level.COMMUNE]))
        .then(pl.lit("COM"))
        .when(pl.col(_CODE).str.contains(r"^(?:2[AB]|97\d)$"))
        .then(pl.lit("DEP"))
    )
    return frame.with_columns(pl.coalesce(prefix, by_form).alias(LEVEL))


def _checked(frame: pl.DataFrame, spec: TerritoryColumn, territories: pl.DataFrame, vintage: int) -> Iterator[Finding]:
    """The findings on the codes of a levelled frame."""
    unformed = frame.filter(pl.col(TERRITORY).is_null() & pl.col(LEVEL).is_not_null())
    unlevelled = frame.filter(pl.col(LEVEL).is_null() & pl.col(TERRITORY).is_null())
    unknown = frame.filter(pl.col(TERRITORY).is_not_null()).join(
        territories.select("id"), left_on=TERRITORY, right_on="id", how="anti", maintain_order="left"
    )
    if spec.level_column is None and unlevelled.height:
        first = unlevelled.row(0, named=True)
        yield Finding(
            "the form of this code does not tell its level", row=first[ROW], column=spec.column, value=first[_CODE],
            count=unlevelled.height,
            remedy=f"state `level` under `territories`; the levels are {_level_list()}",
        )  # fmt: skip
    mapped_ids = {target for target in spec.codes.values() if target is not None}
    known = frame.height - unformed.height - unlevelled.height - unknown.height
    strange = unformed.height + unknown.height
    problem = pl.concat([unformed, unknown if spec.vintage == vintage else unknown.clear()]).sort(ROW)
    repairable = problem.height and any(_padded(row, territories) for row in problem.head(5).iter_rows(named=True))
    if strange > known and strange >= 3 and not repairable and not _numeric(problem):
        first = pl.concat([unformed, unknown]).sort(ROW).row(0, named=True)
        yield Finding(
            f"most codes ({strange} of {frame.height}) are not codes of the level {first[LEVEL]}",
            row=first[ROW], column=spec.column, value=first[_CODE],
            remedy=f"state the level that the file has; odd17 knows {_level_list()}, and no other",
        )  # fmt: skip
        return
    codes = {level: set(group["code"]) for (level,), group in territories.group_by("level")} if problem.height else {}
    for row in problem.head(LISTED).iter_rows(named=True):
        yield _explained(row, spec, codes, vintage, mapped_ids)
    if problem.height > LISTED:
        row = problem.row(LISTED, named=True)
        yield Finding(
            "more codes that are not of the COG", row=row[ROW], column=spec.column, value=row[_CODE],
            count=problem.height - LISTED, remedy="correct the first ones, then check again",
        )  # fmt: skip


def _explained(
    row: dict[str, str | int], spec: TerritoryColumn, codes: dict[str, set[str]], vintage: int, mapped: Collection[str]
) -> Finding:
    """What is wrong with the code of one row, and what may be meant."""
    code, level, number = str(row[_CODE]), str(row[LEVEL]), int(row[ROW])
    known = codes.get(level, set())
    place = {"row": number, "column": spec.column, "value": code}
    if row[TERRITORY] in mapped:
        return Finding(
            f"`codes` says {row[TERRITORY]!r}, which is no territory of the COG {vintage}", **place,  # type: ignore[arg-type]
            remedy="write an identifier such as FR, REG-53 or DEP-2A, or ~ to leave the row out",
        )  # fmt: skip
    if _AS_NUMBER.match(code):
        return Finding(
            "a program turned this code into a number", **place,  # type: ignore[arg-type]
            remedy="give the column the format Text before opening or saving the file (2A, 2B and leading zeros do not "
            "survive otherwise), or ask the producer for the file again",
        )  # fmt: skip
    padded = code.zfill(_LENGTHS.get(Level(level), 0)) if code.isdigit() else code
    if padded != code and padded in known:
        return Finding(
            "the code has lost its leading zero", **place,  # type: ignore[arg-type]
            remedy=f"write {padded}, or add `pad: true` under `territories` to give every code its zeros back",
        )  # fmt: skip
    if level == "COM" and code in MUNICIPAL_ARRONDISSEMENTS:
        commune = MUNICIPAL_ARRONDISSEMENTS[code]
        return Finding(
            f"a municipal arrondissement, part of the commune {commune}", **place,  # type: ignore[arg-type]
            remedy=f"leave it out with `codes: {{\"{code}\": ~}}` where the file has the commune itself",
        )  # fmt: skip
    near = _near(code, known)
    elsewhere = [f"{name}-{code}" for name, items in sorted(codes.items()) if name != level and code in items]
    hint = ""
    if near:
        hint = f"did you mean {', '.join(near)}? "
    elif elsewhere:
        hint = f"{', '.join(elsewhere)} exists: is the level right? "
    return Finding(
        f"no {level} of the COG {vintage} has this code", **place,  # type: ignore[arg-type]
        remedy=f"{hint}Correct the code; or, if the file is of another year, state its `vintage` (a year, or unknown); "
        "or leave the row out with `codes`",
    )  # fmt: skip


def _counted(located: pl.DataFrame, territories: pl.DataFrame) -> Iterator[LevelCount]:
    """How many territories of each level the COG has and has not."""
    seen = (
        located.select(LEVEL, TERRITORY)
        .unique()
        .join(territories.select(pl.col("id").alias(TERRITORY), pl.lit(True).alias("known")), on=TERRITORY, how="left")
    )
    order = [level.value for level in Level]
    for (level,), group in sorted(seen.group_by(LEVEL), key=lambda item: order.index(str(item[0][0]))):
        unknown = group.filter(pl.col("known").is_null())[TERRITORY].sort()
        yield LevelCount(str(level), group.height - unknown.len(), tuple(unknown.to_list()))


def _near(code: str, known: Collection[str], limit: int = 3) -> list[str]:
    """Codes one character away from ``code``, or with two neighbours exchanged."""
    if len(code) > _LONGEST:
        return []
    changed = {code[:at] + new + code[at + 1 :] for at in range(len(code)) for new in "0123456789AB"}
    swapped = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}
    # Corse was 20 until 1976, and some files still say so
    corse = code.startswith("20")
    found = (item for item in (swapped | changed) if item in known)
    return sorted(found, key=lambda item: (not (corse and item.startswith(("2A", "2B"))), item))[:limit]


def _numeric(problem: pl.DataFrame) -> bool:
    return any(_AS_NUMBER.match(code) for code in problem[_CODE].head(5) if len(code) <= _LONGEST)


def _padded(row: dict[str, str], territories: pl.DataFrame) -> bool:
    code, level = row[_CODE], Level(row[LEVEL])
    padded = code.zfill(_LENGTHS.get(level, 0)) if code.isdigit() else code
    return padded != code and territories.filter(pl.col("id") == territory_id(level, padded)).height > 0


def _level_list() -> str:
    return ", ".join(f"{level.value} ({level.label.en})" for level in Level)


def is_identifier(text: str) -> bool:
    """Whether ``text`` has the form of a territory identifier.

    >>> is_identifier("DEP-2A"), is_identifier("2A")
    (True, False)
    """
    try:
        level, code = split_id(text)
    except ValueError:
        return False
    return re.match(FORMS[level], code) is not None
