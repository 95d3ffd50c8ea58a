"""Numbers as French offices write them: decimal comma, spaces of three kinds between thousands, a percent sign."""

from __future__ import annotations

import polars as pl

_SPACES = r"\s\u{a0}\u{2007}\u{202f}\u{2009}"
_GROUPED = r"^[+-]?\d{{1,3}}(?:[{separators}]\d{{3}})+(?:[{marks}]\d*)?$"


def number(cell: pl.Expr, *, decimal: str | None = None, percent: bool = False) -> pl.Expr:
    """The number that a text cell writes, as Float64; null where it writes none, or one that is not finite.

    Both decimal marks are read unless ``decimal`` names one; then the other may only separate thousands. Spaces are
    allowed only between groups of three digits. A percent sign is allowed where ``percent`` says so.

    >>> cells = pl.Series("x", ["1 234,5", "-0.25", "12 5", "inf", "1.234,5", "1e3"])
    >>> cells.to_frame().select(number(pl.col("x")))["x"].to_list()
    [1234.5, -0.25, None, None, None, 1000.0]
    >>> cells.to_frame().select(number(pl.col("x"), decimal=","))["x"].to_list()
    [1234.5, None, None, None, 1234.5, 1000.0]
    """
    text = cell.str.strip_chars().str.replace("−", "-", literal=True)
    if percent:
        text = text.str.strip_suffix("%").str.strip_chars_end()
    other = {",": ".", ".": ","}.get(decimal or "", "")
    separators = rf"{_SPACES}{other}"
    grouped = _GROUPED.format(separators=separators.replace(".", r"\."), marks=(decimal or ",.").replace(".", r"\."))
    text = pl.when(text.str.contains(grouped)).then(text.str.replace_all(rf"[{separators}]", "")).otherwise(text)
    return plain_number(text, decimal=decimal)


def plain_number(cell: pl.Expr, *, decimal: str | None = None) -> pl.Expr:
    """The number that a text cell writes without thousands apart; null for any other: a fast way for most cells.

    What it reads, :func:`number` reads alike.
    """
    text = cell.str.strip_chars()
    other = {",": ".", ".": ","}.get(decimal or "")
    if other is not None:
        text = pl.when(~text.str.contains(other, literal=True)).then(text)
    value = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    return pl.when(value.is_finite()).then(value)
