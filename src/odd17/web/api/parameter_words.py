"""What is wrong with a parameter of the API, in the active language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

_WORDS = {
    "missing": gettext_noop("it is required"),
    "greater_than_equal": gettext_noop("it must be %(ge)s or more"),
    "less_than_equal": gettext_noop("it must be %(le)s or less"),
    "enum": gettext_noop("it must be one of %(values)s"),
    "literal_error": gettext_noop("it must be one of %(values)s"),
    "int_parsing": gettext_noop("it must be a whole number"),
    "string_too_long": gettext_noop("it must have %(max_length)s characters at most"),
    "too_long": gettext_noop("it may be given %(max_length)s times at most"),
}
"""By kind of error of pydantic: the kinds that the API's parameters can give."""

_VALUE = re.compile(r"'([^']*)'")


def wrong_parameter(error: Mapping[str, Any]) -> str:
    """``error``, of pydantic, as "parameter: what is wrong"; in English where its kind is not one of ours."""
    facts = dict(error.get("ctx", {}))
    facts["values"] = ", ".join(_VALUE.findall(str(facts.get("expected", ""))))
    words = _WORDS.get(error["type"])
    said = error["msg"] if words is None else _(words) % facts
    # The place begins with where the parameter stands (query, path); a list's parameter ends with a place in it.
    name = ".".join(str(part) for part in error["loc"][1:])
    return _("%(name)s: %(said)s") % {"name": name, "said": said}
