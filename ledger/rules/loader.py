"""From the text of a rulebook to a Rulebook, or to everything that is wrong with it at once.

The form is closed: named fields only, no expressions. What this first engine cannot say is refused with a sentence that
says so, never ignored, because a rule that is silently dropped is a wrong award.
"""

from ledger.rules.deeds import CAPTURE_METHODS
from ledger.rules.document import Node, outline
from ledger.rules.fields import Fields
from ledger.rules.findings import Finding, RulebookInvalid
from ledger.rules.rulebook import MINUTES_PER, Cap, LapsePolicy, Rule, Rulebook

BOOK_FIELDS = ("code", "version", "title", "effective_from", "posting", "lapse", "rules")
RULE_FIELDS = (
    *("id", "title", "activity_types", "capture_methods", "points", "per", "per_count"),
    *("step_minutes", "rounding", "cap", "zero_when_evaluated"),
)
POINTS_SCALE_MAX = 2
VERSION_MAX = 999_999_999
YEARS_AFTER_MAX = 100
CAP_MINUTES_MAX = 366 * 24 * 60
_LATER_ZH, _LATER_EN = "; 其他写法以后的版本才有", "; others come in a later version"


def load(document: str, *, points_scale: int) -> Rulebook:
    """The rulebook written in `document` (YAML), its amounts in smallest units of a bank with `points_scale` decimals.

    Raises RulebookInvalid with all findings. ValueError for a `points_scale` outside 0 to 2.
    """
    if not 0 <= points_scale <= POINTS_SCALE_MAX:
        raise ValueError(f"points_scale must be 0 to {POINTS_SCALE_MAX}: {points_scale}")
    findings: list[Finding] = []
    book = Fields(outline(document, findings), "", BOOK_FIELDS, findings)
    rulebook = Rulebook(
        code=book.identifier("code"),
        version=book.whole("version", 1, VERSION_MAX),
        title=book.title("title"),
        effective_from=book.day("effective_from"),
        points_scale=points_scale,
        posting=book.choice("posting", ("at_once",), _LATER_ZH, _LATER_EN),
        lapse=_lapse(book),
        rules=_rules(book, points_scale, findings),
    )
    if not findings:
        findings.extend(_unheard(rulebook, book.node.members["rules"].items))
    if findings:
        raise RulebookInvalid(findings)
    return rulebook


def _lapse(book: Fields) -> LapsePolicy:
    lapse = book.inner("lapse", ("policy", "years_after"))
    policy = lapse.choice("policy", ("never", "end_of_year"), _LATER_ZH, _LATER_EN)
    if policy == "end_of_year":
        return LapsePolicy(policy=policy, years_after=lapse.whole("years_after", 0, YEARS_AFTER_MAX))
    if lapse.has("years_after"):
        lapse.note("years_after", "只有 end_of_year 才写 years_after, 请删去", "only for end_of_year: remove it")
    return LapsePolicy(policy=policy)


def _rules(book: Fields, points_scale: int, findings: list[Finding]) -> tuple[Rule, ...]:
    rules: list[Rule] = []
    for index, node in enumerate(book.listed("rules")):
        fields = Fields(node, f"rules[{index}]", RULE_FIELDS, findings)
        rule = _rule(fields, points_scale)
        if rule.id and any(rule.id == earlier.id for earlier in rules):
            fields.note("id", "编号与前面的规则重复, 请换一个", "an earlier rule has this id: choose another")
        rules.append(rule)
    return tuple(rules)


def _rule(fields: Fields, points_scale: int) -> Rule:
    per = fields.choice("per", (*MINUTES_PER, "session"), _LATER_ZH, _LATER_EN)
    timed = per in MINUTES_PER
    if not timed:
        _check_session(fields)
    per_count = fields.whole("per_count", 1, 1000, default=1) if timed else 1
    rate = fields.amount("points") * 10**points_scale / (MINUTES_PER.get(per, 1) * per_count)
    step_minutes = fields.whole("step_minutes", 1, 24 * 60, default=1) if timed else 1
    rounding = fields.choice("rounding", ("floor", "half_up", "ceil"), required=timed)
    if not timed and not fields.has("rounding") and rate.denominator != 1:
        zh = "分值比本行最小单位还细, 请改分值或写明 rounding"
        fields.note("points", zh, "finer than the bank's smallest unit: change it or state the rounding")
    return Rule(
        id=fields.identifier("id"),
        title=fields.title("title"),
        activity_types=fields.identifiers("activity_types"),
        capture_methods=fields.identifiers("capture_methods", CAPTURE_METHODS),
        per=per,
        rate=rate,
        step_minutes=step_minutes,
        rounding=rounding,
        cap=_cap(fields, points_scale, timed=timed, step_minutes=step_minutes),
        zero_when_evaluated=fields.titles("zero_when_evaluated"),
    )


def _check_session(fields: Fields) -> None:
    for name in ("per_count", "step_minutes"):
        if fields.has(name):
            fields.note(name, "按次 (session) 计分时不用写, 请删去", "not for a rate per session: remove it")


def _cap(fields: Fields, points_scale: int, *, timed: bool, step_minutes: int) -> Cap:
    if not fields.has("cap"):
        return Cap()
    cap = fields.inner("cap", ("per", "minutes", "points"))
    cap.choice("per", ("activity",), _LATER_ZH, _LATER_EN)
    minutes = cap.whole("minutes", 1, CAP_MINUTES_MAX) if cap.has("minutes") else None
    units = cap.amount("points") * 10**points_scale if cap.has("points") else None
    if cap.node.kind == "mapping" and minutes is None and units is None:
        cap.note("", "请写 minutes (分钟) 或 points (分)", "write minutes or points")
    if minutes is not None and not timed:
        cap.note("minutes", "按次 (session) 计分时只能限 points", "a rate per session can only be capped in points")
    if minutes is not None and minutes % step_minutes:
        zh = f"必须是 step_minutes ({step_minutes}) 的整数倍"
        cap.note("minutes", zh, f"must be a multiple of step_minutes ({step_minutes})")
    if units is not None and units.denominator != 1:
        cap.note("points", "分值比本行最小单位还细, 请改分值", "finer than the bank's smallest unit: change it")
    return Cap(minutes=minutes, points=int(units) if units is not None else None)


def _unheard(rulebook: Rulebook, nodes: tuple[Node, ...]) -> list[Finding]:
    zh = "前面的规则已包括这一条的全部情形, 它永远用不到; 请上移或删去"
    en = "earlier rules take every deed this one speaks of: move it up or remove it"
    unheard = set(rulebook.unheard_rules())
    return [
        Finding(line=node.line, field=f"rules[{index}]", zh=zh, en=en)
        for index, (rule, node) in enumerate(zip(rulebook.rules, nodes, strict=True))
        if rule in unheard
    ]
