"""What the small process of `probe.py` does: PyAV reads the packets, mediainfo the container."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition, Stream
from pymediainfo import MediaInfo, Track

from media_pipeline.facts import AudioTrack, Container, Probed, Unreadable, VideoTrack
from media_pipeline.opening.ffmpeg import OPEN_OPTIONS, url
from media_pipeline.opening.sniff import NEXT_STEP
from media_pipeline.opening.timestamps import Timestamps

LONGEST_S = 12 * 3600


def main(path: str, demuxer: str, pipe: str) -> None:
    """Write into `pipe:N` what was found, or why the file cannot be read, as JSON."""
    try:
        found = {"probed": asdict(read(Path(path), demuxer))}
    except Unreadable as unreadable:
        found = {"unreadable": unreadable.reason}
    with os.fdopen(int(pipe.removeprefix("pipe:")), "w") as out:
        json.dump(found, out)


@dataclass(slots=True)
class _Scan:
    """The first track of each kind, its timestamps and its first packet (place in the file, time)."""

    tracks: dict[str, Stream]
    times: dict[str, Timestamps]
    first: dict[str, tuple[int, float]]


def read(path: Path, demuxer: str) -> Probed:
    """All packets of the first picture and sound track; raises `Unreadable`."""
    with _opened(path, demuxer) as source:
        scan = _scan(source)
        times = scan.times
        if not times:
            raise Unreadable(f"文件里没有可播放的画面或声音，多半没有录完或没有传完。{NEXT_STEP}")
        duration_s = max(track.end_s for track in times.values())
        if duration_s > LONGEST_S:
            raise Unreadable(
                f"时间戳显示时长 {duration_s / 3600:.0f} 小时，超过 12 小时，多半已损坏。{NEXT_STEP}"
            )
        info = _mediainfo(path)
        return Probed(
            container=_container(path, demuxer, source, scan, info["General"], duration_s),
            video=_video(scan, info.get("Video")) if "video" in times else None,
            audio=_audio(scan) if "audio" in times else None,
        )


@contextmanager
def _opened(path: Path, demuxer: str, **options: str) -> Iterator[InputContainer]:
    try:
        with av.open(url(path), format=demuxer, options={**OPEN_OPTIONS, **options}) as source:
            yield source
    except (av.FFmpegError, ValueError, EOFError) as error:
        raise Unreadable(f"文件打不开：内容不完整或已损坏，多半没有录完或没有传完。{NEXT_STEP}") from error


def _scan(source: InputContainer) -> _Scan:
    tracks = {kind: found[0] for kind in ("video", "audio") if (found := _tracks(source, kind))}
    scan = _Scan(tracks, {}, {})
    if not tracks:
        return scan
    origin_s = (source.start_time or 0) / av.time_base
    for packet in source.demux(list(tracks.values())):
        _add(scan, packet, origin_s)
    scan.times = {kind: times.finish() for kind, times in scan.times.items() if times.starts}
    return scan


def _tracks(source: InputContainer, kind: str) -> list[Stream]:
    """The tracks of a kind that can be decoded; a cover picture is no picture track."""
    return [
        stream
        for stream in source.streams
        if stream.type == kind
        and stream.codec_context is not None
        and Disposition.attached_pic not in Disposition(stream.disposition)
    ]


def _add(scan: _Scan, packet: av.Packet, origin_s: float) -> None:
    stamp = packet.dts if packet.pts is None else packet.pts
    if stamp is None:  # the empty packet at the end of a track
        return
    # a product of fractions costs more than all the rest: there are 160 000 packets in an hour
    kind, ticks, seconds = packet.stream.type, packet.time_base.denominator, packet.time_base.numerator
    start_s, duration_s = stamp * seconds / ticks - origin_s, (packet.duration or 0) * seconds / ticks
    times = scan.times.setdefault(kind, Timestamps())
    scan.first.setdefault(kind, (packet.pos, start_s))
    times.corrupt += packet.is_corrupt
    if packet.is_discard:
        times.hidden_s += duration_s
    else:
        times.add(start_s, duration_s, packet.size)


def _mediainfo(path: Path) -> dict[str, Track]:
    """The first track of each kind. By an open file: given a path, mediainfo follows playlists elsewhere."""
    with path.open("rb") as file:
        tracks = MediaInfo.parse(file).tracks
    return {track.track_type: track for track in reversed(tracks)}


def _container(
    path: Path, demuxer: str, source: InputContainer, scan: _Scan, general: Track, duration_s: float
) -> Container:
    streamable = general.isstreamable if demuxer == "mov" else None
    return Container(
        demuxer=demuxer,
        format=general.format or demuxer,
        size_bytes=path.stat().st_size,
        duration_s=round(duration_s, 3),
        declared_duration_s=_declared_s(source, scan),
        moov_first=streamable == "Yes" if streamable else None,
        video_tracks=len(_tracks(source, "video")),
        audio_tracks=len(_tracks(source, "audio")),
        edit_hidden_s=round(max(times.hidden_s for times in scan.times.values()), 3),
        edit_drift_ms=_edit_drift_ms(path, demuxer, scan),
    )


def _declared_s(source: InputContainer, scan: _Scan) -> float | None:
    """What the header promises of the tracks that were read; another track may well be longer."""
    tracks = scan.tracks.values()
    told_s = [float(each.duration * each.time_base) for each in tracks if each.duration]
    is_of_these = len(told_s) == len(tracks)
    if not source.duration or not (is_of_these or len(source.streams) == len(tracks)):
        return None
    whole_s = source.duration / av.time_base
    return round(min(whole_s, max(told_s)) if is_of_these else whole_s, 3)


def _edit_drift_ms(path: Path, demuxer: str, scan: _Scan) -> float:
    """How far sound leads the picture, against now, in a player that ignores edit lists."""
    if demuxer != "mov" or len(scan.first) < 2:
        return 0.0
    shift_s: dict[str, float] = {}
    with _opened(path, demuxer, ignore_editlist="1") as source:
        for packet in source.demux([source.streams[track.index] for track in scan.tracks.values()]):
            kind = packet.stream.type
            if kind not in shift_s and packet.pts is not None and packet.pos == scan.first[kind][0]:
                shift_s[kind] = _shift_s(packet, scan.first[kind][1])
            if len(shift_s) == 2:
                break
    return round(1000 * (shift_s["video"] - shift_s["audio"]), 1) if len(shift_s) == 2 else 0.0


def _shift_s(packet: av.Packet, edited_s: float) -> float:
    """What an edit list takes off a time, beyond the wait for frames that are decoded out of order."""
    shift_s = float(packet.pts * packet.time_base) - edited_s
    reorder_s = float((packet.pts - (packet.pts if packet.dts is None else packet.dts)) * packet.time_base)
    return shift_s if shift_s <= 0 else max(0.0, shift_s - reorder_s)


def _video(scan: _Scan, info: Track | None) -> VideoTrack:
    stream, times = scan.tracks["video"], scan.times["video"]
    if not stream.width or not stream.height:
        raise Unreadable(f"画面解不出来，连尺寸也读不到，多半已损坏。{NEXT_STEP}")
    aspect = stream.sample_aspect_ratio
    missing_frames, missing = times.missing()
    return VideoTrack(
        index=stream.index,
        codec=stream.codec_context.codec.canonical_name,
        width=stream.width,
        height=stream.height,
        pixel_aspect=round(float(aspect), 4) if aspect else 1.0,
        rotation=round(float(info.rotation or 0)) % 360 if info else 0,
        fps=round(times.rate, 3),
        variable_fps=times.is_variable(),
        bit_rate=times.bit_rate,
        frames=len(times.starts),
        start_s=round(times.start_s, 3),
        end_s=round(times.end_s, 3),
        gaps=times.gaps(),
        corrupt_packets=times.corrupt,
        missing_frames=missing_frames,
        missing=missing,
    )


def _audio(scan: _Scan) -> AudioTrack:
    stream, times = scan.tracks["audio"], scan.times["audio"]
    return AudioTrack(
        index=stream.index,
        codec=stream.codec_context.codec.canonical_name,
        channels=stream.channels,
        sample_rate=stream.sample_rate,
        bit_rate=times.bit_rate,
        start_s=round(times.start_s, 3),
        end_s=round(times.end_s, 3),
    )
