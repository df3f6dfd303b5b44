"""The secrets by which delivering platforms hand in responses; only their hashes are kept."""

import hashlib
import secrets

from django.utils import timezone

from accounts.models import User
from question_bank.models import DeliveryToken


def make_token(name: str, *, by: User) -> str:
    """A new secret for a delivering platform; it is shown once and kept as its hash."""
    secret = secrets.token_urlsafe(32)
    DeliveryToken.objects.create(name=name, digest=_digest(secret), created_by=by)
    return secret


def revoke(token: DeliveryToken) -> None:
    DeliveryToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def token_of(header: str) -> DeliveryToken | None:
    """The valid token that `Authorization: Bearer …` names."""
    kind, _, secret = header.partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        return None
    return DeliveryToken.objects.filter(digest=_digest(secret.strip()), revoked_at=None).first()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
