"""What a roster of service records (名册) may tell, under the names people give its columns, and how a row is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ledger.people import import_reports
from ledger.rules import CAPTURE_METHODS
from ledger.tables import CellInvalid, Column, Fault, Manners, Row, Value, cells, spans
from ledger.tables.columns import folded

EXAMPLE = "【示例】"
"""How the example row of the template begins."""
UNSAID = (import_reports.WRONG, "备注", "说明", "序号", "remark", "remarks", "note", "notes", "no.")
"""Columns that are for whoever keeps the file: what stands in them is not read, and nobody misses it."""
MANNERS = Manners(
    anchors=frozenset({"volunteer_no", "name"}),
    reads_formulas=True,
    fills_merged=True,
    asides=re.compile(
        rf"{re.escape(EXAMPLE)}|合计|总计|小计|共计|备注|说明|填表|制表|填报|审核|负责人签|签字|注[::]|total\b",
        re.IGNORECASE,
    ),
    unsaid=frozenset(folded(title) for title in UNSAID),
)

METHODS = {
    "clocked": ("签到签退", "签到", "扫码", "打卡"),
    "roster": ("名册", "登记", "花名册", "名册登记"),
    "backfilled": ("补录", "补登"),
    "declared": ("申报", "本人申报", "自行申报"),
    "imported": ("导入", "历史导入"),
}
"""How a record came about, as rosters write it; what it is called in the bank does, too."""
_METHOD_OF = {folded(said): method for method in CAPTURE_METHODS for said in (method, *METHODS[method])}
EVALUATIONS = {
    "ok": ("合格", "正常", "满意", "好", "良好", "优秀", "按约定", "ok"),
    "complaint": ("投诉", "被投诉", "有投诉"),
    "not_as_agreed": ("未按约定服务", "未按约定", "不符约定", "不符"),
}
"""Codes that the bundled rulebooks know, as people write them."""
_EVALUATION_OF = {folded(said): code for code, all_of in EVALUATIONS.items() for said in (code, *all_of)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one row says, before anybody is looked up. `minutes` is None where it says none."""

    row: Row
    volunteer_no: str | None
    name: str | None
    tail: str | None
    """The last digits of the volunteer's telephone, or of their number."""
    activity_id: UUID | None
    activity_title: str | None
    served_on: date | None
    minutes: int | None
    capture_method: str | None
    evaluation: str | None


def tail(value: Value) -> str:
    """The last four digits of what was written. Refuses digits_lost, not_one_of."""
    written = re.sub(r"[\s*xX-]", "", cells.code(value))
    if not written.isascii() or not written.isdigit() or len(written) < 4:
        raise CellInvalid("not_one_of", choices="四位尾号 / the last four digits")
    return written[-4:]


def activity(value: Value) -> UUID | str:
    """An activity's id, or its title as it was written."""
    written = cells.text(value, most=200)
    try:
        return UUID(written)
    except ValueError:
        return written


def capture_method(value: Value) -> str:
    """Refuses not_one_of."""
    return _said(value, _METHOD_OF, "、".join(said[0] for said in METHODS.values()))


def evaluation(value: Value) -> str:
    """The code of a usual evaluation; any other word as it was written."""
    written = cells.text(value)
    return _EVALUATION_OF.get(folded(written), written)


def _said(value: Value, known: Mapping[str, str], choices: str) -> str:
    code = known.get(folded(cells.text(value)))
    if code is None:
        raise CellInvalid("not_one_of", choices=choices)
    return code


def _volunteer_no(value: Value) -> str:
    return re.sub(r"[\s-]", "", cells.code(value, most=40))


COLUMNS = (
    Column(
        key="volunteer_no",
        names=(
            "志愿者编号",
            "编号",
            "志愿者号",
            "志愿者号码",
            "会员编号",
            "volunteerno",
            "volunteernumber",
            "volunteer_no",
        ),
        read=_volunteer_no,
    ),
    Column(
        key="name",
        names=("姓名", "志愿者", "志愿者姓名", "名字", "参加人", "参加人员", "人员", "name", "volunteer"),
        read=cells.name,
    ),
    Column(
        key="tail",
        names=(
            *("尾号", "手机尾号", "手机号尾号", "手机后四位", "手机号后四位", "电话尾号", "手机号", "手机", "手机号码"),
            *("电话", "联系电话", "联系方式", "编号尾号", "编号后四位", "phone", "phonetail", "tail", "mobile"),
        ),
        read=tail,
    ),
    Column(
        key="activity",
        names=(*("活动", "活动名称", "活动标题", "服务项目", "项目", "项目名称", "服务活动", "activity", "title"),),
        read=activity,
    ),
    Column(key="activity_id", names=("活动编号", "活动ID", "activityid", "activity_id"), read=activity),
    Column(
        key="served_on",
        names=("日期", "服务日期", "活动日期", "服务日", "date", "servedon", "served_on", "day"),
        read=cells.day,
    ),
    Column(
        key="minutes",
        names=(
            *("分钟", "分钟数", "时长分钟", "服务分钟", "服务分钟数", "服务时长分钟", "时长分", "minutes", "mins"),
            *("时长min", "服务时间分钟"),
        ),
        read=spans.minutes,
    ),
    Column(
        key="hours",
        names=(
            *("小时", "小时数", "时长小时", "服务小时", "服务小时数", "服务时长小时", "时数", "工时", "hours", "时长h"),
            *("服务时间小时",),
        ),
        read=spans.hours,
    ),
    Column(key="duration", names=("时长", "服务时长", "志愿服务时长", "duration"), read=spans.duration),
    Column(
        key="starts",
        names=("开始时间", "签到时间", "起始时间", "开始", "签到", "到岗时间", "start", "starttime", "checkin", "from"),
        read=spans.clock,
    ),
    Column(
        key="ends",
        names=("结束时间", "签退时间", "终止时间", "结束", "签退", "离岗时间", "end", "endtime", "checkout", "to"),
        read=spans.clock,
    ),
    Column(
        key="times", names=("服务时间", "活动时间", "起止时间", "时间段", "时间", "time", "times"), read=spans.from_to
    ),
    Column(
        key="capture_method",
        names=("记录方式", "登记方式", "采集方式", "签到方式", "capturemethod", "capture_method"),
        read=capture_method,
    ),
    Column(key="evaluation", names=("评价", "服务评价", "评价结果", "evaluation", "rating"), read=evaluation),
)


