"""What runs in the cage: limits first, then a reader."""

import os
import pickle
import resource
import signal
import sys
import threading

from question_bank.importing.raw import Unreadable


def main(cpu_s: int, memory_bytes: int, alive: int) -> None:
    """From a pickled act and its arguments on standard input to what it made, or refused."""
    threading.Thread(target=end_with, args=(alive,), daemon=True).start()
    limit(resource.RLIMIT_CPU, cpu_s)
    limit(resource.RLIMIT_AS, memory_bytes)
    limit(resource.RLIMIT_CORE, 0)
    act, said = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by `cage`
    try:
        made = act(*said)
    except Unreadable as refusal:
        if isinstance(refusal.__cause__, MemoryError):  # a reader may take any error for a broken file
            raise refusal.__cause__ from None
        made = refusal
    pickle.dump(made, sys.stdout.buffer)


def end_with(alive: int) -> None:
    """Kill this process and all it started when the other end of a pipe closes: whoever asked was killed."""
    os.read(alive, 1)
    os.killpg(0, signal.SIGKILL)


def limit(kind: int, amount: int) -> None:
    """Lower one limit; macOS refuses RLIMIT_AS, and a limit that cannot be had is no reason to stop."""
    hard = resource.getrlimit(kind)[1]
    amount = amount if hard == resource.RLIM_INFINITY else min(amount, hard)
    try:
        resource.setrlimit(kind, (amount, amount))
    except (ValueError, OSError):
        return
