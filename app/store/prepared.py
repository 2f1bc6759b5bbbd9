"""An INSERT put into the driver's own words once, for whoever writes the same all the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Dialect, Insert


class PreparedInsert:
    """The SQL of an INSERT of whole rows, and how a row is bound to it; spares the compiler's look at each of them."""

    def __init__(self, statement: Insert, dialect: Dialect) -> None:
        columns = statement.table.columns
        compiled = statement.compile(dialect=dialect, column_keys=columns.keys())
        self.sql = str(compiled)
        self._order: list[str] | None = compiled.positiontup
        processors = {column.name: column.type.dialect_impl(dialect).bind_processor(dialect) for column in columns}
        self._processors = {name: process for name, process in processors.items() if process is not None}

    def bind(self, row: Mapping[str, Any]) -> Any:
        """The row as the driver takes it. Raises ValueError for a value that its column doesn't take."""
        bound = {**row, **{name: process(row[name]) for name, process in self._processors.items()}}
        return bound if self._order is None else tuple([bound[name] for name in self._order])
