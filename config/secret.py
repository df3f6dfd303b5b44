"""The secret key: from the environment, else made once and kept beside the data."""

import os
import secrets
from pathlib import Path


def secret_key(var_dir: Path) -> str:
    """Return `ANKE_SECRET_KEY`, or the key in `var_dir/secret_key`, made at the first call (mode 600)."""
    if key := os.environ.get("ANKE_SECRET_KEY"):
        return key
    var_dir.mkdir(parents=True, exist_ok=True)
    path = var_dir / "secret_key"
    try:
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
    except FileExistsError:
        pass
    return path.read_text()
