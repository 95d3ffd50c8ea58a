"""Which territory each row speaks of: codes are text, checked against the form of their level and against the COG."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import polars as pl

from odd17.core.kernel import Message
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
    Level.OWN: r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
}
"""The form of a code of each level, whatever the vintage."""

_LENGTHS = {Level.REGION: 2, Level.DEPARTEMENT: 2, Level.COMMUNE: 5}
_LONGEST = 40  # of a text that may be a code; near ones are not sought for anything longer
_AS_NUMBER = re.compile(r"^\d+[.,]0*$|^\d+(?:[.,]\d+)?[eE]\+?\d+$")
_CODE = "\x00code"
_CELL = "\x00cell"
_COUNT = "\x00count"
_LEVEL = "\x00told"
_NOTHING = pl.lit(None, pl.String)


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
    frame = table.frame.with_columns(pl.col(spec.column).fill_null("").str.strip_chars().alias(_CODE))
    if (frame[_CODE] == "").any():
        findings.extend(_without_code(frame.filter(pl.col(_CODE) == ""), table, spec))
        frame = frame.filter(pl.col(_CODE) != "")
    dropped = [code for code, target in spec.codes.items() if target is None]
    kept = frame.filter(~pl.col(_CODE).is_in(dropped)) if dropped else frame
    left_out = frame.height - kept.height
    # a long file has the same code in many rows: each is judged once
    context = [_CODE]
    if spec.sections:
        context.append(LEVEL)
    elif spec.level_column is not None:
        context.append(_CELL)
        kept = kept.with_columns(pl.col(spec.level_column).fill_null("").str.strip_chars().alias(_CELL))
    distinct = kept.group_by(context, maintain_order=True).agg(pl.col(ROW).first(), pl.len().alias(_COUNT))
    told = _told(distinct, spec)
    findings.extend(_checked(told, spec, territories, vintage))
    answers = told.select(*(pl.col(name).alias(f"\x00key{name}") for name in context), TERRITORY, _LEVEL)
    matched = kept.select(context).join(
        answers, left_on=context, right_on=[f"\x00key{name}" for name in context], how="left", maintain_order="left"
    )
    located = kept.drop(*{_CODE, *context}).with_columns(matched[TERRITORY], matched[_LEVEL].alias(LEVEL))
    if located[TERRITORY].null_count():
        located = located.filter(pl.col(TERRITORY).is_not_null())
    return Located(located, left_out, tuple(_counted(told, territories)), tuple(findings))


def _without_code(blank: pl.DataFrame, table: Table, spec: TerritoryColumn) -> Iterator[Finding]:
    """A finding for the rows that have no code and are not blank."""
    others = [pl.col(name).fill_null("").str.strip_chars() != "" for name in table.names if name != spec.column]
    rows = blank.filter(pl.any_horizontal([*others, pl.lit(False)]))[ROW]
    if rows.len():
        yield Finding(
            "the row has figures and no code", row=rows[0], column=spec.column, count=rows.len(),
            remedy="write the code, delete the row, or say where the data end with `until` under `file`",
        )  # fmt: skip


def _told(distinct: pl.DataFrame, spec: TerritoryColumn) -> pl.DataFrame:
    """``distinct`` with the level and territory of each code, null where it is not told."""
    frame = distinct.with_columns(_level(spec).alias(_LEVEL))
    # an identifier (REG-53) is a code with its level in front
    code = pl.col(_CODE).str.replace(r"^(?:REG|DEP|EPCI|COM)-", "")
    if spec.pad:
        for level, width in _LENGTHS.items():
            short = (pl.col(_LEVEL) == level.value) & code.str.contains(r"^\d+$")
            code = pl.when(short).then(code.str.pad_start(width, "0")).otherwise(code)
    single = pl.col(_LEVEL).is_in([Level.COUNTRY.value, Level.METROPOLITAN.value])
    identifier = pl.when(single).then(pl.col(_LEVEL)).otherwise(pl.col(_LEVEL) + "-" + code)
    formed = pl.any_horizontal(
        [(pl.col(_LEVEL) == level.value) & code.str.contains(form) for level, form in FORMS.items()]
    )
    targets = {code: target for code, target in spec.codes.items() if target is not None}
    mapped = pl.col(_CODE).replace_strict(targets, default=None, return_dtype=pl.String) if targets else _NOTHING
    return frame.with_columns(
        pl.coalesce(mapped, pl.when(formed).then(identifier)).alias(TERRITORY),
        pl.coalesce(mapped.str.split("-").list.first(), _LEVEL).alias(_LEVEL),
    )


def _level(spec: TerritoryColumn) -> pl.Expr:
    """The level of a code, null where it is not told."""
    if spec.sections:
        return pl.col(LEVEL)
    if spec.level is not None:
        return pl.lit(spec.level.value)
    if spec.level_column is not None:
        meanings = {level.value: level.value for level in Level} | {
            key: item.value for key, item in spec.levels.items()
        }
        return pl.col(_CELL).replace_strict(meanings, default=None, return_dtype=pl.String)
    return pl.coalesce(
        pl.col(_CODE).str.extract(r"^(REG|DEP|EPCI|COM)-"),
        pl.when(pl.col(_CODE).is_in(["FR", "FRM"]))
        .then(pl.col(_CODE))
        .when(pl.col(_CODE).str.contains(FORMS[Level.EPCI]))
        .then(pl.lit("EPCI"))
        .when(pl.col(_CODE).str.contains(FORMS[Level.COMMUNE]))
        .then(pl.lit("COM"))
        .when(pl.col(_CODE).str.contains(r"^(?:2[AB]|97\d)$"))
        .then(pl.lit("DEP")),
    )


def _checked(told: pl.DataFrame, spec: TerritoryColumn, territories: pl.DataFrame, vintage: int) -> Iterator[Finding]:
    """The findings on the codes."""
    unlevelled = told.filter(pl.col(_LEVEL).is_null())
    unformed = told.filter(pl.col(TERRITORY).is_null() & pl.col(_LEVEL).is_not_null())
    unknown = told.filter(pl.col(TERRITORY).is_not_null()).join(
        territories.select("id"), left_on=TERRITORY, right_on="id", how="anti", maintain_order="left"
    )
    if unlevelled.height:
        yield from _unlevelled(unlevelled, spec)
    known = told.height - unformed.height - unlevelled.height - unknown.height
    strange = pl.concat([unformed, unknown]).sort(ROW)
    problem = strange if spec.vintage == vintage else unformed
    repairable = any(_padded(row, territories) for row in problem.head(5).iter_rows(named=True))
    if strange.height > known and strange.height >= 3 and not repairable and not _numeric(problem):
        first = strange.row(0, named=True)
        yield Finding(
            Message(
                "most codes ({strange} of {codes}) are not codes of the level {level}",
                strange=strange.height, codes=told.height, level=first[_LEVEL],
            ),
            row=first[ROW], column=spec.column, value=first[_CODE],
            remedy=Message(
                "state the level that the file has; odd17 knows {levels}, and no other",
                levels=_level_list(),
            ),
        )  # fmt: skip
        return
    codes = {str(level): set(group["code"]) for (level,), group in territories.group_by("level")}
    for row in problem.head(LISTED).iter_rows(named=True):
        yield _explained(row, spec, codes, vintage)
    if problem.height > LISTED:
        row = problem.row(LISTED, named=True)
        yield Finding(
            "more codes that are not of the COG", row=row[ROW], column=spec.column, value=row[_CODE],
            count=int(problem[LISTED:][_COUNT].sum()), remedy="correct the first ones, then check again",
        )  # fmt: skip


def _unlevelled(unlevelled: pl.DataFrame, spec: TerritoryColumn) -> Iterator[Finding]:
    """Findings on codes whose level is not told: by their form, or by the column that should tell it."""
    if spec.level_column is not None:
        for row in unlevelled.unique(_CELL, keep="first", maintain_order=True).head(LISTED).iter_rows(named=True):
            yield Finding(
                "odd17 has no such level", row=row[ROW], column=spec.level_column, value=row[_CELL],
                remedy=Message(
                    "say what it means with `values` under `level`; the levels are {levels}",
                    levels=_level_list(),
                ),
            )  # fmt: skip
        return
    first = unlevelled.row(0, named=True)
    yield Finding(
        "the form of this code does not tell its level", row=first[ROW], column=spec.column, value=first[_CODE],
        count=int(unlevelled[_COUNT].sum()),
        remedy=Message("state `level` under `territories`; the levels are {levels}", levels=_level_list()),
    )  # fmt: skip


def _explained(row: dict[str, str | int], spec: TerritoryColumn, codes: dict[str, set[str]], vintage: int) -> Finding:
    """What is wrong with one code, and what may be meant."""
    code, level = str(row[_CODE]), str(row[_LEVEL])
    known = codes.get(level, set())

    def finding(message: Message, remedy: Message) -> Finding:
        return Finding(
            message, row=int(row[ROW]), column=spec.column, value=code, count=int(row[_COUNT]), remedy=remedy
        )

    if spec.codes.get(code) is not None:
        return finding(
            Message(
                "`codes` says {territory!r}, which is no territory of the COG {vintage}",
                territory=row[TERRITORY],
                vintage=vintage,
            ),
            Message("write an identifier such as FR, REG-53 or DEP-2A, or ~ to leave the row out"),
        )
    if len(code) <= _LONGEST and _AS_NUMBER.match(code):
        return finding(
            Message("a program turned this code into a number"),
            Message(
                "give the column the format Text before opening or saving the file (2A, 2B and leading zeros do not "
                "survive otherwise), or ask the producer for the file again"
            ),
        )
    padded = code.zfill(_LENGTHS.get(Level(level), 0)) if code.isdigit() else code
    if padded != code and padded in known:
        return finding(
            Message("the code has lost its leading zero"),
            Message(
                "write {code}, or add `pad: true` under `territories` to give every code its zeros back", code=padded
            ),
        )
    if level == "COM" and code in MUNICIPAL_ARRONDISSEMENTS:
        return finding(
            Message(
                "a municipal arrondissement, part of the commune {commune}",
                commune=MUNICIPAL_ARRONDISSEMENTS[code],
            ),
            Message('leave it out with `codes: {{"{code}": ~}}` where the file has the commune itself', code=code),
        )
    near = _near(code, known)
    elsewhere = [f"{name}-{code}" for name, items in sorted(codes.items()) if name != level and code in items]
    hint = Message("")
    if near:
        hint = Message("did you mean {near}? ", near=near)
    elif elsewhere:
        hint = Message("{codes} exists: is the level right? ", codes=elsewhere)
    return finding(
        Message("no {level} of the COG {vintage} has this code", level=level, vintage=vintage),
        Message(
            "{hint}Correct the code; or, if the file is of another year, state its `vintage` (a year, or unknown); or "
            "leave the row out with `codes`",
            hint=hint,
        ),
    )


def _counted(told: pl.DataFrame, territories: pl.DataFrame) -> Iterator[LevelCount]:
    """How many territories of each level the COG has and has not."""
    known = territories.select(pl.col("id").alias(TERRITORY), pl.lit(True).alias("known"))
    seen = told.select(_LEVEL, TERRITORY).drop_nulls().unique().join(known, on=TERRITORY, how="left")
    order = [level.value for level in Level]
    for (level,), group in sorted(seen.group_by(_LEVEL), key=lambda item: order.index(str(item[0][0]))):
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
    code, level = row[_CODE], Level(row[_LEVEL])
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
