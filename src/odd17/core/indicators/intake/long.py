"""Long files: which indicator each row speaks of, and the statuses that the file itself states."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

import polars as pl

from odd17.core.indicators.indicator import Indicator
from odd17.core.kernel import ConfStatus, Message, ObsStatus

from .dataset import LongLayout
from .finding import Finding
from .table import ROW

Status = tuple[ObsStatus, ConfStatus]

BAD = 255
"""In a column of positions of statuses: the cell is neither a number nor a mark."""

_LISTED = 5
_LONGEST_NAME = 60


def name_rows(
    frame: pl.DataFrame, long: LongLayout, indicators: Mapping[str, Indicator], findings: list[Finding]
) -> tuple[pl.DataFrame, int]:
    """``frame`` with the indicator of each row in ``i0``, and how many rows are left out."""
    meanings: dict[str, str | None] = {**{name: name for name in indicators}, **long.names}
    cell = pl.col(long.indicator).fill_null("").str.strip_chars()
    found = frame.with_columns(
        cell.replace_strict({key: value for key, value in meanings.items() if value}, default=None,
                            return_dtype=pl.String).alias("i0"),
        cell.is_in(list(meanings)).alias("known"),
    )  # fmt: skip
    if not long.others_left_out:
        for row in (
            found.filter(~pl.col("known"))
            .unique(long.indicator, keep="first", maintain_order=True)
            .head(_LISTED)
            .iter_rows(named=True)
        ):
            text = row[long.indicator] or ""
            near = get_close_matches(text[:_LONGEST_NAME], list(meanings), n=3)
            hint = Message("did you mean {near}? ", near=near) if near else ""
            findings.append(
                Finding(
                    "no indicator has this name", row=row[ROW], column=long.indicator, value=text,
                    remedy=Message(
                        "{hint}Say what it means under `names` (~ to leave its rows out), or write `others: "
                        "left_out` under `long`",
                        hint=hint,
                    ),
                )
            )  # fmt: skip
    kept = found.filter(pl.col("i0").is_not_null())
    left_out = found.height - kept.height
    return kept.drop("known"), left_out


def state_statuses(
    frame: pl.DataFrame, parsed: pl.DataFrame, long: LongLayout, statuses: list[Status], findings: list[Finding]
) -> pl.DataFrame:
    """``parsed`` with the statuses that the file itself states; blank cells leave the status that the value has."""
    named = [(long.obs_status, ObsStatus, "CL_OBS_STATUS"), (long.conf_status, ConfStatus, "CL_CONF_STATUS")]
    texts: list[pl.Series] = []
    for name, codes, title in named:
        text = (
            pl.Series("", [""]).new_from_index(0, frame.height)
            if name is None
            else (frame[name].fill_null("").str.strip_chars())
        )
        wrong = ~text.is_in(["", *codes])
        if name is not None and wrong.any():
            rows = frame.filter(wrong)
            findings.append(
                Finding(
                    Message(
                        "not a code of SDMX {title} that odd17 knows",
                        title=title,
                    ),
                    row=rows[ROW][0], column=name, value=rows[name][0],
                    count=rows.height, remedy=Message("write one of {codes}", codes=list(codes)),
                )
            )  # fmt: skip
            text = text.set(wrong, "")
        texts.append(text)
    pairs = pl.DataFrame({"s": parsed["s0"], "obs": texts[0], "conf": texts[1]}).with_row_index("at")
    replaced: dict[tuple[int, str, str], int] = {}
    for s, obs, conf in pairs.select("s", "obs", "conf").unique().sort("s", "obs", "conf").iter_rows():
        if s == BAD:
            continue
        status = (ObsStatus(obs) if obs else statuses[s][0], ConfStatus(conf) if conf else statuses[s][1])
        if status not in statuses:
            statuses.append(status)
        replaced[s, obs, conf] = statuses.index(status)
    if not replaced:
        return parsed
    lookup = pl.DataFrame(
        [(*key, position) for key, position in replaced.items()],
        schema={"s": pl.UInt8, "obs": pl.String, "conf": pl.String, "new": pl.UInt8},
        orient="row",
    )
    new = pairs.join(lookup, on=["s", "obs", "conf"], how="left", maintain_order="left")["new"]
    return parsed.with_columns(new.alias("s0"))
