"""Kombu's broker of files, with messages that are whole from the moment they can be seen.

Kombu makes the file and then writes it: a reader that comes in between takes an empty message, and ends.
"""

from pathlib import Path
from time import monotonic_ns
from uuid import uuid4

from kombu.exceptions import ChannelError
from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    """Readers take the files named `….QUEUE.msg` in the order of their names, and no others."""

    def _put(self, queue: str, payload: dict, **kwargs: object) -> None:
        message = Path(self.data_folder_out, f"{monotonic_ns() // 1_000_000}_{uuid4()}.{queue}.msg")
        part = message.with_suffix(".part")
        try:
            part.write_text(dumps(payload))
            part.replace(message)
        except OSError as error:
            raise ChannelError(f"cannot announce by {message}") from error


class Transport(filesystem.Transport):
    Channel = Channel
