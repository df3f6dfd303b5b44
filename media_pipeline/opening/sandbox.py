"""The small process every ffmpeg starts as: it puts limits on itself, then becomes ffmpeg.

Called by `runner.py` as `python -I -S sandbox.py PARENT CPU_S MEMORY_BYTES FILE_BYTES COMMAND…`. A process
of its own, because a hook between fork and exec is unsafe in a worker with threads.
"""

import ctypes
import os
import resource
import signal
import sys

PR_SET_PDEATHSIG = 1  # prctl(2)


def die_with(parent: int) -> None:
    """On Linux the kernel kills us when the worker dies, even by SIGKILL; elsewhere the CPU limit does."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # died before the call
        sys.exit(1)


def limit(kind: int, amount: int) -> None:
    """Lower one limit; macOS refuses RLIMIT_AS, and a limit that cannot be had is no reason to stop."""
    hard = resource.getrlimit(kind)[1]
    try:
        resource.setrlimit(
            kind, (amount, amount) if hard == resource.RLIM_INFINITY else (min(amount, hard), hard)
        )
    except (ValueError, OSError):
        return


if __name__ == "__main__":
    parent, cpu_s, memory_bytes, file_bytes = map(int, sys.argv[1:5])
    die_with(parent)
    limit(resource.RLIMIT_CPU, cpu_s)
    limit(resource.RLIMIT_AS, memory_bytes)
    limit(resource.RLIMIT_FSIZE, file_bytes)
    limit(resource.RLIMIT_CORE, 0)
    os.execv(sys.argv[5], sys.argv[5:])  # noqa: S606 (a shell is what must not be here)
