"""Rulebooks that cannot be meant, and the field where each is refused."""

from tests.rules.factories import a_document

RULE = "points: 1, per: hour, rounding: floor"
T = "title: {zh: 名, en: name}"
COUNTER = f"counters: [{{id: c, {T}, deeds: [no_show], per: year"

RULES_REFUSED = [
    ("points: 0.5, per: session", "points"),
    ("points: -1, per: session", "points"),
    ("points: １, per: session", "points"),
    ("points: 1/0, per: session", "points"),
    ("points: 010, per: session", "points"),
    ("points: 1e3, per: session", "points"),
    ("points: yes, per: session", "points"),
    ("points: [1], per: session", "points"),
    ("points: ~, per: session", "points"),
    ("points: 99999999, per: session", "points"),
    ("points: 1/2, per: session", "points"),
    ("per: session", "points"),
    ("points: 1, per: hour", "rounding"),
    ("points: 1, per: hour, rounding: bankers", "rounding"),
    ("points: 1, per: session, per_count: 2", "accumulate"),
    ("points: 1, per: session, step_minutes: 15", "step_minutes"),
    ("points: 1, per: hour, rounding: floor, step_count: 2", "step_count"),
    ("points: 1, per: act, deeds: [good_deed], step_count: 2", "rounding"),
    ("points: 1, per: hour, rounding: floor, deeds: [good_deed]", "per"),
    ("points: 1, per: measure", "measure"),
    ("points: 1, per: session, measure: kg", "measure"),
    ("points: 1, per: session, points_step: 0", "points_step"),
    ("points: 1, per: session, points_step: 2", "rounding"),
    (f"{RULE}, per_count: 0", "per_count"),
    (f"{RULE}, step_minutes: '15'", "step_minutes"),
    (f"{RULE}, step_minutes: 1_0", "step_minutes"),
    (f"{RULE}, step_minutes: 1441", "step_minutes"),
    (f"{RULE}, caps: 120", "caps"),
    (f"{RULE}, caps: [{{per: activity}}]", "caps[0]"),
    (f"{RULE}, caps: [{{per: activity, minutes: 1, points: 1}}]", "caps[0]"),
    (f"{RULE}, caps: [{{per: fortnight, minutes: 60}}]", "caps[0].per"),
    (f"{RULE}, caps: [{{minutes: 60}}]", "caps[0].per"),
    (f"{RULE}, caps: [{{per: activity, minutes: 0}}]", "caps[0].minutes"),
    (f"{RULE}, caps: [{{per: activity, points: 0}}]", "caps[0].points"),
    (f"{RULE}, caps: [{{per: activity, points: 1/2}}]", "caps[0].points"),
    (f"{RULE}, caps: [{{per: activity, count: 2}}]", "caps[0].count"),
    (f"{RULE}, step_minutes: 60, caps: [{{per: activity, minutes: 90}}]", "caps[0].minutes"),
    ("points: 1, per: session, caps: [{per: activity, minutes: 60}]", "caps[0].minutes"),
    (f"{RULE}, threshold: {{per: day, counts: all}}", "threshold"),
    (f"{RULE}, threshold: {{per: day, count: 2, counts: all}}", "threshold.count"),
    (f"{RULE}, when: {{}}", "when"),
    (f"{RULE}, when: {{activity_types: []}}", "when.activity_types"),
    (f"{RULE}, when: {{activity_types: cleaning}}", "when.activity_types"),
    (f"{RULE}, when: {{activity_types: [清洁]}}", "when.activity_types[0]"),
    (f"{RULE}, when: {{activity_types: [no]}}", "when.activity_types[0]"),
    (f"{RULE}, when: {{activity_types: [a, a]}}", "when.activity_types"),
    (f"{RULE}, when: {{capture_methods: [guessed]}}", "when.capture_methods[0]"),
    (f"{RULE}, when: {{filed: 'true'}}", "when.filed"),
    (f"{RULE}, when: {{filed: yes}}", "when.filed"),
    (f"{RULE}, when: {{age: {{}}}}", "when.age"),
    (f"{RULE}, when: {{age: {{at_least: 9, at_most: 8}}}}", "when.age.at_most"),
    (f"{RULE}, when: {{time_of_day: {{begins: 22:00, ends: '06:00'}}}}", "when.time_of_day.begins"),
    (f"{RULE}, when: {{time_of_day: {{begins: '24:00', ends: '06:00'}}}}", "when.time_of_day.begins"),
    (f"{RULE}, when: {{season: {{first_day: 02-30, last_day: 03-01}}}}", "when.season.first_day"),
    (f"{RULE}, when: {{days: {{first_day: 2026-03-02, last_day: 2026-03-01}}}}", "when.days.last_day"),
    (f"{RULE}, when: {{measures: {{}}}}", "when.measures"),
    (f"{RULE}, when: {{measures: {{Kg: {{at_least: 1}}}}}}", "when.measures.Kg"),
    (f"{RULE}, voids: [{{title: {{zh: 投诉, en: complaint}}}}]", "voids[0].when"),
    (f"{RULE}, voids: [{{title: 投诉, when: {{filed: false}}}}]", "voids[0].title"),
    (f"{RULE}, credits: [{{to: person, share: 1/2}}]", "credits"),
    (f"{RULE}, credits: [{{to: person, share: 2}}]", "credits[0].share"),
    ("effect: penalty, points: 1, per: act, once: {per: year}", "effect"),
    (f"{RULE}, theme: t", "theme"),
    (f"{RULE}, coefficients: [c]", "coefficients"),
    (f"{RULE}, occurrence: {{counter: c, at_least: 1}}", "occurrence.counter"),
    (f"{RULE}, occurrence: {{counter: c, at_least: 2, at_most: 1}}", "occurrence.at_most"),
    (f"{RULE}, when: {{filed: true}}, unless: [{{filed: true}}]", "unless[0]"),
    (f"{RULE}, when: {{filed: true}}, voids: [{{{T}, when: {{filed: true}}}}]", "voids[0]"),
    (f"{RULE}, caps: [{{per: day, points: 9}}, {{per: month, points: 5}}]", "caps[0]"),
    (f"{RULE}, caps: [{{per: day, minutes: 50}}], threshold: {{per: day, minutes: 60, counts: all}}", "caps[0]"),
    (f"{RULE}, lapse: {{policy: never, grace_days: 3}}", "lapse.grace_days"),
    (f"{RULE}, points: 2", "points"),
    (f"{RULE}, formula: minutes * 2", "formula"),
]  # fmt: skip

