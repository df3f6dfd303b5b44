"""The upload address under a real web server, spoken to by the reference client of the protocol."""

import subprocess
from pathlib import Path

import pytest

from tests.servers.processes import eventually, kill_group, node_script
from tests.servers.website import Website

pytestmark = pytest.mark.servers
HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def tus_js(tmp_path_factory) -> Path:
    """A folder where node finds tus-js-client."""
    folder = tmp_path_factory.mktemp("node")
    return node_script(folder, HERE / "tus_client.js", package="tus-js-client@4.3.1").parent


def test_the_reference_client_uploads_through_a_kill_of_the_server(on_files, tus_js, film):
    site = Website(on_files)
    session, token = site.log_in()
    cookies = f"sessionid={session}; csrftoken={token}"
    argv = [
        "node",
        str(tus_js / "tus_client.js"),
        site.url("/uploads/"),
        str(film),
        cookies,
        token,
        str(1024**2),
    ]
    with site.running() as first:
        client = subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        eventually(lambda: site.received() > 3_000_000, "three megabytes have arrived")
        kill_group(first)
    with site.running():
        _, errors = client.communicate(timeout=90)
    assert (client.returncode, errors) == (0, "")
    assert site.videos() == [[film.name, "inspecting", site.digest(film), film.stat().st_size]]
