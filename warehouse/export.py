"""Query results in forms that other programs read."""

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any, Final, Literal, get_args

import orjson
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from warehouse.errors import WarehouseFault
from warehouse.query import QueryResult

Format = Literal["csv", "json", "jsonl", "parquet"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def export(result: QueryResult, form: Format, stream: IO[bytes]) -> int:
    """How many rows there were: all are written to a binary stream, batch by batch.

    csv has a header line, and lists and structs as JSON text; json is one list of
    objects, jsonl an object a line; null is an empty cell in csv and null in json.
    Columns that share a name are numbered from the second on: ``count``, ``count_2``.

    Raises:
        WarehouseFault: DuckDB stopped in the middle.
    """
    batches = _Counted(_renamed(result))
    if form in ("json", "jsonl"):
        (_write_json if form == "json" else _write_lines)(batches, stream)
        return batches.row_count
    first = next(batches, None)
    schema = first.schema if first is not None else _empty_schema(result)
    if form == "csv":
        schema = pa.schema([_flat_field(field) for field in schema])
    make = pyarrow.csv.CSVWriter if form == "csv" else pyarrow.parquet.ParquetWriter
    with make(stream, schema) as writer:
        for batch in [] if first is None else [first]:
            writer.write_batch(_flat(batch, schema) if form == "csv" else batch)
        for batch in batches:
            writer.write_batch(_flat(batch, schema) if form == "csv" else batch)
    return batches.row_count


def unique_names(columns: tuple[str, ...]) -> list[str]:
    """Column names without repeats: ``count``, ``count_2``."""
    names: list[str] = []
    for column in columns:
        name, count = column, 1
        while name in names:
            count += 1
            name = f"{column}_{count}"
        names.append(name)
    return names


class _Counted(Iterator[pa.RecordBatch]):
    """Batches as they come, and how many rows have come with them."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self._batches = batches
        self.row_count = 0

    def __next__(self) -> pa.RecordBatch:
        batch = next(self._batches)
        self.row_count += batch.num_rows
        return batch


def _renamed(result: QueryResult) -> Iterator[pa.RecordBatch]:
    names = unique_names(result.columns)
    for batch in result.batches():
        yield batch.rename_columns(names)


def _empty_schema(result: QueryResult) -> pa.Schema:
    return pa.schema(
        [
            field.with_name(name)
            for field, name in zip(
                result.reader.schema, unique_names(result.columns), strict=True
            )
        ]
    )


def _write_json(batches: Iterator[pa.RecordBatch], stream: IO[bytes]) -> None:
    before = b"["
    for batch in batches:
        for row in batch.to_pylist():
            stream.write(before + b"\n" + orjson.dumps(row, default=_json_value))
            before = b","
    stream.write(b"[]\n" if before == b"[" else b"\n]\n")


def _write_lines(batches: Iterator[pa.RecordBatch], stream: IO[bytes]) -> None:
    for batch in batches:
        for row in batch.to_pylist():
            line = orjson.dumps(
                row, default=_json_value, option=orjson.OPT_APPEND_NEWLINE
            )
            stream.write(line)


def _json_value(value: Any) -> Any:  # noqa: ANN401 - whatever a column may hold
    """What JSON has no word for: exact numbers, intervals, bytes."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.hex() if isinstance(value, bytes) else str(value)


def csv_bytes(rows: pa.Table) -> bytes:
    """A small table as csv, in the form of `export`."""
    schema = pa.schema([_flat_field(field) for field in rows.schema])
    stream = io.BytesIO()
    with pyarrow.csv.CSVWriter(stream, schema) as writer:
        for batch in rows.to_batches():
            writer.write_batch(_flat(batch, schema))
    return stream.getvalue()


def _is_nested(type_: pa.DataType) -> bool:
    return bool(pa.types.is_nested(type_))


def _flat_field(field: pa.Field) -> pa.Field:
    return field.with_type(pa.string()) if _is_nested(field.type) else field


def _flat(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """Nested columns as JSON text; csv has no other way."""
    columns = [
        pa.array(
            [
                None
                if value is None
                else orjson.dumps(value, default=_json_value).decode()
                for value in column.to_pylist()
            ],
            pa.string(),
        )
        if _is_nested(column.type)
        else column
        for column in batch.columns
    ]
    try:
        return pa.RecordBatch.from_arrays(columns, schema=schema)
    except pa.ArrowException as err:
        raise WarehouseFault(f"csv: {err}") from err
