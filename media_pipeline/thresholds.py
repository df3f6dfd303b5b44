"""Every limit of the video checks, once, beside its source. Another set of limits is another instance."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """Limits for attachment 3, item 8. The notice names qualities; the numbers are a norm's or ours.

    "Own measure" stands for our tries on lectures, screen recordings and clips made bad on purpose.
    """

    name: str = "附件3第8项默认阈值"
    version: str = "1"

    # 图像清晰: lines on the shorter side; 480 is standard (ITU-R BT.601), 720 high definition (SMPTE ST 296)
    lines_fail: int = 480
    lines_warn: int = 720
    # edges of sharp pictures are 3–9.1 wide and widen by 1.18–2.1 when blurred again; those blurred by 8 of
    # 1280 pixels are 12.7–18 wide and widen by 1.0–1.18: only both together tell them apart (own measure)
    blur_warn: float = 11.0
    reblur_warn: float = 1.2
    blurred_s_warn: float = 3.0

    # 无抖动: per cent of the width; a tripod 0–0.3, held by hand 0.7–2, close-up faces to 1.1 (own measure)
    shake_warn: float = 1.0
    shake_s_warn: float = 3.0
    shake_fail: float = 2.0
    shake_s_fail: float = 10.0

    # 无倾斜: degrees; a tripod set up by eye is within 1, from 2 on a door is seen to lean (own measure)
    tilt_warn: float = 2.0
    tilt_share_warn: float = 0.5

    # 无变形: a pixel off square by more than 2 % shows in a circle; 2.5:1 is wider than any camera or screen
    pixel_aspect_tolerance: float = 0.02
    aspect_most: float = 2.5

    # 曝光适当: 8-bit luma, share of the time that is not black (own measure)
    dark_luma_high: float = 100
    dark_luma_max: float = 180
    bright_luma_min: float = 60
    bright_luma_low: float = 100
    bright_luma_high: float = 220
    exposure_share_warn: float = 0.2
    exposure_s_warn: float = 3.0

    # 还原性好: distance of the mean chroma from neutral; clean heads reach 13 (own measure)
    chroma_warn: float = 20
    white_chroma_warn: float = 14
    white_share: float = 0.05  # a smaller bright part proves nothing
    colour_share_warn: float = 0.5

    # 无跳帧、失帧: a pause of 0.25 s is seen as a jerk, 1 s is 25 lost frames (own measure)
    gap_s_warn: float = 0.25
    gap_s_fail: float = 1.0

    # share of the frames shown twice: a screen 0.9–1, a camera 0; a camera that stutters lies between
    screen_repeats: float = 0.75
    idle_repeats: float = 0.9
    idle_share: float = 0.1
    repeats_warn: float = 0.25
    repeats_s_warn: float = 3.0
    repeats_share_warn: float = 0.2

    # 播放流畅: below 15 speech and lips part (ITU-T P.911), 24 is cinema; 23.976 is 24
    fps_fail: float = 14.9
    fps_warn: float = 23.9
    still_motion: float = 1.0  # mean luma change per second below which a picture is a slide (own measure)

    # 黑屏, 静帧, 静音 in seconds (own measure; EBU R 128 s1 keeps no such limits)
    black_s_warn: float = 2.0
    black_edge_s_warn: float = 5.0
    black_share_fail: float = 0.9
    freeze_s_warn: float = 10.0
    silence_s_warn: float = 10.0
    silence_peak_db: float = -40.0

    # 声音不过弱: EBU R 128 asks −23 LUFS; below −35 speech drowns in a room's noise (own measure)
    loudness_warn: float = -27.0
    loudness_fail: float = -35.0
    # 放音过冲: EBU R 128 allows −1 dBTP; above −14 LUFS players turn down, above −8 nothing is left undamaged
    true_peak_warn: float = -1.0
    loud_warn: float = -14.0
    loud_fail: float = -8.0
    # 无明显失真: peak to loudness; speech keeps 12–20 dB, clipped speech under 8 (own measure)
    clipped_true_peak: float = 0.5
    clipped_plr_db: float = 8.0
    phase_fail: float = -0.5  # the two channels cancel each other on one loudspeaker …
    phase_share_fail: float = 0.3  # … for so much of the time: digital silence counts as in phase
    one_sided_db: float = 30.0  # a speaker beside a stereo microphone reaches 15
    audio_errors_fail: int = 10
    # 底噪: speech above the quietest tenth of its pauses; under 6 nothing pauses: music, a tone (own measure)
    noise_db_warn: float = 20.0
    noise_db_least: float = 6.0
    noise_s_least: float = 3.0

    # 音画同步: ITU-R BT.1359-1, late is positive: seen from −45 and +125 ms, tolerated to −90 and +185 ms
    sync_early_ms: float = -90.0
    sync_late_ms: float = 185.0
    start_ms_warn: float = 100.0  # players honour it, but it is rarely meant
    end_s_warn: float = 2.0
    hidden_s_warn: float = 1.0

    # container
    duration_s_fail: float = 1.0
    cut_share: float = 0.02  # packets that end so much before the header says
    cut_s: float = 2.0

    @property
    def label(self) -> str:
        """How findings name the set of limits they were judged by."""
        return f"{self.name} v{self.version}"


DEFAULT_PROFILE = Profile()
