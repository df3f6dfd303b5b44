from media_pipeline.checks.high_range import of_usual_range
from media_pipeline.checks.result import Check, Judgement, Verdict, evidence_of, share, stretches
from media_pipeline.checks.stillness import is_screen
from media_pipeline.facts import Facts, Picture
from media_pipeline.limits.thresholds import Profile

NEARLY_BLACK = 40  # the black check speaks of those seconds
BLANK = 20  # levels of luma from the darkest to the brightest point: less is a page without content


def judge(facts: Facts, profile: Profile) -> Judgement:
    """Share of the seconds too dark or too bright. Dark slides have bright text, white slides dark text."""
    on_screen = is_screen(facts, profile)
    dark = (_dim if on_screen else _dark)(facts.picture, profile)
    bright = (_washed_out if on_screen else _bright)(facts.picture, profile)
    for flags, found, advice in (
        (dark, "画面过暗", "请补光或在剪辑软件里提高曝光"),
        (bright, "画面过亮发白", "请降低曝光或在剪辑软件里压低亮部"),
    ):
        part = share(flags)
        if part > profile.exposure_share_warn and sum(flags) >= profile.exposure_s_warn:
            message = f"{part:.0%} 的时间{found}（限 {profile.exposure_share_warn:.0%}）；{advice}。"
            return Judgement(Verdict.WARN, message, 100 * part, evidence_of(stretches(flags), found))
    return Judgement(Verdict.PASS, "曝光正常。", 100 * max(share(dark), share(bright)))


def _dark(picture: Picture, profile: Profile) -> list[bool]:
    return [
        high is not None and NEARLY_BLACK < most < profile.dark_luma_max and high < profile.dark_luma_high
        for high, most in zip(picture.luma_high, picture.luma_max, strict=True)
    ]


def _bright(picture: Picture, profile: Profile) -> list[bool]:
    return [
        least is not None
        and least > profile.bright_luma_min
        and low > profile.bright_luma_low
        and high > profile.bright_luma_high
        for least, low, high in zip(picture.luma_min, picture.luma_low, picture.luma_high, strict=True)
    ]


def _dim(picture: Picture, profile: Profile) -> list[bool]:
    """Slides on which nothing is bright, neither the page nor the text."""
    return [most is not None and NEARLY_BLACK < most < profile.slide_luma_max for most in picture.luma_max]


def _washed_out(picture: Picture, profile: Profile) -> list[bool]:
    """Slides whose darkest text hardly stands out from the page; an empty page has none."""
    return [
        least is not None
        and most - least > BLANK
        and most > profile.bright_luma_high
        and contrast(least, most) < profile.slide_contrast
        for least, most in zip(picture.luma_min, picture.luma_max, strict=True)
    ]


def contrast(dark: float, light: float) -> float:
    """Of two luma levels (16 black, 235 white), 1…21; as WCAG 2.1 defines it, with a gamma of 2.2."""
    dark_light, light_light = (max(0.0, (level - 16) / 219) ** 2.2 for level in (dark, light))
    return (light_light + 0.05) / (dark_light + 0.05)


CHECK = Check(
    id="exposure",
    title="曝光",
    unit="%",
    threshold=lambda profile: f"过暗或过亮的时间 ≤ {profile.exposure_share_warn:.0%}",
    judge=of_usual_range(judge),
    needs="video",
)
