"""Columns by which a person could be told: names, addresses, numbers, and free text. They are refused, not dropped.

A value is known by its form, whatever its column is called; a column by its name, where its values are more than codes;
and free text by hardly ever being the same twice. Sources: CNIL, *Guide RGPD*, fiche "Identifier les données
personnelles"; the key of the NIR is 97 less the number modulo 97 (Insee).
"""

from __future__ import annotations

import re
from collections.abc import Collection

import polars as pl

from odd17.core.kernel import DataError, Message
from odd17.core.territories.normalised import words

from .answers import Respondents

_FORMS = {
    "e-mail addresses": r"^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$",
    "telephone numbers": r"^(?:(?:\+|00)33[ .-]?\(?0?\)?|0)[1-9](?:[ .-]?\d{2}){4}$",
    "IP addresses": r"^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$|^[0-9A-Fa-f]{1,4}(?::[0-9A-Fa-f]{0,4}){3,7}$",
}
_NIR = r"^([12])\s?(\d{2})\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[ABab])\s?(\d{3})\s?(\d{3})(?:\s?(\d{2}))?$"
_BARE_TELEPHONE = r"^[1-9]\d{8}$"  # a spreadsheet ate its zero
_NAMES = {
    "names": "nom|prenom|noms|prenoms|nom prenom|prenom nom|nom et prenom|nom de famille|nom complet|nom usage|name|"
    "full name|fullname|first name|firstname|last name|lastname|surname|nom repondant|nom du repondant",
    "postal addresses": "adresse|adresse postale|rue|address|street|postal address|street address|num rue",
    "e-mail addresses": "email|e mail|mail|courriel|adresse email|adresse mail|adresse e mail|email address|mel",
    "telephone numbers": "tel|telephone|portable|mobile|phone|phone number|numero de telephone|num tel|tel portable",
    "social security numbers": "nir|numero de securite sociale|num secu|no secu|nss|ssn|social security number",
    "IP addresses": "ip|adresse ip|ip address|ipaddress|ip adresse",
}
_BY_NAME = {tuple(name.split()): what for what, names in _NAMES.items() for name in names.split("|")}
_CALLED = {
    str(what): what
    for what in (
        Message("e-mail addresses"),
        Message("telephone numbers"),
        Message("IP addresses"),
        Message("names"),
        Message("postal addresses"),
        Message("social security numbers"),
        Message("text that hardly ever stands twice"),
    )
}
"""What identifies a person, as errors say it."""

_ENOUGH = 0.05  # of the values of a column: fewer may be what an open code happens to look like
_FEW_VALUES = 10
_MOSTLY_ONCE = 0.5
_PLAIN = r"^[+-]?\d+(?:[.,]\d+)?$|^\d{1,4}[-/]\d{1,2}[-/]\d{1,4}(?:[ T].*)?$|^\d{1,2}:\d{2}(?::\d{2})?$"


def refuse_identifiers(people: Respondents, design: Collection[str] = ()) -> None:
    """Raise DataError that names the first column by which a person could be told, and what it holds.

    The columns of ``design`` (territories, units drawn, pseudonyms) may have a value for each respondent, as long as it
    has not the form of an identifier. The error does not repeat the values.
    """
    for column in people.frame.columns:
        what = told(column, people.frame[column], people.labels.get(column, {}), is_design=column in design)
        if what is not None:
            raise DataError(
                Message("the column holds {what}, by which a person could be told", what=_CALLED[what]),
                file=people.file, column=column,
                remedy="delete the column from the file, then try again; odd17 keeps no identifier",
            )  # fmt: skip


def told(name: str, values: pl.Series, labels: Collection[str] = (), *, is_design: bool = False) -> str | None:
    """What identifies a person in a column: ``e-mail addresses``, ``names``…; None where nothing does.

    >>> told("q12", pl.Series(["a.martin@example.org", None, "b@example.com"]))
    'e-mail addresses'
    >>> told("mobile", pl.Series(["1", "2", "1"])) is None
    True
    """
    given = values.drop_nulls().str.strip_chars()
    if given.is_empty():
        return None
    for what, form in _FORMS.items():
        if _share(given, form) >= _ENOUGH:
            return what
    if _share(given, _NIR) >= _ENOUGH and (len(str(given[0])) > 13 or _share(given, _NIR) > _MOSTLY_ONCE):
        return "social security numbers"
    is_once = given.n_unique() > max(_FEW_VALUES, _MOSTLY_ONCE * len(given))
    if is_once and _share(given, _BARE_TELEPHONE) > 1 - _ENOUGH and not is_design:
        return "telephone numbers"
    by_name = _BY_NAME.get(words(re.sub(r"([a-z])([A-Z])", r"\1 \2", name)))
    if by_name is not None and not labels and _share(given, r"^.{0,2}$|" + _PLAIN) < _MOSTLY_ONCE:
        return by_name
    if is_once and not labels and not is_design and _share(given, _PLAIN) < _MOSTLY_ONCE:
        return "text that hardly ever stands twice"
    return None


def _share(values: pl.Series, form: str) -> float:
    return float(values.str.contains(form).sum()) / len(values)
