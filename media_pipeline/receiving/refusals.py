"""Why an upload is not taken, each with the status tus clients expect and a sentence for the person."""


class Refusal(Exception):
    """`str()` is one Chinese sentence that says what was found and what to do next."""

    status = 400


class NotAllowed(Refusal):
    status = 403


class Ended(Refusal):
    status = 410


class OffsetMismatch(Refusal):
    status = 409


class TooLarge(Refusal):
    status = 413


class NotAVideo(Refusal):
    status = 415


class Held(Refusal):
    status = 423


class DiskFull(Refusal):
    status = 507


class Unauthenticated(Refusal):
    status = 401


class LengthRequired(Refusal):
    status = 400


class VersionMismatch(Refusal):
    status = 412
