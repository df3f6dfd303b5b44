"""Where finished files are kept: below MEDIA_ROOT, or in an S3-compatible bucket. See docs/decisions/0075.

s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]?region=…&scheme=https|http&addressing=path|virtual&redirect=SECONDS
"""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_FORM = "s3://KEY:SECRET@HOST[:PORT]/BUCKET[/PREFIX]?region=…&scheme=https&addressing=path&redirect=0"
_KNOWN = {"region": "us-east-1", "scheme": "https", "addressing": "path", "redirect": "0"}
_CHOICES = {"scheme": ("https", "http"), "addressing": ("path", "virtual")}


def storage_settings(url: str | None) -> dict[str, Any]:
    """The `default` of Django's STORAGES. Characters like `/ : @ +` in key and secret are %-encoded."""
    if not url:
        return {"BACKEND": "media_pipeline.keeping.folder.FolderStorage"}
    parts, options = urlsplit(url), _options(url)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    if parts.scheme != "s3" or not (parts.hostname and parts.username and parts.password and bucket):
        raise ImproperlyConfigured(f"STORAGE_URL has the form {_FORM}")
    return {
        "BACKEND": "media_pipeline.keeping.bucket.BucketStorage",
        "OPTIONS": {
            "endpoint_url": f"{options['scheme']}://{parts.netloc.rpartition('@')[2]}",
            "access_key": unquote(parts.username),
            "secret_key": unquote(parts.password),
            "bucket_name": bucket,
            "location": prefix,
            "region_name": options["region"],
            "addressing_style": options["addressing"],
            "redirect_s": int(options["redirect"]),
        },
    }


def _options(url: str) -> dict[str, str]:
    given = dict(parse_qsl(urlsplit(url).query))
    wrong = [name for name in given if name not in _KNOWN]
    wrong += [name for name, allowed in _CHOICES.items() if given.get(name, allowed[0]) not in allowed]
    if wrong or not given.get("redirect", "0").isdecimal():
        raise ImproperlyConfigured(f"STORAGE_URL says {wrong or 'redirect'} in a way not known; {_FORM}")
    return _KNOWN | given
