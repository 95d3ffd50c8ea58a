"""Reads what offices publish (CSV, XLSX, XLS, Parquet, JSON records; gzipped too) into a table of text."""

from .contents import MAX_FILE_BYTES, MAX_UNPACKED_BYTES, read_bytes
from .published import READABLE, read_table

__all__ = ["MAX_FILE_BYTES", "MAX_UNPACKED_BYTES", "READABLE", "read_bytes", "read_table"]
