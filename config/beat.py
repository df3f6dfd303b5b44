"""Beat that does not announce what nobody hears."""

from typing import Any

from celery.beat import PersistentScheduler, ScheduleEntry


class OneAtATime(PersistentScheduler):
    """Skip a round while earlier ones still lie in the broker: without a worker nothing piles up.

    `expires` alone does not help: the broker keeps an expired message until a worker throws it away.
    """

    def apply_async(self, entry: ScheduleEntry, producer: Any = None, advance: bool = True, **kw: Any) -> Any:
        if self._undelivered(entry.options["queue"]) >= len(self.schedule):
            return None
        return super().apply_async(entry, producer=producer, advance=advance, **kw)

    def _undelivered(self, queue: str) -> int:
        with self.app.connection_for_write() as connection:
            bound = self.app.amqp.queues[queue].bind(connection.default_channel)
            return bound.queue_declare().message_count
