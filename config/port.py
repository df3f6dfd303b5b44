"""`python -m config.port 8000`: exit 1 with one sentence when the port is taken or no port."""

import socket
import sys


def why_not(port: str) -> str | None:
    """The reason why nothing can listen on `port` of this machine; None when something can."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        return f"端口应是 1 到 65535 的数字，现为「{port}」。请改用 PORT=8000 ./run。"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError:
            return f"端口 {port} 已被占用。请关掉占用它的程序，或换一个：PORT={int(port) + 1} ./run"
    return None


if __name__ == "__main__":
    if reason := why_not(sys.argv[1]):
        sys.exit(reason)
