from newsarchive.extraction.walking import Flat

SOURCE: str

def load(path: str) -> None: ...
def walk(
    address: int,
    root: str | None,
    known: tuple[tuple[str, int] | None, ...],
    others: dict[str, int],
    depth: int,
    blocks: int,
    boxes: int,
    media: int,
    bracket: int,
    /,
) -> Flat: ...