POLICIES_REFUSED = [
    (f"themes: [{{id: t, {T}}}]", "themes[0]"),
    (f"{COUNTER}}}]", "counters[0]"),
    (f"{COUNTER}, raises: [{{flag: warning, {T}}}]}}]", "counters[0].raises[0]"),
    (f"{COUNTER}, raises: [{{at: 1, flag: warning, {T}, ends: days}}]}}]", "counters[0].raises[0].count"),
    (f"ladders: [{{id: l, {T}, levels: [{{{T}}}]}}]", "ladders[0].levels[0]"),
    (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, hours: 4}}]}}]", "ladders[0].levels[1]"),
    (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, hours: 5}}]}}]", "ladders[0].levels[1]"),
    (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}, {{{T}, points: 5}}]}}]", "ladders[0].levels[1]"),
    (f"targets: [{{id: t, {T}, owner: unit, per: year}}]", "targets[0]"),
    (f"targets: [{{id: t, {T}, owner: unit, per: year, rate: 2}}]", "targets[0].rate"),
    ("ceilings: [{account: person, points: 0, overflow: drop}]", "ceilings[0].points"),
    (
        "ceilings: [{account: person, points: 5, overflow: drop}, {account: person, points: 6, overflow: drop}]",
        "ceilings[1].account",
    ),
    ("ceilings: [{account: person, points: 5, overflow: drop}]\nredemption: {balance_at_least: 6}", "redemption"),
    ("ceilings: [{account: person, points: 5, overflow: drop}]\nredemption: {base_points: 5}", "redemption"),
    (f"accounts: [{{account: person, {T}, pools: true}}]", "accounts[0].pools"),
    ("redemption: {windows: [{}]}", "redemption.windows[0]"),
    ("redemption: {limits: [{per: month}]}", "redemption.limits[0]"),
    ("redemption: {refundable: false, refund_within_days: 3}", "redemption.refund_within_days"),
    ("caps: [{per: day, count: 3}]", "caps[0].count"),
    ("caps: [{per: month, points: 9}, {per: month, points: 5}]", "caps[0]"),
    ("locked: [weather]", "locked[0]"),
    ("locked: [rules.r7]", "locked[0]"),
    ("effective_to: 2025-12-31", "effective_to"),
    ("year_begins: 13", "year_begins"),
    ("terms: {a: b}", "terms.a"),
    (f"exclusions: [{{{T}, when: {{filed: true}}, bars: [life]}}]", "exclusions[0].bars[0]"),
]  # fmt: skip

