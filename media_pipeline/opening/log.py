"""What ffmpeg says on stderr that no metadata carries: errors of the decoders and the sums at the end."""

import re

_ENDING = re.compile(r"Input stream #0:\d+ \((video|audio)\): .*?; (\d+) decode errors")
_NO_PICTURE = "vist|aist|in#|out#|fc#|graph|Parsed|aac|mp[23]|opus|vorbis|flac|e?ac3|wma|alac|amr|pcm"
_COMPLAINT = re.compile(rf"^\[(?!{_NO_PICTURE})\w+ @ 0x\w+\] \[(error|fatal)\]")
_SIZE_CHANGE = "Changing video frame properties on the fly"
_TRACK = re.compile(r"^\[info\]   Stream #0:\d+\S* Video: (?!.*\(attached pic\))(.*)")
_HDR = {"smpte2084": "PQ", "arib-std-b67": "HLG"}
_LOUDNESS = re.compile(r"^ +(I|LRA|Peak): +(-?[\d.]+|-inf) ")


class DecoderLog:
    """Counts while the lines come; keeps no line."""

    def __init__(self) -> None:
        self.decode_errors = {"video": 0, "audio": 0}
        self.complaints = 0
        self.size_changes = 0
        self.loudness: dict[str, float] = {}
        self._picture: str | None = None

    def read(self, line: str) -> None:
        if found := _ENDING.search(line):
            self.decode_errors[found[1]] = int(found[2])
        elif _COMPLAINT.match(line):
            self.complaints += 1
        elif _SIZE_CHANGE in line:
            self.size_changes += 1
        elif self._picture is None and (found := _TRACK.match(line)):
            self._picture = found[1]
        elif found := _LOUDNESS.search(line):
            # the sound changed its format and was measured in parts: the loudest part counts
            self.loudness[found[1]] = max(float(found[2]), self.loudness.get(found[1], float("-inf")))

    @property
    def hdr(self) -> str:
        """How the first picture track writes a high dynamic range; empty for the usual one."""
        words = re.findall(r"[\w-]+", self._picture or "")
        return next((name for word, name in _HDR.items() if word in words), "")
