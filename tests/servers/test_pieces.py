"""A long video in pieces under real workers: side by side, and a kill costs only the pieces under way."""

import json

import pytest

from media_pipeline.facts import Facts
from media_pipeline.measuring.inspection import inspect_file
from tests.servers.installation import Installation
from tests.servers.processes import eventually, kill_group
from tests.servers.test_workers import TAKE_IN, installation, job, long_film, wait_until_ended

__all__ = ["installation", "long_film"]
pytestmark = pytest.mark.servers


def pieces(installation: Installation, where: str) -> set[str]:
    query = f"select id from media_pipeline_job where kind = 'measure' and {where}"
    return {row[0] for row in installation.rows(query)}


def test_pieces_are_measured_side_by_side_and_only_those_under_way_again(installation, long_film):
    installation.environment |= {"ANKE_CUT_OVER_S": "5", "ANKE_PIECE_S": "15"}
    installation.python(TAKE_IN, str(long_film))
    with installation.beat():
        with installation.worker() as first:
            running = "state = 'running'"
            eventually(lambda: len(pieces(installation, running)) == 2, "two pieces are under way")
            both = "state = 'succeeded'"
            eventually(
                lambda: pieces(installation, both) and pieces(installation, f"{running} and progress > 0"),
                "one piece has ended, another is midway",
                seconds=120,
            )
            kill_group(first)
        ended, cut_off = pieces(installation, both), pieces(installation, running)
        with installation.worker():
            wait_until_ended(installation)
    again = {line.split("job ")[1][:36].replace("-", "") for line in _lost(installation)}
    assert (cut_off & again, ended & again) == (cut_off, set()), installation.log()
    assert job(installation) == [("succeeded", 1, 1, job(installation)[0][3])], installation.log()
    [[facts]] = installation.rows("select facts from media_pipeline_measurement")
    assert Facts.from_json(json.loads(facts)) == inspect_file(long_film)
    assert pieces(installation, "1 = 1") == set()


def _lost(installation: Installation) -> list[str]:
    return [line for line in installation.log().splitlines() if "lost its worker in attempt" in line]
