"""One file a format; each has `read(data: bytes) -> list[RawQuestion]` and raises `Unreadable`."""
