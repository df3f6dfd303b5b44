"""Does every check find its defect, and nothing else? A table over clips made bad on purpose.

    ./run bench defects [FOLDER]

Each row is one defect on a clip that is clean otherwise, in several strengths; the clean clips follow, and
those of FOLDER, which must not fail. Ends with 1 when a defect is missed or a clean clip is not.
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
from media_pipeline.measuring.inspection import Unreadable, inspect_file, judge
from tests.media_pipeline.clips import TALK, Clips, room, slides, talk

ROOM = {"picture": room(), "voice": talk()}
SLIDES = {"picture": slides(8), "voice": talk(8)}
LONG_ROOM = {"picture": room(13), "voice": talk(13)}
SLIDES_ALONE = {
    "picture": f"{slides(3)},tpad=stop_mode=clone:stop_duration=13",
    "voice": f"aevalsrc={TALK}*lt(t\\,3):d=16",
}
DRIFT = {
    "picture": "testsrc=size=1280x720:rate=5:duration=1,tpad=stop_mode=clone:stop_duration=239",
    "voice": talk(242.4),
}

TREMBLING = "crop=1280:720:x='80+{0}*sin(6.2*PI*t)':y='45+{0}*sin(4.6*PI*t+1)'"
BURSTS = "select='lt(mod(t,0.8),0.4)',fps=25"
OPPOSED = talk(right=f"-1*{TALK}")

DEFECTS = [
    ("clarity", "blur", {**ROOM, "picture_filter": "gblur=sigma=10"}),
    ("shake", "shaken, 1.7 % of the width", {**ROOM, "picture": room(camera=TREMBLING.format(22))}),
    ("shake", "shaken badly for 13 s", {**LONG_ROOM, "picture": room(13, camera=TREMBLING.format(44))}),
    ("tilt", "room by 3°", {**ROOM, "picture": room(camera="rotate=3*PI/180,crop=1280:720")}),
    ("tilt", "slide by −3°", {**SLIDES, "picture_filter": "rotate=-3*PI/180:c=white"}),
    ("deformation", "pixels 4:3", {**ROOM, "picture_filter": "setsar=4/3"}),
    ("deformation", "content squeezed to 3:1", {**ROOM, "picture_filter": "scale=1440:480,setsar=1"}),
    ("exposure", "dark", {**ROOM, "picture_filter": "eq=brightness=-0.55"}),
    ("exposure", "bright", {**ROOM, "picture_filter": "eq=brightness=0.45"}),
    ("exposure", "washed-out slides", {**SLIDES, "picture_filter": "eq=brightness=0.5"}),
    ("exposure", "dim slides", {**SLIDES, "picture_filter": "eq=brightness=-0.5"}),
    ("colour", "cast", {**ROOM, "picture_filter": "colorchannelmixer=rr=1.3:bb=0.55"}),
    ("colour", "cast on white slides", {**SLIDES, "picture_filter": "colorchannelmixer=bb=0.75"}),
    (
        "frame_skip",
        "frames missing for 1.5 s",
        {**ROOM, "picture_filter": "select='not(between(t,2,3.5))'", "more": ("-fps_mode", "vfr")},
    ),
    ("frame_skip", "frames repeated, left as they are", {"picture_filter": BURSTS, "more": ("-qp", "24")}),
    (
        "smoothness",
        "every third frame dropped",
        {**ROOM, "picture_filter": "select='mod(n,3)'", "more": ("-fps_mode", "vfr")},
    ),
    ("smoothness", "10 frames a second", {**ROOM, "picture_filter": "fps=10"}),
    ("freeze", "still and silent", SLIDES_ALONE),
    ("silence", "still and silent", SLIDES_ALONE),
    (
        "black",
        "black for 3 s",
        {**ROOM, "picture_filter": "drawbox=t=fill:color=black:enable='between(t,1,4)'"},
    ),
    ("av_sync", "sound 300 ms late", {**ROOM, "before_voice": ("-itsoffset", "0.3")}),
    ("av_sync", "sound 300 ms early", {**ROOM, "picture_filter": "setpts=PTS+0.3/TB"}),
    ("av_sync", "sound 1 % longer over 4 min", DRIFT),
    (
        "sound_distortion",
        "clipped",
        {**ROOM, "voice_filter": "volume=30dB,alimiter=limit=1:level=0,volume=3dB"},
    ),
    ("sound_distortion", "channels opposed", {**ROOM, "voice": OPPOSED}),
    ("sound_distortion", "right channel dead", {**ROOM, "voice": talk(right="0")}),
    ("sound_overshoot", "peaks over full scale", {**ROOM, "voice_filter": "volume=9dB"}),
    ("sound_weak", "−45 LUFS", {**ROOM, "voice_filter": "volume=-30dB"}),
    (
        "noise",
        "noise 12 dB under speech",
        {
            **ROOM,
            "voice": talk(left=f"{TALK}+0.06*(random(0)-0.5)*2", right=f"{TALK}+0.06*(random(0)-0.5)*2"),
        },
    ),
]
STUCK = "loop=loop=100:size=1:start=60,trim=duration=8"
DROPPED = {"picture_filter": "select='mod(n,10)'", "more": ("-fps_mode", "vfr")}
DEFECTS += [
    (
        "freeze",
        "camera stuck for 4 s, sound goes on",
        {"picture": room(8), "voice": talk(8), "picture_filter": STUCK},
    ),
    ("frame_loss", "every tenth frame dropped", {**ROOM, **DROPPED}),
    (
        "frame_loss",
        "every third frame dropped",
        {**ROOM, "picture_filter": "select='mod(n,3)'", "more": ("-fps_mode", "vfr")},
    ),
]
PAN = {**ROOM, "picture": room(camera="crop=1280:720:x='min(160,2*n)'")}
BASES = {"room": ROOM, "pan": PAN}
DEFECTS += [
    row
    for name, base in BASES.items()
    for every in (4, 8, 12)
    for row in (
        (
            "frame_skip",
            f"{name}: each {every}th frame gone, times even",
            {**base, "picture_filter": f"select='mod(n,{every})',setpts=N"},
        ),
        (
            "frame_loss",
            f"{name}: each {every}th frame gone, times even",
            {**base, "picture_filter": f"select='mod(n,{every})',setpts=N"},
        ),
        (
            "frame_skip",
            f"{name}: each {every}th frame twice",
            {**base, "picture_filter": f"setpts='N+floor(N/{every})',fps=25"},
        ),
    )
]
DEFECTS += [
    ("clarity", "blur of 14 pixels", {**ROOM, "picture_filter": "gblur=sigma=14"}),
    ("tilt", "room by −4°", {**ROOM, "picture": room(camera="rotate=-4*PI/180,crop=1280:720")}),
    ("deformation", "pixels 8:9", {**ROOM, "picture_filter": "setsar=8/9"}),
    ("exposure", "dark, less", {**ROOM, "picture_filter": "eq=brightness=-0.45"}),
    ("colour", "blue cast", {**ROOM, "picture_filter": "colorchannelmixer=rr=0.6:bb=1.3"}),
    ("colour", "blue cast on white slides", {**SLIDES, "picture_filter": "colorchannelmixer=rr=0.75"}),
    ("frame_skip", "every second frame shown twice", {**ROOM, "picture_filter": "fps=12.5,fps=25"}),
    ("sound_distortion", "left channel dead", {**ROOM, "voice": talk(left="0")}),
]
TURNED_DOWN = "volume=30dB,aformat=sample_fmts=s16,volume=-6dB"
UNSEEN = [  # square pixels in a usual frame; a tone has as few peaks as clipped speech
    ("sound_distortion", "clipped, then turned down", {**ROOM, "voice_filter": TURNED_DOWN}),
    ("deformation", "squeezed to 3:4, pixels square", {**ROOM, "picture_filter": "scale=960:720,setsar=1"}),
    ("frame_skip", "stops of 0.4 s, polished by the encoder", {"picture_filter": BURSTS}),
]
RECORDING = {**SLIDES, "picture_filter": "mpdecimate=max=25", "more": ("-fps_mode", "vfr")}
CLEAN = [
    ("room", ROOM),
    ("room, 13 s", LONG_ROOM),
    ("room, a pan", PAN),
    ("slides", SLIDES),
    ("screen recording", RECORDING),
    ("moving test picture", {"voice": talk()}),
]


def found_in(path: Path) -> dict[str, str]:
    """What is not in order: check id → warn or fail."""
    checks = judge(inspect_file(path)).checks
    return {check.id: str(check.verdict) for check in checks if check.verdict in ("warn", "fail")}


def rows(clips: Clips) -> int:
    """A line for each defect; the number of those missed."""
    missed = 0
    for check_id, defect, wish in DEFECTS:
        found = found_in(clips.lecture(**wish))
        verdict = found.pop(check_id, "MISSED")
        missed += verdict == "MISSED"
        print(f"{check_id:17}{defect:42}{verdict:8}{found or ''}", flush=True)
    for check_id, defect, wish in UNSEEN:
        found = found_in(clips.lecture(**wish))
        print(f"{check_id:17}{defect:42}{found.pop(check_id, 'unseen'):8}{found or ''}", flush=True)
    return missed


def alarms(clips: Clips, others: list[Path]) -> int:
    """Clean clips that are not. Of given recordings nobody knows whether they are clean."""
    count = 0
    for name, wish in CLEAN:
        found = found_in(clips.lecture(**wish))
        count += bool(found)
        print(f"{'(clean)':17}{name:42}{'ALARM' if found else 'clean':8}{found or ''}", flush=True)
    for path in others:
        try:
            found = found_in(path)
        except Unreadable as unreadable:
            print(f"{'(given)':17}{path.name:42}{unreadable.reason}")
            continue
        print(f"{'(given)':17}{path.name:42}{'FAIL' if 'fail' in found.values() else 'no fail':8}{found}")
    return count


def main() -> int:
    others = sorted(Path(sys.argv[1]).iterdir()) if len(sys.argv) > 1 else []
    with tempfile.TemporaryDirectory() as folder:
        clips = Clips(Path(folder))
        print(f"{'id':17}{'defect':42}{'found':8}also")
        missed, false = rows(clips), alarms(clips, others)
    found = f"found {len(DEFECTS) - missed} of {len(DEFECTS)}, missed {missed}"
    print(f"{found}, false alarms {false} of {len(CLEAN)}")
    return int(missed + false > 0)


if __name__ == "__main__":
    sys.exit(main())
