"""tus 1.0 over HTTP: core, creation, termination, expiration. The rules: `media_pipeline.receiving.uploads`.

None of these views holds a transaction: a long PATCH must not keep others from writing.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from media_pipeline.keeping.refusals import NotNow
from media_pipeline.models import Upload
from media_pipeline.receiving import uploads
from media_pipeline.receiving.admission import largest_bytes
from media_pipeline.receiving.refusals import Held, LengthRequired, Refusal, Unauthenticated, VersionMismatch

VERSION = "1.0.0"
PLAIN_TEXT = "text/plain; charset=utf-8"
PIECE_BYTES = 256 * 1024  # read from the socket at a time


def _tus(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Protocol version and refusals as plain text, around a view without a transaction."""

    @wraps(view)
    def answered(request: HttpRequest, **kwargs: UUID) -> HttpResponse:
        try:
            _check_request(request)
            response = view(request, **kwargs)
        except Refusal as refusal:
            response = HttpResponse(str(refusal), status=refusal.status, content_type=PLAIN_TEXT)
        response["Tus-Resumable"] = VERSION
        response["Cache-Control"] = "no-store"
        return response

    return transaction.non_atomic_requests(answered)


@_tus
def collection(request: HttpRequest) -> HttpResponse:
    """OPTIONS tells what is spoken here, POST opens an upload and names it in `Location`."""
    if request.method == "OPTIONS":
        return _capabilities()
    if request.method != "POST":
        return HttpResponseNotAllowed(["OPTIONS", "POST"])
    name = _metadata(request.headers.get("Upload-Metadata", "")).get("filename", "")
    length = _number(request, "Upload-Length")
    upload = uploads.create(by=request.user, name=name, length=length, now=timezone.now())
    location = reverse("media_pipeline:upload", kwargs={"video_id": upload.pk})
    return _with_expiry(HttpResponse(status=201, headers={"Location": location}), upload)


@_tus
def resource(request: HttpRequest, video_id: UUID) -> HttpResponse:
    """HEAD tells the offset, PATCH appends, DELETE gives up; an upload of somebody else does not exist."""
    if request.method == "OPTIONS":
        return _capabilities()
    act = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}.get(request.method)
    if act is None:
        return HttpResponseNotAllowed(["OPTIONS", "HEAD", "PATCH", "DELETE"])
    upload = Upload.objects.filter(pk=video_id, video__uploaded_by=request.user).first()
    if upload is None:
        raise Http404
    return act(request, upload)


def _head(request: HttpRequest, upload: Upload) -> HttpResponse:
    with suppress(Held, NotNow):  # whoever holds it completes it, or the sweep
        uploads.settle(upload, now=timezone.now())
    headers = {"Upload-Offset": str(uploads.offset(upload)), "Upload-Length": str(upload.length)}
    return _with_expiry(HttpResponse(status=200, headers=headers), upload)


def _patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    if request.content_type != "application/offset+octet-stream":
        raise Refusal("上传请求的内容类型应为 application/offset+octet-stream。")
    reached = uploads.append(
        upload,
        at=_number(request, "Upload-Offset"),
        size=_number(request, "Content-Length"),
        pieces=_pieces(request),
        now=timezone.now(),
    )
    return _with_expiry(HttpResponse(status=204, headers={"Upload-Offset": str(reached)}), upload)


def _delete(request: HttpRequest, upload: Upload) -> HttpResponse:
    uploads.cancel(upload, now=timezone.now())
    return HttpResponse(status=204)


def _capabilities() -> HttpResponse:
    extensions = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination,expiration"}
    return HttpResponse(status=204, headers=extensions | {"Tus-Max-Size": str(largest_bytes())})


def _check_request(request: HttpRequest) -> None:
    if request.method == "OPTIONS":
        return
    if not request.user.is_authenticated:
        raise Unauthenticated("登录已失效，请重新登录后继续上传，已上传的部分会保留。")
    if request.headers.get("Tus-Resumable") != VERSION:
        raise VersionMismatch(f"上传协议应为 tus {VERSION}（请求头 Tus-Resumable）。")


def _number(request: HttpRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not text:
        raise LengthRequired(f"上传请求缺少 {header}。")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Refusal(f"上传请求的 {header} 应为非负整数，收到「{text[:40]}」。")
    return int(text)


def _metadata(header: str) -> dict[str, str]:
    """`key base64,key base64` as tus sends it; raise a `Refusal` for what is not UTF-8 in base64."""
    pairs = (pair.strip().partition(" ") for pair in header.split(",") if pair.strip())
    try:
        return {key: base64.b64decode(value, validate=True).decode() for key, _, value in pairs}
    except (binascii.Error, UnicodeDecodeError, ValueError) as unreadable:
        raise Refusal("上传请求的文件名无法读取，应为 base64 编码的 UTF-8。") from unreadable


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    return iter(lambda: request.read(PIECE_BYTES), b"")


def _with_expiry(response: HttpResponse, upload: Upload) -> HttpResponse:
    if not upload.finished_at:
        response["Upload-Expires"] = http_date(upload.expires_at.timestamp())
    return response
