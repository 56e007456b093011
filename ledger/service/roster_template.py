"""The empty roster (名册模板) that organisers fill in with Excel or WPS."""

from __future__ import annotations

from ledger.bank import Bank
from ledger.people.organisations import Organisation
from ledger.service import activities, rulebooks
from ledger.service.roster_columns import EVALUATIONS, EXAMPLE, METHODS
from ledger.service.roster_judging import USUAL_EVALUATIONS, evaluations_of
from ledger.tables.forms import Blank, form

TITLE = "服务名册"
BLANK_ROWS = 1_000
ACTIVITIES_MAX = 500
INSTRUCTIONS = (
    ("每行是一位志愿者在一天、一个活动中的服务。", "A row is one volunteer's service in one activity on one day."),
    (
        "黄色的列必须填写；“志愿者编号”和“姓名”至少填一项，同名时请填编号或手机尾号。",
        "Yellow columns must be filled in; of number and name one is enough; namesakes need the number or the tail.",
    ),
    (
        "“活动名称”须与系统中的活动一致，日期是活动当天；也可以填活动编号。",
        "The title is the activity's in the system, the day the day it was held; its id will do as well.",
    ),
    (
        "时长填小时(1.5)，或填开始和结束时间(09:00、11:30)，不必都填；跨午夜的服务按日期分成两行。",
        "Give hours (1.5), or a start and an end (09:00, 11:30), not both; what goes past midnight is two rows.",
    ),
    (
        "日期可以写 2026-11-03、2026/11/3、2026年11月3日。所有列都是文本格式，请勿改动。",
        "Days are written 2026-11-03, 2026/11/3 or 2026年11月3日. All columns are text: leave them so.",
    ),
    (
        "“记录方式”不填即为名册；很久以前的服务按补录处理，需两人审核。",
        "Left empty, it was recorded by roster; what is long ago counts as back-filled and needs two reviewers.",
    ),
    (
        "备注只供自己查看，不导入系统。示例行和合计行不会导入。",
        "The remark is for your own use and is not taken in; nor are the example and rows of totals.",
    ),
    (
        "上传后先看检查报告，确认无误再提交；同一人、同一活动、同一天只记录一次。",
        "After the upload read the report, then commit; one person, activity and day is recorded once.",
    ),
)


def template(bank: Bank, organisation: Organisation | None = None, *, offers_activities: bool = False) -> bytes:
    """An empty roster. With an organisation the evaluations of its rulebook are offered, and its activities if asked
    for.
    """
    path = None if organisation is None else organisation.path
    book = rulebooks.in_force(bank, bank.today(), organisation_path=path)
    codes = dict.fromkeys((*USUAL_EVALUATIONS, *(() if book is None else evaluations_of(book))))
    said = {code: words[0] for code, words in EVALUATIONS.items()}
    titles: tuple[str, ...] = ()
    if organisation is not None and offers_activities:
        page = activities.page(bank, within=[organisation.path], after=None, limit=ACTIVITIES_MAX)
        titles = tuple(dict.fromkeys(one.title for one in page.items))
    day = bank.today().isoformat()
    blanks = (
        Blank(title="志愿者编号", example=f"{EXAMPLE}1234567894"),
        Blank(title="姓名", example="示例甲"),
        Blank(title="手机尾号", example="0001"),
        Blank(title="活动名称", example="示例清洁日", choices=titles, is_needed=True),
        Blank(title="日期", example=day, is_needed=True),
        Blank(title="时长(小时)", example="2.5"),
        Blank(title="开始时间", example="09:00"),
        Blank(title="结束时间", example="11:30"),
        Blank(title="记录方式", example="名册", choices=tuple(words[0] for words in METHODS.values())),
        Blank(title="评价", choices=tuple(said.get(code, code) for code in codes)),
        Blank(title="备注"),
    )
    return form(TITLE, blanks, instructions=("填写说明 How to fill in", INSTRUCTIONS), blank_rows=BLANK_ROWS)
