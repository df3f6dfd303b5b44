"""What a page says while the bucket is out of reach: 503 and one sentence, never a traceback."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from media_pipeline.keeping.refusals import NotNow

logger = logging.getLogger(__name__)


class StorageOutage(MiddlewareMixin):
    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, NotNow):
            return None
        logger.warning("%s waits for the storage: %s", request.path, exception.__cause__ or exception)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "60"
        return response