WEEK = "weekdays: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]"
TABLE = f"coefficients: [{{id: t, {T}, levels: "
BY_TABLE = f"{RULE}, coefficients: [t]"
LEVEL = f"{{factor: 2, {T}, when: "
RUN = f"counters: [{{id: c, {T}, deeds: [service], consecutive: true"
REFERRAL = "deeds: [good_deed], points: 1, per: act"

CONTRADICTIONS = [
    # Rules that nothing reaches.
    ([RULE, RULE], "", "rules[1]"),
    ([f"when: {{weekdays: [monday]}}, {RULE}", f"when: {{weekdays: [monday], filed: true}}, {RULE}"], "", "rules[1]"),
    (
        [f"when: {{weekdays: [saturday, sunday]}}, {RULE}",
         f"when: {{weekdays: [monday, tuesday, wednesday, thursday, friday]}}, {RULE}", RULE],
        "", "rules[2]",
    ),
    (
        [f"when: {{minutes: {{at_most: 59}}}}, {RULE}", f"when: {{minutes: {{at_least: 60}}}}, {RULE}", RULE],
        "", "rules[2]",
    ),
    (
        [f"when: {{minutes: {{at_most: 90}}}}, {RULE}", f"when: {{minutes: {{at_least: 60, at_most: 90}}}}, {RULE}"],
        "", "rules[1]",
    ),
    # Conditions that never hold.
    ([f"when: {{minutes: {{at_least: 1441}}}}, {RULE}"], "", "rules[0].when.minutes"),
    ([f"when: {{minutes: {{at_most: 0}}}}, {RULE}"], "", "rules[0].when.minutes"),
    ([f"when: {{counts: {{at_least: 2}}}}, {RULE}"], "", "rules[0].when.counts"),
    ([f"when: {{minutes: {{at_least: 1}}}}, {REFERRAL}"], "", "rules[0].when.minutes"),
    ([f"when: {{capture_methods: [roster]}}, {REFERRAL}"], "", "rules[0].when.capture_methods"),
    (
        [(f"when: {{days: {{first_day: 2026-05-01, last_day: 2026-05-03}}, "
         f"season: {{first_day: 06-01, last_day: 08-31}}}}, {RULE}")],
        "", "rules[0].when.season",
    ),
    (
        [f"when: {{days: {{first_day: 2026-05-04, last_day: 2026-05-06}}, weekdays: [sunday]}}, {RULE}"],
        "", "rules[0].when.weekdays",
    ),
    ([f"when: {{time_of_day: {{begins: '08:00', ends: '08:00'}}}}, {RULE}"], "", "rules[0].when.time_of_day.ends"),
    ([f"when: {{days: {{first_day: 2025-01-01, last_day: 2025-12-31}}}}, {RULE}"], "", "rules[0].when.days"),
    (
        [f"when: {{days: {{first_day: 2027-02-01, last_day: 2027-02-02}}}}, {RULE}"],
        "effective_to: 2027-01-31", "rules[0].when.days",
    ),
    ([RULE], (f"exclusions: [{{{T}, when: {{filed: true}}, bars: [awards], "
             "days: {first_day: 2020-01-01, last_day: 2020-12-31}}]"), "exclusions[0].days"),
    # Exceptions that take everything, or nothing.
    ([f"unless: [{{{WEEK}}}], {RULE}"], "", "rules[0].unless[0]"),
    (
        [(f"unless: [{{capture_methods: [clocked, roster]}}, {{capture_methods: [backfilled, declared, imported]}}], "
         f"{RULE}")], "", "rules[0].unless",
    ),
    (
        [(f"when: {{weekdays: [monday, sunday]}}, {RULE}, "
         f"voids: [{{{T}, when: {{weekdays: [monday]}}}}, {{{T}, when: {{weekdays: [sunday]}}}}]")],
        "", "rules[0].voids",
    ),
    ([f"when: {{filed: true}}, unless: [{{filed: false}}], {RULE}"], "", "rules[0].unless[0]"),
    (
        [f"when: {{age: {{at_least: 60}}}}, {RULE}, voids: [{{{T}, when: {{age: {{at_most: 17}}}}}}]"],
        "", "rules[0].voids[0]",
    ),
    (
        [(f"when: {{season: {{first_day: 06-01, last_day: 08-31}}}}, {RULE}, "
         f"voids: [{{{T}, when: {{season: {{first_day: 12-01, last_day: 02-28}}}}}}]")],
        "", "rules[0].voids[0]",
    ),
    ([f"when: {{evaluations: [bad]}}, {RULE}"], f"voids: [{{{T}, when: {{evaluations: [bad, poor]}}}}]", "rules[0]"),
    (
        [f"when: {{persons: ['1']}}, {RULE}"],
        f"exclusions: [{{{T}, when: {{persons: ['1', '2']}}, bars: [awards]}}]", "rules[0]",
    ),
    # Caps, thresholds and rates.
    ([f"{RULE}, caps: [{{per: deed, minutes: 1440}}]"], "", "rules[0].caps[0]"),
    ([f"{RULE}, caps: [{{per: day, minutes: 1500}}]"], "", "rules[0].caps[0]"),
    ([f"{RULE}, caps: [{{per: deed, points: 24}}]"], "", "rules[0].caps[0]"),
    ([f"{RULE}, caps: [{{per: deed, deeds: 1}}]"], "", "rules[0].caps[0]"),
    (["points: 1, per: session, caps: [{per: deed, count: 1}]"], "", "rules[0].caps[0]"),
    ([f"{RULE}, caps: [{{per: day, points: 9}}]"], "caps: [{per: day, points: 5}]", "rules[0].caps[0]"),
    (
        [f"{RULE}, theme: t, caps: [{{per: month, points: 9}}]"],
        f"themes: [{{id: t, {T}, caps: [{{per: month, points: 8}}]}}]", "rules[0].caps[0]",
    ),
    ([f"{RULE}, threshold: {{per: day, minutes: 1441, counts: all}}"], "", "rules[0].threshold"),
    ([f"{RULE}, threshold: {{per: deed, minutes: 1440, counts: beyond}}"], "", "rules[0].threshold"),
    (["points: 1, per: session, threshold: {per: deed, count: 2, counts: all}"], "", "rules[0].threshold"),
    (["points: 1/30, per: hour, rounding: floor"], "", "rules[0].points"),
    ([f"{RULE}, points_step: 25"], "", "rules[0].points"),
    ([f"{RULE}, once: {{per: lifetime, each_key: true}}"], "", "rules[0].once.each_key"),
    # Coefficients.
    ([BY_TABLE], f"{TABLE}[{LEVEL}{{tags: [a, b]}}}}, {LEVEL}{{tags: [b]}}}}]}}]", "coefficients[0].levels[1]"),
    (
        [BY_TABLE],
        (f"{TABLE}[{LEVEL}{{minutes: {{at_most: 59}}}}}}, {LEVEL}{{minutes: {{at_least: 60}}}}}}, "
        f"{{factor: 3, {T}}}]}}]"), "coefficients[0].levels[2]",
    ),
    (
        [f"when: {{activity_classes: [a]}}, {BY_TABLE}"],
        f"{TABLE}[{LEVEL}{{activity_classes: [b]}}}}]}}]", "coefficients[0].levels[0]",
    ),
    ([BY_TABLE], f"{TABLE}[{{factor: 1, {T}}}]}}]", "coefficients[0]"),
    # Counters.
    (
        [RULE], f"{COUNTER}, raises: [{{at_points: 5, flag: warning, {T}}}]}}]",
        "counters[0].raises[0].at_points",
    ),
    ([f"{RULE}, occurrence: {{counter: c, at_least: 1}}"], f"{COUNTER}}}]", "rules[0].occurrence"),
    (
        [f"when: {{filed: true}}, {RULE}, occurrence: {{counter: c, at_least: 1}}"],
        f"counters: [{{id: c, {T}, deeds: [service], when: {{filed: false}}, per: year}}]", "rules[0].occurrence",
    ),
    (
        [RULE], (f"counters: [{{id: c, {T}, deeds: [service], per: day, once_a_day: true, "
        f"raises: [{{at: 2, flag: review, {T}}}]}}]"), "counters[0].once_a_day",
    ),
    (
        [RULE, "effect: penalty, points: 1, per: act"],
        (f"counters: [{{id: c, {T}, deeds: [penalty], per: year, once_a_day: true, "
        f"raises: [{{at_points: 2, flag: review, {T}}}]}}]"), "counters[0].once_a_day",
    ),
    ([RULE], f"{RUN}, per: year, raises: [{{at: 7, flag: reward, {T}}}]}}]", "counters[0].per"),
    ([RULE], f"{RUN}, per: lifetime, raises: [{{at: 367, flag: reward, {T}}}]}}]", "counters[0].raises"),
    ([f"{RULE}, occurrence: {{counter: c, at_least: 367}}"], f"{RUN}, per: lifetime}}]", "rules[0].occurrence"),
    # Accounts.
    (
        [f"{RULE}, credits: [{{to: group}}]"],
        f"accounts: [{{account: group, {T}, spends: nobody}}]", "rules[0].credits[0]",
    ),
    ([RULE], f"accounts: [{{account: group, {T}, spends: nobody, pools: true}}]", "accounts[0].pools"),
    ([RULE], "ceilings: [{account: household, points: 5, overflow: drop}]", "ceilings[0]"),
    # The desk.
    ([RULE], "redemption: {windows: [{months: [2], month_days: [30]}]}", "redemption.windows[0]"),
    ([RULE], "redemption: {windows: [{months: [4, 6], month_days: [31]}]}", "redemption.windows[0]"),
    ([RULE], "redemption: {windows: [{months: [2], month_days: [15, 30]}]}", "redemption.windows[0].month_days"),
    (
        [RULE], "redemption: {windows: [{months: [1], season: {first_day: 06-01, last_day: 08-31}}]}",
        "redemption.windows[0]",
    ),
    (
        [RULE], "redemption: {windows: [{weekdays: [sunday], days: {first_day: 2026-05-04, last_day: 2026-05-06}}]}",
        "redemption.windows[0]",
    ),
    (
        [RULE], "redemption: {windows: [{days: {first_day: 2025-05-04, last_day: 2025-05-06}}]}",
        "redemption.windows[0].days",
    ),
    ([RULE], "redemption: {cost_at_least: 9, limits: [{per: month, points: 8}]}", "redemption.limits[0]"),
    (
        [RULE], "redemption: {limits: [{per: month, items: 5}, {per: year, items: 5}]}", "redemption.limits[0]",
    ),
    (
        [RULE], "redemption: {limits: [{per: month, classes: [a], items: 5}, {per: month, classes: [a, b], items: 4}]}",
        "redemption.limits[0]",
    ),
    ([RULE], "redemption: {allowed: false, cost_at_least: 9}", "redemption.cost_at_least"),
    (
        [RULE], f"redemption: {{beneficiaries: [{{relation: child, {T}}}, {{relation: child, {T}}}]}}",
        "redemption.beneficiaries[1].relation",
    ),
    (
        [RULE], (f"ceilings: [{{account: person, points: 50, overflow: drop}}]\n"
        f"redemption: {{tiers: [{{{T}, classes: [a], balance_points: 51}}]}}"),
        "redemption.tiers[0].balance_points",
    ),
    ([RULE], "redemption: {star_level_at_least: 6}", "redemption.star_level_at_least"),
    (
        [RULE], (f"ladders: [{{id: l, {T}, levels: [{{{T}, hours: 5}}]}}]\n"
        f"redemption: {{privileges: [{{id: p, {T}, star_level: 2}}]}}"), "redemption.privileges[0].star_level",
    ),
    # Ladders, targets, lapse, posting.
    ([RULE], f"ladders: [{{id: l, {T}, over: year, levels: [{{{T}, hours: 8785}}]}}]", "ladders[0].levels[0].hours"),
    ([RULE], f"targets: [{{id: t, {T}, owner: person, per: week, hours: 169}}]", "targets[0].hours"),
    (
        [RULE], (f"caps: [{{per: month, points: 10}}]\n"
        f"targets: [{{id: t, {T}, owner: person, per: month, points: 11}}]"), "targets[0].points",
    ),
    ([f"{RULE}, lapse: {{policy: after_days, count: 7, warn_days: [30]}}"], "", "rules[0].lapse.warn_days"),
    ([f"{RULE}, lapse: {{policy: end_of_month, warn_days: [32]}}"], "", "rules[0].lapse.warn_days"),
]  # fmt: skip

