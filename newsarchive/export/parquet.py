"""Parquet out and in, by pyarrow: typed columns, a few thousand rows in memory at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, BinaryIO, Final

import orjson

from newsarchive.export.errors import ExportError
from newsarchive.export.fields import SCHEMA, Field, Kind

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS: Final = 4_000
"""Rows of a row group: about 12 MB of articles."""


def write(out: BinaryIO, records: Iterable[Mapping[str, Any]], fields: Sequence[Field]) -> None:
    """Write records as one Parquet file, zstd within; its schema carries `newsarchive.schema`."""
    _installed()
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = arrow_schema(fields)
    as_json = [field.name for field in fields if field.kind == Kind.OBJECT]
    rows = iter(records)
    with pq.ParquetWriter(pa.PythonFile(out, mode="w"), schema, compression="zstd") as writer:
        while part := [_plain(row, as_json) for row in islice(rows, _ROWS)]:
            writer.write_table(pa.Table.from_pylist(part, schema=schema))


def read(source: BinaryIO) -> Iterator[dict[str, Any]]:
    """The records of a Parquet file that `write` made; raises ExportError where it is none."""
    _installed()
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(source) as file:
            as_json = [name for name in file.schema_arrow.names if _is_json(file.schema_arrow.field(name))]
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    yield row | {name: orjson.loads(row[name] or "{}") for name in as_json}
    except (pa.ArrowException, OSError) as error:
        raise ExportError(f"not a whole Parquet file: {' '.join(str(error).split())}") from error


def arrow_schema(fields: Sequence[Field]) -> pa.Schema:
    """The typed columns of an export; arrays and texts that have a value always are not nullable."""
    import pyarrow as pa

    columns = [pa.field(field.name, _type(field), nullable=field.null, metadata=_marks(field)) for field in fields]
    return pa.schema(columns, metadata={"newsarchive.schema": str(SCHEMA)})


def _type(field: Field) -> pa.DataType:
    import pyarrow as pa

    texts = {
        Kind.TEXT: pa.string(),
        Kind.INSTANT: pa.timestamp("us", tz="UTC"),
        Kind.INTEGER: pa.int64(),
        Kind.DECIMAL: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.OBJECTS: pa.list_(pa.struct([(part, pa.string()) for part in field.parts])),
        Kind.OBJECT: pa.string(),
    }
    return texts[field.kind]


def _marks(field: Field) -> dict[str, str] | None:
    return {"newsarchive.kind": "json"} if field.kind == Kind.OBJECT else None


def _is_json(column: pa.Field) -> bool:
    return (column.metadata or {}).get(b"newsarchive.kind") == b"json"


def _plain(record: Mapping[str, Any], as_json: Sequence[str]) -> Mapping[str, Any]:
    if not as_json:
        return record
    return {**record, **{name: orjson.dumps(record[name]).decode("utf-8") for name in as_json}}


def _installed() -> None:
    try:
        import pyarrow  # noqa: F401 - only whether it is there
    except ImportError:
        raise ExportError("Parquet needs pyarrow: pip install 'newsarchive[parquet]'") from None
