"""A drawn head that talks: its mouth and its voice come from the same made-up syllables."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import imageio_ffmpeg
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FRAMES_PER_S, RATE = 25, 16_000
WIDTH, HEIGHT, HEAD = 480, 360, 100
LEVELS = 8  # of an open mouth and of a wide one


def syllables(seconds: float, seed: int) -> np.ndarray:
    """Opening and width of the mouth, 0…1, a hundred times a second: four syllables a second and pauses."""
    random = np.random.default_rng(seed)
    track = np.zeros((int(seconds * 100), 2))
    at = 10
    while at < len(track) - 40:
        length = int(random.integers(12, 34))
        shape = np.sin(np.linspace(0, np.pi, length))[:, None]
        track[at : at + length] += shape * random.uniform((0.3, 0.0), (1.0, 1.0))
        at += length + int(random.choice((0, 0, 2, 6, 30)))
    return np.clip(track[: int(seconds * 100)], 0, 1)


def voice_of(track: np.ndarray, seed: int) -> np.ndarray:
    """An open mouth is loud below 1 kHz, a wide one hisses above."""
    random = np.random.default_rng(seed)
    opening, width = (np.repeat(column, RATE // 100) for column in track.T)
    time = np.arange(len(opening)) / RATE
    low = sum(np.sin(2 * np.pi * 140 * harmonic * time) for harmonic in range(1, 7)) / 6
    high = np.diff(random.standard_normal(len(time) + 1)) / 2
    return 0.5 * opening * low + 0.15 * opening * width * high + 0.001 * random.standard_normal(len(time))


def head(opening: float, width: float) -> Image.Image:
    """Skin, hair, eyes, nose and a mouth; the model that finds faces takes it for one."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), (120, 130, 140))
    draw = ImageDraw.Draw(picture)
    x0, y0, size = WIDTH * 0.6, HEIGHT * 0.5, HEAD

    def oval(x: float, y: float, across: float, down: float, colour: tuple[int, int, int]) -> None:
        left, right, top, bottom = x - across, x + across, y - down, y + down
        draw.ellipse((x0 + size * left, y0 + size * top, x0 + size * right, y0 + size * bottom), fill=colour)

    draw.rectangle((x0 - size * 0.9, y0 + size * 0.95, x0 + size * 0.9, HEIGHT), fill=(40, 50, 90))
    oval(0, 0.75, 0.28, 0.4, (190, 140, 115))
    oval(0, -0.15, 0.62, 0.75, (45, 32, 25))
    oval(0, 0.05, 0.5, 0.68, (215, 165, 140))
    for side in (-0.2, 0.2):
        oval(side, -0.1, 0.1, 0.05, (245, 245, 245))
        oval(side, -0.1, 0.045, 0.045, (50, 30, 20))
        oval(side, -0.23, 0.13, 0.02, (50, 35, 25))
    nose = (
        (x0, y0 - size * 0.05),
        (x0 - size * 0.08, y0 + size * 0.18),
        (x0 + size * 0.08, y0 + size * 0.18),
    )
    draw.polygon(nose, fill=(195, 145, 120))
    oval(0, 0.4, 0.15 + 0.07 * width, 0.05 + 0.1 * opening, (170, 80, 80))
    oval(0, 0.4, 0.11 + 0.06 * width, 0.01 + 0.1 * opening, (60, 20, 20))
    return picture.filter(ImageFilter.GaussianBlur(size / 60))


def frames(track: np.ndarray) -> Iterator[bytes]:
    drawn: dict[tuple[int, int], bytes] = {}
    for opening, width in track[:: 100 // FRAMES_PER_S]:
        key = round(opening * LEVELS), round(width * LEVELS)
        if key not in drawn:
            drawn[key] = head(key[0] / LEVELS, key[1] / LEVELS).tobytes()
        yield drawn[key]


def talking_head(path: Path, seconds: float = 30, *, seed: int = 1, voice_seed: int = 1) -> Path:
    """A video whose sound belongs to its lips when both seeds are the same."""
    sound = (voice_of(syllables(seconds, voice_seed), voice_seed) * 32767).astype(np.int16)
    wav = path.with_suffix(".pcm")
    wav.write_bytes(sound.tobytes())
    size = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(FRAMES_PER_S))
    voice = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", str(wav))
    codecs = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac")
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-y",
        *size,
        "-i",
        "-",
        *voice,
        *codecs,
        str(path),
    ]
    picture = b"".join(frames(syllables(seconds, seed)))
    subprocess.run(command, input=picture, check=True, capture_output=True, timeout=120)
    wav.unlink()
    return path
