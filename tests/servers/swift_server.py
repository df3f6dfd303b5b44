"""OpenStack Swift with its S3 interface in one process: python swift_server.py FOLDER PORT USER SECRET.

A production object store, here with one disk and one copy. It checks signatures of version 4 and the SHA-256
of what is sent, and refuses what is not signed. Run by a Python of its own, see `bucket.py`.
"""

import sys
from pathlib import Path

import eventlet

eventlet.monkey_patch()

from eventlet import wsgi  # noqa: E402
from swift.account.server import AccountController  # noqa: E402
from swift.common import utils  # noqa: E402
from swift.common.middleware import bulk, catch_errors, gatekeeper, listing_formats, slo, tempauth  # noqa: E402
from swift.common.middleware.s3api import s3api  # noqa: E402
from swift.common.ring import RingBuilder  # noqa: E402
from swift.container.server import ContainerController  # noqa: E402
from swift.obj.server import ObjectController  # noqa: E402
from swift.proxy.server import Application  # noqa: E402

BACKENDS = {"account": AccountController, "container": ContainerController, "object": ObjectController}
DISK = "disk"
S3 = {
    "location": "us-east-1",
    "s3_acl": "false",
    "check_bucket_owner": "false",
    "force_swift_request_proxy_log": "false",
    "pipeline": "",
}


def listen(port: int = 0) -> eventlet.greenio.GreenSocket:
    return eventlet.listen(("127.0.0.1", port))


def start_backend(name: str, folder: Path, settings: dict[str, str]) -> None:
    """Serve one kind of record, and write the ring that tells the proxy where."""
    socket = listen()
    builder = RingBuilder(1, 1, 0)
    place = {"ip": "127.0.0.1", "port": socket.getsockname()[1], "device": DISK}
    builder.add_dev({"id": 0, "region": 1, "zone": 1, "weight": 1.0, "meta": "", **place})
    builder.rebalance()
    builder.get_ring().save(str(folder / f"{name}.ring.gz"))
    backend = BACKENDS[name](settings, logger=utils.get_logger({}, "swift"))
    eventlet.spawn(wsgi.server, socket, backend, utils.NullLogger())


def proxy(settings: dict[str, str], user: str, secret: str) -> object:
    app = Application(settings | {"account_autocreate": "true"}, logger=utils.get_logger({}, "swift"))
    people = {f"user_anke_{user}": f"{secret} .admin"}
    for module, options in ((slo, {}), (bulk, {}), (tempauth, people), (s3api, S3)):
        app = module.filter_factory(settings, **options)(app)
    for module in (listing_formats, gatekeeper, catch_errors):
        app = module.filter_factory(settings)(app)
    return app


def main(folder: Path, port: int, user: str, secret: str) -> None:
    (folder / "disks" / DISK).mkdir(parents=True, exist_ok=True)
    settings = {
        "devices": str(folder / "disks"),
        "swift_dir": str(folder),
        "mount_check": "false",
        "disable_fallocate": "true",
        "fallocate_reserve": "0",
    }
    for name in BACKENDS:
        start_backend(name, folder, settings)
    wsgi.server(listen(port), proxy(settings, user, secret), utils.NullLogger())


if __name__ == "__main__":
    utils.HASH_PATH_PREFIX = utils.HASH_PATH_SUFFIX = b"anke"
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4])
