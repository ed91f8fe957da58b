SOURCE: str

def load(path: str) -> None: ...
def pick(
    address: int,
    wanted: tuple[tuple[int, str, tuple[str, ...], str | None, bool], ...],
    /,
) -> list[tuple[str, tuple[str | None, ...], str]]: ...
