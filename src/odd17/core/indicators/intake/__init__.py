"""From a table of text, as published, to checked observations: what a file declares, and the rules."""

from .dataset import Dataset, FileForm, LongLayout, Measure, Section, TerritoryColumn
from .finding import Finding, Findings, LevelCount, MeasureCount, Severity
from .read import Reading, read_observations
from .table import LEVEL, ROW, Table, nameless

__all__ = [
    "LEVEL",
    "ROW",
    "Dataset",
    "FileForm",
    "Finding",
    "Findings",
    "LevelCount",
    "LongLayout",
    "Measure",
    "MeasureCount",
    "Reading",
    "Section",
    "Severity",
    "Table",
    "TerritoryColumn",
    "nameless",
    "read_observations",
]