HEADS_REFUSED = [
    ("{policy: at_once}", "{policy: at_once, notice_days: 3}", "posting.policy"),
    ("{policy: at_once}", "{policy: at_once, reviews: 1}", "posting.policy"),
    ("{policy: at_once}", "{policy: at_once, review_within_days: 3}", "posting.review_within_days"),
    (
        "{policy: at_once}",
        (
            "{policy: at_once, exceptions: [{policy: one_review, when: {tags: [a]}}, "
            "{policy: two_reviews, when: {tags: [a]}}]}"
        ),
        "posting.exceptions[1]",
    ),
    ("code: test", "code: Test", "code"),
    ("code: test", "code: ｔｅｓｔ", "code"),
    ("version: 1", "version: 0", "version"),
    ("version: 1", "version: 1.0", "version"),
    ("version: 1", "version: true", "version"),
    ("title: {zh: 测试, en: Test}", "title: 测试", "title"),
    ("zh: 测试", "zh: ''", "title.zh"),
    ("zh: 测试", "zh: 1", "title.zh"),
    ("en: Test", r'en: "a\nb"', "title.en"),
    ("en: Test", f"en: {'x' * 301}", "title.en"),
    ("2026-01-01", "2026-13-01", "effective_from"),
    ("2026-01-01", "2026-1-1", "effective_from"),
    ("2026-01-01", "２０２６-01-01", "effective_from"),
    ("2026-01-01", "soon", "effective_from"),
    ("{policy: never}", "never", "lapse"),
    ("{policy: never}", "{policy: never, periods_after: 1}", "lapse.periods_after"),
    ("{policy: never}", "{policy: after_days}", "lapse.count"),
    ("{policy: never}", "{policy: end_of_year, count: 1}", "lapse.count"),
    ("{policy: never}", "{policy: end_of_year, renews_on_award: true}", "lapse.renews_on_award"),
    ("{policy: never}", "{policy: end_of_year, carry_over_share: 2}", "lapse.carry_over_share"),
    (
        "{policy: never}",
        "{policy: end_of_year, carry_over_share: 1/2, carry_over_points: 1}",
        "lapse.carry_over_share",
    ),
    ("{policy: at_once}", "{policy: notice}", "posting.notice_days"),
    ("{policy: at_once}", "{policy: two_reviews, reviews: 1}", "posting.reviews"),
    ("{policy: at_once}", "{policy: at_once, exceptions: [{policy: one_review}]}", "posting.exceptions[0].when"),
]


def refused_documents() -> list[str]:
    """All of them as whole texts."""
    documents = [a_document(rule) for rule, _ in RULES_REFUSED]
    documents += [a_document(*rules, more=more + "\n") for rules, more, _ in CONTRADICTIONS]
    documents += [a_document(RULE, more=more + "\n") for more, _ in POLICIES_REFUSED]
    return documents + [a_document(RULE).replace(old, new, 1) for old, new, _ in HEADS_REFUSED]
