"""Whatever of one machine ends is started again, also when somebody asked it to end."""

from configparser import RawConfigParser
from pathlib import Path

CONF = Path(__file__).parents[2] / "config" / "supervisord.conf"
ONCE = "program:greeting"  # says where the site is, and is done


def test_all_that_serves_is_started_again_however_it_ended():
    config = RawConfigParser(inline_comment_prefixes=None)
    config.read(CONF)
    programs = {name for name in config.sections() if name.startswith("program:")}
    kept = {name for name in programs if config.get(name, "autorestart", fallback="unexpected") == "true"}
    assert (kept, len(kept)) == (programs - {ONCE}, 5)
