SOURCE: str

def judge(
    nodes: bytes, roots: bytes, group: int, width: int, limit: float, settled: float, rows: list[list[float]], /
) -> list[bool]: ...
