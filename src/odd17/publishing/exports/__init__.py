"""Tables as files that people and programs open: strict CSV, CSV for a French spreadsheet, XLSX."""

from .builders import diagnosis_table, indicator_table, ranking_table, ranks_table
from .contribution import contribution_table
from .course import course_table
from .crossing import crossing_table, perceptions_table
from .delimited import french_csv, strict_csv
from .programmes import (
    amounts_table,
    blank_amounts,
    blank_measures,
    figures_table,
    measures_table,
    state_table,
)
from .table import Cell, Column, Kind, Table, guarded
from .what_if import beyond_said, what_if_table
from .workbook import xlsx

__all__ = [
    "Cell",
    "Column",
    "Kind",
    "Table",
    "amounts_table",
    "beyond_said",
    "blank_amounts",
    "blank_measures",
    "contribution_table",
    "course_table",
    "crossing_table",
    "diagnosis_table",
    "figures_table",
    "french_csv",
    "guarded",
    "indicator_table",
    "measures_table",
    "perceptions_table",
    "ranking_table",
    "ranks_table",
    "state_table",
    "strict_csv",
    "what_if_table",
    "xlsx",
]
