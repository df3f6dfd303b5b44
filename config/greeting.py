"""`python -m config.greeting 8000`: wait for the first page, then print where it is and who may log in."""

import sys
import time
from http.client import HTTPConnection

from cms.demo.people import PASSWORD, PEOPLE

PATIENCE_S = 180  # on a slow or busy machine the first page takes its time


def answers(port: int) -> bool:
    """Whether the log-in page is there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/login/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def wait(port: int) -> bool:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if answers(port):
            return True
        time.sleep(0.2)
    return False


def greeting(port: int) -> str:
    rows = [f"    {person.username:<10} {PASSWORD}    {person.does}" for person in PEOPLE]
    return "\n".join(
        [f"\n安课已启动：http://localhost:{port}/\n\n  示范账号：", *rows, "\n  按 Ctrl-C 停止。\n"]
    )


if __name__ == "__main__":
    port = int(sys.argv[1])
    text = greeting(port) if wait(port) else f"网站在 {PATIENCE_S} 秒内没有响应，请看 log/web.log。"
    sys.stderr.write(text + "\n")
