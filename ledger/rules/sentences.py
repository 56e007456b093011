"""A rulebook as plain sentences, from the same data that `assess` reads: fit to be read aloud and put on the wall."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.rules.phrases import ROUNDINGS_EN, ROUNDINGS_ZH, Phrases, days_counted
from ledger.rules.policies import policy_sentences
from ledger.rules.rule import CoefficientTable, Rule, Threshold
from ledger.rules.rulebook import Rulebook
from ledger.rules.wording import ratio_text

BASES_ZH = {
    "hour": "小时", "half_hour": "半小时", "minute": "分钟", "session": "次", "act": "次", "month": "个月",
    "fixed": "次",
}  # fmt: skip
BASES_EN = {
    "hour": "hour", "half_hour": "half-hour", "minute": "minute", "session": "session", "act": "act",
    "month": "month in post", "fixed": "time",
}  # fmt: skip
STACKINGS_ZH = {"product": "相乘", "sum": "加成相加", "max": "取最高", "first": "取第一个"}
STACKINGS_EN = {
    "product": "multiplied together",
    "sum": "their extras added up",
    "max": "the highest counts",
    "first": "the first counts",
}


def sentences(rulebook: Rulebook, language: str) -> tuple[str, ...]:
    """The whole rulebook, one sentence each; `language` is "zh" or "en"."""
    words = Phrases(rulebook, language)
    return tuple(
        sentence
        for part in (
            _head(rulebook, words),
            (_rule(rule, words) for rule in rulebook.rules),
            (_table(table, words) for table in rulebook.coefficients),
            _whole(rulebook, words),
            policy_sentences(rulebook, words),
        )
        for sentence in part
    )


def _end(words: Phrases, parts: list[str]) -> str:
    return words.pick("，".join(parts) + "。", "; ".join(parts) + ".")


def _head(book: Rulebook, words: Phrases) -> Iterator[str]:
    first, last = book.effective_from.isoformat(), book.effective_to
    until = words.pick(f"，至 {last} 止", f" to {last}") if last else ""
    yield words.pick(
        f"《{book.title.zh}》第 {book.version} 版，自 {first} 起施行{until}。",
        f"{book.title.en}, version {book.version}, in force from {first}{until}.",
    )
    if book.inherits is not None:
        yield words.pick(
            f"承接 {book.inherits.code} 第 {book.inherits.version} 版。",
            f"Builds on {book.inherits.code}, version {book.inherits.version}.",
        )
    if book.locked:
        what = "、".join(book.locked) if words.zh else ", ".join(book.locked)
        yield words.pick(f"下级不得改动: {what}。", f"Those below may not change: {what}.")
    if book.year_begins != 1:
        yield words.pick(f"年度自 {book.year_begins} 月开始。", f"A year begins with month {book.year_begins}.")
    for text in book.source:
        yield words.pick(f"依据: {text.zh}。", f"Source: {text.en}.")
    for text in book.assumptions:
        yield words.pick(f"假定: {text.zh}。", f"Assumed: {text.en}.")


def _rule(rule: Rule, words: Phrases) -> str:
    title = words.of(rule.title)
    kinds = words.names(rule.deed_kinds)
    parts = [words.pick(f"【{title}】{kinds}", f"[{title}] {kinds}")]
    if rule.when is not None:
        parts.append(words.condition(rule.when))
    parts += [words.pick(f"但{words.condition(c)}的除外", f"but not if {words.condition(c)}") for c in rule.unless]
    if rule.occurrence is not None:
        parts.append(_occurrence(rule, words))
    parts.append(_rate(rule, words))
    if rule.threshold is not None:
        parts.append(_threshold(rule.threshold, rule, words))
    parts += [words.cap(cap, rule.measure) for cap in rule.caps]
    if rule.theme is not None:
        theme = next(theme for theme in words.book.themes if theme.id == rule.theme)
        parts.append(words.pick(f"归入“{theme.title.zh}”", f"counted under {theme.title.en}"))
    if rule.coefficients:
        tables = [table for name in rule.coefficients for table in words.book.coefficients if table.id == name]
        names = words.pick("、", ", ").join(words.of(table.title) for table in tables)
        stacked = (STACKINGS_ZH if words.zh else STACKINGS_EN)[rule.stacking] if len(tables) > 1 else ""
        parts.append(words.pick(f"乘以系数({names}){stacked}", f"times the multiplier ({names}) {stacked}".strip()))
    if rule.once is not None:
        each = words.pick("每个对象", "for each subject ") if rule.once.each_key else ""
        by = words.name(rule.once.by)
        once = words.pick(f"{each}对{by}{words.period(rule.once.per)}只计一次", "")
        parts.append(once or f"given once {each}{words.period(rule.once.per)} for {by}")
    parts += [words.pick(f"{words.of(v.title)}的不计", f"nothing if {words.of(v.title)}") for v in rule.voids]
    for credit in rule.credits:
        share = "" if credit.share == 1 else f" {ratio_text(credit.share * 100)}%"
        to, use = words.name(credit.to), words.name(credit.use)
        parts.append(words.pick(f"{share}记入{to}账户({use})", f"{share} credited to the {to} account ({use})".strip()))
    if rule.lapse is not None:
        parts.append(words.pick("另有有效期: ", "its own lapse: ") + words.lapse(rule.lapse))
    return _end(words, parts)


def _occurrence(rule: Rule, words: Phrases) -> str:
    occurrence = rule.occurrence
    if occurrence is None:
        return ""
    counter = next(c for c in words.book.counters if c.id == occurrence.counter)
    first, last = occurrence.at_least, occurrence.at_most
    zh = f"第 {first} 次" if first == last else f"第 {first} 次起" + (f"至第 {last} 次" if last else "")
    en = f"number {first}" if first == last else f"from number {first}" + (f" to {last}" if last else " on")
    title = words.of(counter.title)
    zh, en = zh + days_counted(counter, "zh"), en + days_counted(counter, "en")
    return words.pick(f"{words.period(counter.per)}“{title}”的{zh}", f"{en} of {title} {words.period(counter.per)}")


def _rate(rule: Rule, words: Phrases) -> str:
    number = words.rate(rule.points)
    if not rule.points:
        return words.pick("不计分", "no points")
    base = _base(rule, words)
    verb = ("扣" if words.zh else "takes") if rule.effect == "penalty" else ("另加" if words.zh else "adds")
    if rule.effect == "award" and not rule.adds:
        verb = words.pick("计", "gives")
    parts = [
        words.pick(
            f"每{'' if base[0].isalpha() else ' '}{base}{verb} {number} 分",
            f"each {base} {verb} {number} point{'' if number == '1' else 's'}",
        )
    ]
    if rule.step > 1:
        unit = words.minutes(rule.step) if rule.timed else f"{rule.step}"
        parts.append(words.pick(f"以 {unit}为单位", f"in steps of {unit}"))
    if rule.points_step is not None:
        parts.append(words.pick(f"分值取整到 {words.points(rule.points_step)}", f"to {words.points(rule.points_step)}"))
    if rule.rounding is not None:
        parts.append((ROUNDINGS_ZH if words.zh else ROUNDINGS_EN)[rule.rounding])
    if rule.accumulate != "deed":
        parts.append(
            words.pick(f"零头{words.period(rule.accumulate)}累计", f"remainders add up {words.period(rule.accumulate)}")
        )
    return words.pick("，", ", ").join(parts)


def _base(rule: Rule, words: Phrases) -> str:
    count = rule.per_count
    if rule.per == "measure":
        name = words.name(rule.measure or "")
        return words.pick(f"{count} {name}" if count > 1 else name, f"{count} {name}" if count > 1 else name)
    if rule.per in ("value", "balance"):
        zh = "所载 1 分" if rule.per == "value" else "余额 1 分"
        return words.pick(zh, "point stated" if rule.per == "value" else "point of the balance")
    base = (BASES_ZH if words.zh else BASES_EN)[rule.per]
    if count == 1:
        return base
    return words.pick(f"{count} {base}", f"{count} {base}s")


def _threshold(threshold: Threshold, rule: Rule, words: Phrases) -> str:
    least = words.minutes(threshold.least) if rule.timed else str(threshold.least)
    per = words.period(threshold.per)
    if threshold.counts == "all":
        return words.pick(f"{per}满 {least} 才计, 满后全部计入", f"nothing counts below {least} {per}, then all of it")
    return words.pick(f"{per}最初 {least} 不计", f"the first {least} {per} do not count")


def _table(table: CoefficientTable, words: Phrases) -> str:
    levels = []
    for level in table.levels:
        when = f" ({words.condition(level.when)})" if level.when else ""
        levels.append(f"{words.of(level.title)}{when} × {ratio_text(level.factor)}")
    joined = words.pick("；", "; ").join(levels)
    return words.pick(
        f"系数“{table.title.zh}”: {joined}；其余 × 1。", f"Multiplier {table.title.en}: {joined}; else × 1."
    )


def _whole(book: Rulebook, words: Phrases) -> Iterator[str]:
    for theme in book.themes:
        caps = words.pick("，", ", ").join(words.cap(cap) for cap in theme.caps)
        if caps:
            yield words.pick(f"“{theme.title.zh}”合计{caps}。", f"{theme.title.en}, all together: {caps}.")
    if book.caps:
        caps = words.pick("，", ", ").join(words.cap(cap) for cap in book.caps)
        yield words.pick(f"全部规则合计{caps}。", f"All rules together: {caps}.")
    for void in book.voids:
        yield words.pick(f"{void.title.zh}的, 一律不计。", f"No deed counts if {void.title.en}.")
    for excluded in book.exclusions:
        span = f" {words.fact_value(excluded.days)}" if excluded.days else ""
        bars, when = words.names(excluded.bars), words.condition(excluded.when)
        yield words.pick(
            f"{when}的{span}不得{bars}: {excluded.title.zh}。", f"If {when}{span}: no {bars} ({excluded.title.en})."
        )
    for ceiling in book.ceilings:
        to = words.name(ceiling.account)
        most = words.points(ceiling.points)
        over_zh = {"drop": "超出不计", "honour": "超出部分计为荣誉积分", "donate_only": "超出部分只能捐赠"}
        over_en = {"drop": "lost", "honour": "kept as honour", "donate_only": "kept for donation only"}
        yield words.pick(
            f"{to}账户余额最多 {most}, {over_zh[ceiling.overflow]}。",
            f"The {to} account holds at most {most}; what is over is {over_en[ceiling.overflow]}.",
        )
    for account in book.accounts:
        pools = words.pick("，成员积分汇入", "; members' points go into it") if account.pools else ""
        many = account.members_at_most
        members = words.pick(f"，成员最多 {many} 人", f"; at most {many} members") if many else ""
        spends = words.name(account.spends)
        yield words.pick(
            f"{account.title.zh}: {spends}可动用{pools}{members}。".replace("不可动用可动用", "不可动用"),
            f"{account.title.en}: {spends} may spend from it{pools}{members}.",
        )
    if any(rule.effect == "penalty" for rule in book.rules):
        yield words.pick(
            "余额不够扣的, 记为欠分, 以后得分先还。" if book.penalties == "debt" else "余额不够扣的, 扣完为止。",
            "What a penalty takes beyond the balance becomes a debt that later points pay first."
            if book.penalties == "debt"
            else "A penalty takes no more than the balance holds.",
        )
