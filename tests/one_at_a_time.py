"""A browser asks for several things at once; the SQLite connection that threads of a test share takes one."""

from collections.abc import Callable
from threading import RLock

from django.http import HttpRequest, HttpResponse

_turn = RLock()


def one_at_a_time(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Middleware of the test settings, around all others."""

    def answer(request: HttpRequest) -> HttpResponse:
        with _turn:
            return get_response(request)

    return answer
