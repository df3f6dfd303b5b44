"""Every limit of the video checks, once, with its source. Another set of limits is another instance.

The notice (attachment 3, item 8) names qualities; the numbers are a norm's or ours: "自测" are our tries on
lectures, screen recordings, talking heads and clips made bad on purpose (docs/decisions/0021, 0023).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from media_pipeline.limits.shape import BadLimits, limit, limits_of, read_limits

LONGEST_NAME = 40
FEWEST_LETTERS = 2
TRIED = "自测"


@dataclass(frozen=True, slots=True)
class Profile:
    """A named, versioned set of limits; the built-in one unless others are given."""

    name: str = "附件3第8项默认阈值"
    version: str = "2"

    # which pictures are slides or screens, where stillness is normal
    still_motion: float = limit(
        1.0, "kind", "每秒亮度变化低于此值视为静止画面", "级", f"{TRIED}：课件 0–0.9", within=(0, 20)
    )
    screen_repeats: float = limit(
        0.75, "kind", "重复帧占比达到此值视为录屏", "", f"{TRIED}：录屏 0.9–1，摄像 0", within=(0.3, 1)
    )

    camera_share: float = limit(
        0.3,
        "kind",
        "不重复帧的时间超过此占比视为摄像",
        "",
        f"{TRIED}：摄像 1，录屏 0–0.1",
        within=(0.1, 1),
    )

    lines_fail: int = limit(
        480, "resolution", "短边低于此线数不合格", "线", "标清下限 480 线，ITU-R BT.601", within=(144, 2160)
    )
    lines_warn: int = limit(
        720, "resolution", "短边低于此线数提示", "线", "高清 720 线，SMPTE ST 296", within=(144, 4320)
    )

    # edges of sharp pictures are 3–9.1 wide and widen by 1.18–2.1 when blurred again; blurred by 8 of 1280
    # pixels they are 10.2–25 wide and widen by 1.0–1.18: only both together tell them apart
    blur_warn: float = limit(
        10.0, "clarity", "轮廓宽于此值才可能模糊", "像素", f"{TRIED}：清晰 3–9，模糊 10.2–25", within=(5, 40)
    )
    reblur_warn: float = limit(
        1.2,
        "clarity",
        "再模糊比低于此值才算模糊",
        "倍",
        f"{TRIED}：清晰 1.18–2.1，模糊 1–1.18",
        within=(1, 2),
    )
    blurred_s_warn: float = limit(3.0, "clarity", "连续模糊达到此时长提示", "秒", TRIED, within=(1, 600))

    shake_warn: float = limit(
        1.0,
        "shake",
        "抖动超过画面宽度的此比例提示",
        "%",
        f"{TRIED}：三脚架 0–0.3，手持 0.7–2",
        within=(0.2, 20),
    )
    shake_s_warn: float = limit(3.0, "shake", "连续抖动达到此时长提示", "秒", TRIED, within=(1, 600))
    shake_fail: float = limit(2.0, "shake", "抖动超过画面宽度的此比例不合格", "%", TRIED, within=(0.2, 50))
    shake_s_fail: float = limit(10.0, "shake", "连续剧烈抖动达到此时长不合格", "秒", TRIED, within=(1, 3600))

    tilt_warn: float = limit(
        2.0, "tilt", "倾斜超过此角度提示", "度", f"{TRIED}：目测架设 1 度以内，2 度起看得出", within=(0.5, 10)
    )
    tilt_share_warn: float = limit(0.5, "tilt", "倾斜的画面超过此占比提示", "", TRIED, within=(0.05, 1))

    pixel_aspect_tolerance: float = limit(
        0.02, "deformation", "像素宽高比偏离 1 超过此值提示", "", "圆形偏离 2% 可察觉，自测", within=(0, 0.5)
    )
    aspect_most: float = limit(
        2.5, "deformation", "画面宽高比超过此值提示", ": 1", "宽银幕 2.39:1 以内", within=(1.3, 10)
    )

    dark_luma_high: float = limit(
        100,
        "exposure",
        "亮部低于此亮度才算过暗",
        "级",
        f"{TRIED}（8 位亮度，16 黑 235 白）",
        within=(20, 200),
    )
    dark_luma_max: float = limit(
        180, "exposure", "最亮处低于此亮度才算过暗", "级", f"{TRIED}：黑底白字的课件不算", within=(20, 235)
    )
    bright_luma_min: float = limit(60, "exposure", "最暗处高于此亮度才算过亮", "级", TRIED, within=(16, 200))
    bright_luma_low: float = limit(100, "exposure", "暗部高于此亮度才算过亮", "级", TRIED, within=(16, 235))
    bright_luma_high: float = limit(220, "exposure", "亮部高于此亮度才算过亮", "级", TRIED, within=(100, 255))
    slide_luma_max: float = limit(
        140, "exposure", "课件最亮处低于此亮度算过暗", "级", f"{TRIED}：白底暗了一半是 125", within=(20, 235)
    )
    slide_contrast: float = limit(
        4.5,
        "exposure",
        "课件明暗对比低于此值算发白",
        ": 1",
        "文字与底色 4.5:1，WCAG 2.1 第 1.4.3 条",
        within=(1, 21),
    )
    exposure_share_warn: float = limit(
        0.2, "exposure", "过暗或过亮的时间超过此占比提示", "", TRIED, within=(0.01, 1)
    )
    exposure_s_warn: float = limit(3.0, "exposure", "过暗或过亮至少持续", "秒", TRIED, within=(1, 600))

    chroma_warn: float = limit(
        20, "colour", "整体偏离中性超过此值提示", "级", f"{TRIED}：正常人像至多 13", within=(3, 100)
    )
    white_chroma_warn: float = limit(
        14, "colour", "白处偏离中性超过此值提示", "级", f"{TRIED}：偏色的白底 16", within=(3, 100)
    )
    white_share: float = limit(0.05, "colour", "白处至少占画面的此比例才判断", "", TRIED, within=(0.005, 0.9))
    colour_share_warn: float = limit(0.5, "colour", "偏色的时间超过此占比提示", "", TRIED, within=(0.05, 1))

    gap_s_warn: float = limit(
        0.25, "frame_skip", "画面中断超过此时长提示", "秒", f"{TRIED}：0.25 秒看得出一顿", within=(0.1, 10)
    )
    gap_s_fail: float = limit(
        1.0,
        "frame_skip",
        "声音继续而画面中断超过此时长不合格",
        "秒",
        f"{TRIED}：1 秒即丢 25 帧",
        within=(0.2, 60),
    )
    idle_repeats: float = limit(
        0.9, "frame_skip", "一秒内重复帧达到此占比视为停住", "", TRIED, within=(0.5, 1)
    )
    idle_share: float = limit(
        0.1, "frame_skip", "停住的时间超过此占比则不判卡顿", "", f"{TRIED}：停住多的是课件", within=(0, 1)
    )
    repeats_warn: float = limit(
        0.25, "frame_skip", "一秒内重复帧超过此占比视为卡顿", "", f"{TRIED}：摄像 0", within=(0.05, 0.9)
    )
    repeats_s_warn: float = limit(3.0, "frame_skip", "卡顿至少累计", "秒", TRIED, within=(1, 600))
    repeats_share_warn: float = limit(
        0.2, "frame_skip", "卡顿的时间超过此占比提示", "", TRIED, within=(0.01, 1)
    )

    doubled_share_warn: float = limit(
        0.03,
        "frame_skip",
        "运动画面里单帧重复超过此占比提示",
        "",
        f"{TRIED}：摄像 0–0.01，24 转 30 帧 0.15",
        within=(0.01, 0.5),
    )
    jumps_share_warn: float = limit(
        0.03,
        "frame_skip",
        "运动画面里跳过一帧以上的占比超过此值提示",
        "",
        f"{TRIED}：摄像 0–0.01，30 转 25 帧 0.08–0.14",
        within=(0.01, 0.5),
    )
    uneven_warn: int = limit(5, "frame_skip", "且至少有", "帧", TRIED, within=(1, 10_000))

    missing_share_warn: float = limit(
        0.02,
        "frame_loss",
        "缺少的帧超过此占比提示",
        "",
        f"{TRIED}：摄像机按固定节拍写帧，不缺",
        within=(0.001, 0.5),
    )
    missing_warn: int = limit(5, "frame_loss", "且至少缺少", "帧", TRIED, within=(1, 10_000))

    fps_fail: float = limit(
        14.9, "smoothness", "帧率低于此值不合格", "帧/秒", "15 帧以下口型分离，ITU-T P.911", within=(1, 60)
    )
    fps_warn: float = limit(
        23.9, "smoothness", "帧率低于此值提示", "帧/秒", "电影 24 帧（23.976 算 24）", within=(1, 120)
    )

    black_s_warn: float = limit(2.0, "black", "片中黑屏超过此时长提示", "秒", TRIED, within=(1, 600))
    black_edge_s_warn: float = limit(
        5.0, "black", "片头片尾黑屏超过此时长提示", "秒", f"{TRIED}：淡入淡出属正常", within=(1, 600)
    )
    black_share_fail: float = limit(0.9, "black", "黑屏超过全片的此占比不合格", "", TRIED, within=(0.1, 1))
    freeze_s_warn: float = limit(
        10.0, "freeze", "静止且无声超过此时长提示", "秒", f"{TRIED}：讲解课件时静止属正常", within=(2, 3600)
    )
    freeze_camera_s_warn: float = limit(
        3.0,
        "freeze",
        "摄像画面定格而声音继续达到此时长提示",
        "秒",
        f"{TRIED}：传感器有噪声，不会重复同一帧",
        within=(2, 600),
    )
    silence_s_warn: float = limit(10.0, "silence", "静音达到此时长提示", "秒", TRIED, within=(1, 3600))
    silence_peak_db: float = limit(-40.0, "silence", "峰值低于此值视为静音", "dBFS", TRIED, within=(-90, -10))

    # late is positive
    sync_early_ms: float = limit(
        -90.0, "av_sync", "声音最多早", "毫秒", "ITU-R BT.1359-1 可接受范围 −90…+185", within=(-1000, 0)
    )
    sync_late_ms: float = limit(
        185.0, "av_sync", "声音最多晚", "毫秒", "ITU-R BT.1359-1 可接受范围 −90…+185", within=(0, 1000)
    )
    sync_gross_ms: float = limit(
        200.0,
        "av_sync",
        "口型与声音相差超过此值不合格",
        "毫秒",
        f"{TRIED}：超出可接受范围，且口型测得准",
        within=(100, 2000),
    )
    sync_drift_ms_warn: float = limit(
        120.0,
        "av_sync",
        "从头到尾偏移的变化超过此值提示",
        "毫秒",
        f"{TRIED}：逐段测得准到 80 毫秒",
        within=(40, 5000),
    )
    sync_confidence: float = limit(
        0.99,
        "av_sync",
        "置信度达到此值才采信口型",
        "",
        f"{TRIED}：移走的声音到不了",
        within=(0.9, 0.999),
    )
    start_ms_warn: float = limit(
        100.0,
        "av_sync",
        "声音画面起点相差超过此值提示",
        "毫秒",
        f"{TRIED}：播放器照办，但很少有意",
        within=(0, 5000),
    )
    end_s_warn: float = limit(2.0, "av_sync", "声音画面长度相差超过此值提示", "秒", TRIED, within=(0.1, 600))
    hidden_s_warn: float = limit(
        1.0, "av_sync", "编辑列表隐藏的内容超过此时长提示", "秒", TRIED, within=(0.1, 600)
    )

    # peak to loudness: speech keeps 12–20 dB
    clipped_true_peak: float = limit(
        0.5, "sound_distortion", "削波时真峰值超过此值不合格", "dBTP", TRIED, within=(-3, 12)
    )
    clipped_plr_db: float = limit(
        8.0,
        "sound_distortion",
        "峰值与响度之差低于此值视为削波",
        "dB",
        f"{TRIED}：讲话 12–20，削波 8 以下",
        within=(1, 20),
    )
    # the two channels cancel each other on one loudspeaker; digital silence counts as in phase
    phase_fail: float = limit(-0.5, "sound_distortion", "声道相位低于此值视为反相", "", TRIED, within=(-1, 0))
    phase_share_fail: float = limit(
        0.3, "sound_distortion", "反相的时间超过此占比不合格", "", TRIED, within=(0.05, 1)
    )
    one_sided_db: float = limit(
        30.0,
        "sound_distortion",
        "两声道响度相差超过此值视为一侧无声",
        "dB",
        f"{TRIED}：坐偏的讲师至多 15",
        within=(10, 90),
    )
    one_sided_s_warn: float = limit(
        5.0, "sound_distortion", "一侧无声达到此时长提示", "秒", TRIED, within=(1, 600)
    )
    audio_errors_fail: int = limit(
        10, "sound_distortion", "声音解码错误超过此数不合格", "处", TRIED, within=(0, 100_000)
    )
    true_peak_warn: float = limit(
        -1.0, "sound_overshoot", "真峰值超过此值提示", "dBTP", "EBU R 128 最高 −1 dBTP", within=(-12, 6)
    )
    loud_warn: float = limit(
        -14.0,
        "sound_overshoot",
        "平均响度超过此值提示",
        "LUFS",
        "播放平台 −14 LUFS 起自动降低",
        within=(-30, 0),
    )
    loud_fail: float = limit(
        -8.0, "sound_overshoot", "平均响度超过此值不合格", "LUFS", f"{TRIED}：再响必有损伤", within=(-30, 0)
    )
    loudness_fail: float = limit(
        -35.0, "sound_weak", "平均响度低于此值不合格", "LUFS", f"{TRIED}：讲话没入房间噪声", within=(-60, -15)
    )
    loudness_warn: float = limit(
        -27.0,
        "sound_weak",
        "平均响度低于此值提示",
        "LUFS",
        "EBU R 128 目标 −23 LUFS，留 4",
        within=(-60, -15),
    )
    weak_s_warn: float = limit(
        10.0,
        "sound_weak",
        "一段声音低于不合格响度达到此时长提示",
        "秒",
        f"{TRIED}：讲话的停顿短得多",
        within=(3, 600),
    )
    # speech above the quietest tenth of its pauses
    noise_db_warn: float = limit(20.0, "noise", "讲话高出底噪不足此值提示", "dB", TRIED, within=(6, 60))
    noise_db_least: float = limit(
        6.0, "noise", "起伏不足此值则测不出底噪", "dB", f"{TRIED}：配乐、单音没有停顿", within=(0, 30)
    )
    noise_s_least: float = limit(3.0, "noise", "至少要有此时长的声音才判断", "秒", TRIED, within=(1, 60))

    duration_s_fail: float = limit(
        1.0, "container", "短于此时长不合格", "秒", "不成一段课程", within=(0.1, 600)
    )
    cut_share: float = limit(
        0.02, "container", "内容比文件头标明的短此占比视为截断", "", TRIED, within=(0.001, 0.5)
    )
    cut_s: float = limit(2.0, "container", "且至少短此时长", "秒", TRIED, within=(0.5, 600))

    @property
    def label(self) -> str:
        """How findings name the set of limits they were judged by."""
        return f"{self.name} v{self.version}"

    @property
    def numbers(self) -> dict[str, float]:
        return {name: getattr(self, name) for name in LIMITS}

    def to_json(self) -> dict[str, Any]:
        return {"name": self.name, "version": self.version, "limits": self.numbers}

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """What `to_json` gave, perhaps changed by hand; limits left out are the built-in ones.

        Raises `BadLimits`, each problem one sentence.
        """
        if not isinstance(data, Mapping) or not isinstance(data.get("limits"), Mapping):
            raise BadLimits({"": ['阈值文件要写成 {"name": …, "version": …, "limits": {名称: 数值}}。']})
        name, version = str(data.get("name", "")).strip(), str(data.get("version", "")).strip()
        if not FEWEST_LETTERS <= len(name) <= LONGEST_NAME or not 0 < len(version) <= 6:
            problem = f"阈值文件要有 name（{FEWEST_LETTERS}–{LONGEST_NAME} 字）和 version（不超过 6 字）。"
            raise BadLimits({"": [problem]})
        return cls(name=name, version=version, **read_limits(cls, data["limits"], ORDERED))

    @classmethod
    def of(cls, name: str, version: str, numbers: Mapping[str, Any]) -> Self:
        """Stored numbers; a limit that came later than they did is as built in."""
        known = {each: number for each, number in numbers.items() if each in LIMITS}
        return cls(name=name, version=version, **known)


LIMITS = limits_of(Profile)
ORDERED = (  # the first may not be greater than the second
    ("lines_fail", "lines_warn"),
    ("shake_warn", "shake_fail"),
    ("dark_luma_high", "dark_luma_max"),
    ("bright_luma_min", "bright_luma_low"),
    ("bright_luma_low", "bright_luma_high"),
    ("gap_s_warn", "gap_s_fail"),
    ("repeats_warn", "idle_repeats"),
    ("fps_fail", "fps_warn"),
    ("black_s_warn", "black_edge_s_warn"),
    ("true_peak_warn", "clipped_true_peak"),
    ("loudness_fail", "loudness_warn"),
    ("loudness_warn", "loud_warn"),
    ("loud_warn", "loud_fail"),
    ("noise_db_least", "noise_db_warn"),
)

DEFAULT_PROFILE = Profile()
