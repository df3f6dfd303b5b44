"""Transcription: wall-clock and CPU against the duration of each file, and peak memory.

    python benchmarks/transcripts.py [--model NAME] FILE_OR_FOLDER…

Each file is heard in a process of its own; verifying and loading the model are told apart
from hearing. The yardstick of the same run is a plain decode of the sound.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
VIDEOS = {".mp4", ".mov", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".flv", ".wmv"}
MEDIA = VIDEOS | {".wav", ".mp3"}


def used_s() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


class Watch:
    """Wall-clock and CPU seconds, children included, since it was made or last read."""

    def __init__(self) -> None:
        self.lap()

    def lap(self) -> tuple[float, float]:
        now = time.monotonic(), used_s()
        began, self._began = getattr(self, "_began", now), now
        return now[0] - began[0], now[1] - began[1]


def hear_one(path: Path, model: str) -> dict[str, object]:
    """Run in a process that ends with it, so that its peak is that of this file."""
    import django
    from django.conf import settings

    django.setup()

    from media_pipeline.jobs.transcribing import load_engine
    from media_pipeline.opening.probe import probe
    from media_pipeline.opening.sniff import sniff
    from media_pipeline.transcripts.hearing import hear
    from media_pipeline.transcripts.model_files import ready
    from media_pipeline.transcripts.sound import recording

    watch = Watch()
    engine = load_engine(ready(model, settings.TRANSCRIPT_MODELS))
    loading = watch.lap()
    with recording(path, probe(path, sniff(path)), on_progress=lambda share: None) as sound:
        decoding = watch.lap()
        heard = hear(sound, engine, report=lambda share, stage: None)
        hearing, duration_s = watch.lap(), sound.duration_s
    return {
        "duration_s": duration_s,
        "loading": loading,
        "decoding": decoding,
        "hearing": hearing,
        "speech_s": heard.speech_s,
        "characters": sum(each.characters for each in heard.segments),
        "heard_again": heard.heard_again,
        "thin": len(heard.thin),
        "removed": len(heard.removed),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10,
    }


def files(places: list[Path]) -> list[Path]:
    found = [each for place in places for each in (sorted(place.rglob("*")) if place.is_dir() else [place])]
    return [each for each in found if each in places or each.suffix.lower() in MEDIA]


def report(name: str, found: dict) -> None:
    length_s = found["duration_s"]
    wall, cpu = (each / length_s for each in found["hearing"])
    print(
        f"{name[:32]:32} {length_s:7.1f} s  wall {wall:5.2f} × duration  CPU {cpu:5.2f} × duration"
        f" = {found['hearing'][1] / max(found['decoding'][1], 0.01):4.0f} × decoding"
        f"  loading {found['loading'][0]:4.1f} s  peak {found['peak_mb']} MB"
    )
    per_second = found["characters"] / found["speech_s"] if found["speech_s"] else 0
    print(
        f"{'':32} speech {found['speech_s']:.1f} s, {per_second:.1f} characters a second;"
        f" heard again {found['heard_again']}, still thin {found['thin']}, taken out {found['removed']}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="+", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--model", default=os.environ.get("ANKE_WHISPER_MODEL", "base"))
    parser.add_argument("--json", action="store_true", help="hear one file in this process")
    options = parser.parse_args()
    if options.json:
        print(json.dumps(hear_one(options.places[0], options.model)))
        return
    for path in files(options.places):
        own = [sys.executable, __file__, "--json", "--model", options.model, str(path)]
        done = subprocess.run(own, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{path.name[:32]:32} not heard: {done.stderr.strip().splitlines()[-1]}")
            continue
        report(path.name, json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
