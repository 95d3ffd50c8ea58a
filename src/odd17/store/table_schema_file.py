"""Table Schema files (Frictionless, JSON): the input contract that producers of open data publish."""

from __future__ import annotations

import json
from typing import Any

from odd17.core.kernel import DataError

from .documents import check_document


def parse_table_schema(content: bytes, name: str) -> dict[str, Any]:
    """The Table Schema in ``content``; raises DataError, naming the file and the field, where it is not one."""
    try:
        schema = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        row = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise DataError("not a Table Schema: not JSON", file=name, row=row, remedy="correct the file") from error
    check_document(schema, "table-schema", file=name)
    checked: dict[str, Any] = schema
    return checked