def told(row: Row) -> tuple[Told, list[Fault]]:
    """What a row says, and what is wrong about it by itself."""
    values = row.values
    found, faults = _minutes(row)
    of = values.get("activity_id", values.get("activity"))
    if "volunteer_no" not in values and "name" not in values:
        faults.append(fault(row, columns_of(row, "name", "volunteer_no"), "nobody_named"))
    return (
        Told(
            row=row,
            volunteer_no=values.get("volunteer_no"),
            name=values.get("name"),
            tail=values.get("tail"),
            activity_id=of if isinstance(of, UUID) else None,
            activity_title=of if isinstance(of, str) else None,
            served_on=values.get("served_on"),
            minutes=found,
            capture_method=values.get("capture_method"),
            evaluation=values.get("evaluation"),
        ),
        faults,
    )


def _minutes(row: Row) -> tuple[int | None, list[Fault]]:
    """Minutes, however the row tells them; told twice they must agree."""
    values = row.values
    faults: list[Fault] = []
    lengths: dict[str, int] = {key: values[key] for key in ("minutes", "hours", "duration") if key in values}
    times: dict[str, tuple[int, int]] = {}
    if "times" in values:
        times["times"] = values["times"]
    if "starts" in values and "ends" in values:
        times["ends"] = values["starts"], values["ends"]
    elif "starts" in values or "ends" in values:
        faults.append(fault(row, "ends" if "starts" in values else "starts", "time_missing"))
    for key, (starts, ends) in times.items():
        if ends <= starts:
            faults.append(fault(row, key, "ends_before_start"))
        else:
            lengths[key] = ends - starts
    if len(set(lengths.values())) > 1:
        faults.append(fault(row, next(iter(lengths)), "minutes_disagree"))
    if not lengths and not faults:
        where = next((key for key in ("minutes", "hours", "duration", "times") if key in row.columns), None)
        faults.append(fault(row, where, "minutes_missing"))
    return (next(iter(lengths.values())) if lengths and not faults else None), faults


SENTENCES: dict[str, tuple[str, str]] = {
    "nobody_named": ("没有写志愿者编号或姓名", "neither a volunteer number nor a name"),
    "time_missing": ("开始和结束时间要成对填写", "a start needs an end, and an end a start"),
    "ends_before_start": (
        "结束时间不晚于开始时间; 跨午夜的服务请按日期分成两行",
        "it ends before it starts; what goes past midnight is two rows, one a day",
    ),
    "minutes_disagree": ("时长与起止时间不一致", "the duration and the times do not agree"),
    "minutes_missing": ("没有写时长", "no duration is given"),
    "number_wrong": ("志愿者编号不正确, 请核对", "this is no volunteer number: a digit may be wrong"),
    "volunteer_unknown": ("没有这个编号的志愿者", "no volunteer has this number"),
    "name_unknown": (
        "您管理的组织中没有叫这个名字的志愿者; 外来志愿者请填编号",
        "nobody of this name is registered where you may look; give the number of a volunteer from elsewhere",
    ),
    "name_disagrees": ("编号与姓名不是同一人", "the number and the name are not the same person's"),
    "tail_disagrees": ("尾号与该志愿者不符", "the tail is not that volunteer's"),
    "activity_missing": ("没有写活动", "no activity is given"),
    "activity_unknown": ("没有这个活动", "there is no such activity"),
    "activity_other_day": (
        "这个活动不在这一天举办, 在 {days}; 请核对日期, 或填写活动编号",
        "the activity of this title was held on {days}, not on this day: check the day, or give the activity's id",
    ),
    "day_missing": ("没有写日期", "no day is given"),
    "evaluation_unknown": (
        "管理办法中没有这种评价, 可以填: {choices}",
        "the rulebook knows no such evaluation; it knows: {choices}",
    ),
    "twice_in_file": (
        "与第 {first} 行是同一人、同一活动、同一天; 请合并成一行",
        "the same person, activity and day as row {first}: make them one row",
    ),
    "already_recorded": ("已经记录过, 不再重复记录", "recorded already: not recorded again"),
    "taken_as_backfilled": (
        "距今超过 {days} 天, 按补录处理",
        "more than {days} days ago: taken as back-filled",
    ),
}
"""What can be wrong with a row of a roster, beside what the tables and the bank's refusals say."""


def fault(row: Row, key: str | None, code: str, **facts: str | int) -> Fault:
    zh, en = SENTENCES[code]
    return row.fault(key, code, zh.format_map(facts), en.format_map(facts))


def columns_of(row: Row, *keys: str) -> str | None:
    """The first of these columns that the row fills in, else the first that the table has."""
    return next((key for key in keys if key in row.values), next((key for key in keys if key in row.columns), None))
