"""A file in byte ranges (RFC 9110 §14), so that a player can seek. The caller checked who may see it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from media_pipeline.models import Rendition, Video
from media_pipeline.opening.containers import content_type_of

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@dataclass(frozen=True)
class Span:
    """Bytes `start` to `end`, both included."""

    start: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start + 1


@dataclass(frozen=True)
class Served:
    """A complete file of ours: the `name` it is kept under, `label` for who saves it."""

    name: str
    size: int
    sha256: str
    since: datetime
    label: str


def original(video: Video) -> Served:
    return Served(video.file.name, video.size, video.sha256, video.completed_at, video.original_name)


def rendition(made: Rendition) -> Served:
    return Served(made.name, made.size, made.sha256, made.created_at, made.file_name)


class Unsatisfiable(Exception):
    """The range begins beyond the end of the file."""


def requested_span(header: str, size: int) -> Span | None:
    """The one range asked for; None for no, several or malformed ranges, which get the whole file."""
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return _suffix(int(last), size)
    start, end = int(first), min(int(last or size - 1), size - 1)
    if last and int(last) < start:
        return None
    if start >= size:
        raise Unsatisfiable
    return Span(start, end)


def range_response(request: HttpRequest, file: Served) -> HttpResponseBase:
    """The complete file for GET or HEAD: 200, 206, 304, 412, 416, or 302 to an address for some minutes.

    Raises `Http404` when it is gone and `NotNow` when it is out of reach, before the first byte.
    """
    etag, modified = f'"{file.sha256}"', int(file.since.timestamp())
    response = get_conditional_response(request, etag, modified) or _answer(request, file, etag, modified)
    response["X-Content-Type-Options"] = "nosniff"
    if response.status_code == 302:
        response["Cache-Control"] = "no-store"
        return response
    response["ETag"] = etag
    response["Last-Modified"] = http_date(modified)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _answer(request: HttpRequest, file: Served, etag: str, modified: int) -> HttpResponseBase:
    content_type = content_type_of(file.name)
    disposition = content_disposition_header(False, file.label)
    address = default_storage.address(file.name, content_type=content_type, disposition=disposition)
    if address and request.method == "GET":
        return HttpResponseRedirect(address)
    prefix = getattr(settings, "MEDIA_ACCEL_PREFIX", "")
    if prefix:
        response = HttpResponse(headers={"X-Accel-Redirect": prefix.rstrip("/") + "/" + quote(file.name)})
    else:
        response = _span_response(request, file, etag, modified)
    response["Content-Type"] = content_type
    response["Content-Disposition"] = disposition
    return response


def _span_response(request: HttpRequest, file: Served, etag: str, modified: int) -> HttpResponseBase:
    try:
        span = _wanted(request, file.size, etag, modified)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    sent = span or Span(0, file.size - 1)
    pieces = _opened(file, sent) if request.method == "GET" else ()
    response = StreamingHttpResponse(pieces, status=206 if span else 200)
    response["Content-Length"] = str(sent.length)
    if span:
        response["Content-Range"] = f"bytes {span.start}-{span.end}/{file.size}"
    return response


def _opened(file: Served, sent: Span) -> Iterator[bytes]:
    try:
        return default_storage.span(file.name, sent.start, sent.length)
    except FileNotFoundError as missing:
        raise Http404 from missing


def _wanted(request: HttpRequest, size: int, etag: str, modified: int) -> Span | None:
    """A range is honoured unless `If-Range` names another version of the file."""
    condition = request.headers.get("If-Range", etag)
    if condition != etag and parse_http_date_safe(condition) != modified:
        return None
    return requested_span(request.headers.get("Range", ""), size)


def _suffix(length: int, size: int) -> Span:
    if length == 0:
        raise Unsatisfiable
    return Span(max(size - length, 0), size - 1)
