from collections.abc import Sequence

SOURCE: str

def judge(
    nodes: bytes, roots: bytes, group: int, width: int, limit: float, settled: float, rows: Sequence[Sequence[float]], /
) -> list[bool]: ...
