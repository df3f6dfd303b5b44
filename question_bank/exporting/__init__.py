"""Questions written in others' formats, so that `importing` reads them back; no database."""
