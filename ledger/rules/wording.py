"""Numbers and times in plain Chinese and English. Nothing is decided here."""

from fractions import Fraction


def hours_zh(minutes: int) -> str:
    """105 is `1 小时 45 分钟`."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} 小时"
    return f"{hours} 小时 {rest} 分钟" if hours else f"{rest} 分钟"


def hours_en(minutes: int) -> str:
    """105 is `1 h 45 min`."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return f"{hours} h"
    return f"{hours} h {rest} min" if hours else f"{rest} min"


def points_text(units: int, points_scale: int) -> str:
    """Smallest units as points, without needless zeros: 250 at scale 2 is `2.5`."""
    if not points_scale:
        return str(units)
    whole, part = divmod(abs(units), 10**points_scale)
    return f"{'-' if units < 0 else ''}{whole}.{part:0{points_scale}d}".rstrip("0").rstrip(".")


def award_en(points: str) -> str:
    """`+1 point`, `+2 points`."""
    return f"+{points} point" if points == "1" else f"+{points} points"


def stars_en(least: int) -> str:
    """`1 star or more`, `2 stars or more`."""
    return f"{least} star{'' if least == 1 else 's'} or more"


def ratio_text(number: Fraction) -> str:
    """An exact number as people write it: 3/2 is `1.5`, 1/3 stays `1/3`."""
    for places in range(5):
        scaled = number * 10**places
        if scaled.denominator == 1:
            return points_text(int(scaled), places)
    return str(number)


def rounded_zh(rounding: str, step_minutes: int, rounded_minutes: int) -> str:
    """How served minutes became `rounded_minutes`."""
    step, result = hours_zh(step_minutes), hours_zh(rounded_minutes)
    if rounding == "half_up":
        return f"按 {step} 四舍五入, 计 {result}"
    return f"零头不足 {step}不计, 计 {result}" if rounding == "floor" else f"零头不足 {step}按 {step}计, 计 {result}"


def rounded_en(rounding: str, step_minutes: int, rounded_minutes: int) -> str:
    """How served minutes became `rounded_minutes`."""
    step, result = hours_en(step_minutes), hours_en(rounded_minutes)
    if rounding == "half_up":
        return f"to the nearest {step}, {result} counted"
    counts = f"every full {step} counts" if rounding == "floor" else f"every {step} begun counts"
    return f"{counts}, {result} counted"


POINTS_ROUNDED_ZH = {"floor": "分值零头舍去", "half_up": "分值四舍五入", "ceil": "分值零头进一"}
POINTS_ROUNDED_EN = {
    "floor": "points rounded down",
    "half_up": "points rounded to nearest",
    "ceil": "points rounded up",
}
