"""Particulars of a person: what a bank may keep beside a name, in one spelling each, refused with the mend where it
cannot be meant. Pure: desk, import and kiosk read what people type by the same rules.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from stdnum.cn import ric
from stdnum.exceptions import InvalidChecksum, ValidationError

FIELDS = ("phone", "id_number", "birth_date", "gender", "address", "party_member")
"""Everything that may be kept beside the name, if the bank says so. Health, faith, bank accounts: never."""
GENDERS = ("female", "male")
EXACT_DIGITS_MAX = 15
"""A spreadsheet holds numbers as doubles: of more digits than these it has already lost some."""
ADDRESS_CHARACTERS_MAX = 200
CHILD_YEARS = 14
"""Below this age every particular is sensitive, and needs a guardian's consent (PIPL 31)."""
MINOR_YEARS = 18
BORN_YEAR_MIN = 1900

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"0[1-9][0-9]{1,2}[0-9]{7,8}")
_BETWEEN_DIGITS = re.compile(r"[\s\-()‐-―−]")
_WRITTEN_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)?([0-9]{1,2})(?:-|/|\.|月)?([0-9]{1,2})日?")
_PARTY = {
    "yes": frozenset({"是", "yes", "true", "1", "党员", "中共党员"}),
    "probationary": frozenset({"预备党员", "中共预备党员", "probationary"}),
    "applicant": frozenset({"入党积极分子", "积极分子", "applicant"}),
    "league_member": frozenset({"共青团员", "团员", "league_member"}),
    "no": frozenset({"否", "no", "false", "0", "群众"}),
}
_GENDERS = {"女": "female", "f": "female", "female": "female", "男": "male", "m": "male", "male": "male"}


class ParticularInvalid(ValueError):
    """What was typed cannot be meant. `field` names it, `code` is stable; a sentence with the mend in each tongue.

    It never quotes what was typed.
    """

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field, self.code = field, code

    @property
    def zh(self) -> str:
        return SENTENCES[self.code][0]

    @property
    def en(self) -> str:
        return SENTENCES[self.code][1]


SENTENCES = {
    "phone_wrong": (
        "不是有效的电话号码: 请填 11 位手机号, 或带区号的固定电话",
        "not a telephone number: give 11 digits of a mobile, or a landline with its area code",
    ),
    "id_number_wrong": ("不是有效的居民身份证号: 应为 18 位", "not a resident identity number: 18 characters"),
    "id_number_checksum": (
        "身份证号最后一位校验不符, 请逐位核对",
        "the last character does not fit the others: compare it digit by digit",
    ),
    "digits_lost": (
        "表格已丢失末尾几位数字, 请将该列设为文本后重新录入",
        "the spreadsheet has lost its last digits: format the column as text and type it again",
    ),
    "birth_date_wrong": ("不是有效的出生日期: 请写成 YYYY-MM-DD", "not a day of birth: write YYYY-MM-DD"),
    "birth_date_differs": ("出生日期与身份证号不一致", "the day of birth is not the one in the identity number"),
    "gender_wrong": ("性别请填 女 或 男", "write female or male"),
    "gender_differs": ("性别与身份证号不一致", "the gender is not the one in the identity number"),
    "address_wrong": ("地址为空或过长", "the address is empty or too long"),
    "party_member_wrong": (
        "请填 是、否、预备党员、入党积极分子 或 共青团员",
        "write yes, no, probationary, applicant or league_member",
    ),
}


def phone(typed: object) -> str:
    """Digits only, without country code: full-width digits, +86, blanks and dashes are understood.

    Refuses phone_wrong, digits_lost.
    """
    digits = _BETWEEN_DIGITS.sub("", _text("phone", typed))
    for country in ("+86", "0086"):
        digits = digits.removeprefix(country)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits.removeprefix("86")
    if not (_MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(digits)):
        raise ParticularInvalid("phone", "phone_wrong")
    return digits


def phone_tail(number: str) -> str:
    """The last four digits, by which people ask for each other at a desk."""
    return number[-4:]


def id_number(typed: object) -> str:
    """A resident identity number (GB 11643): 18 characters, the last in capitals.

    Refuses id_number_wrong, id_number_checksum, and digits_lost where a spreadsheet took it for a number.
    """
    compact = re.sub(r"\s", "", _text("id_number", typed)).upper()
    try:
        return str(ric.validate(compact))
    except InvalidChecksum:
        raise ParticularInvalid("id_number", "id_number_checksum") from None
    except (ValidationError, ValueError):
        raise ParticularInvalid("id_number", "id_number_wrong") from None


def born_on(number: str) -> date:
    """The day of birth that an identity number holds."""
    born: date = ric.get_birth_date(number)
    return born


def gender_in(number: str) -> str:
    """The gender that an identity number holds: odd is male."""
    return "male" if int(number[16]) % 2 else "female"


def birth_date(typed: object, *, today: date) -> date:
    """A day of birth, as one writes it in an office (1980-03-08, 1980年3月8日, 1980/3/8, 19800308). Refuses
    birth_date_wrong.
    """
    if isinstance(typed, date):
        day = typed
    else:
        found = _WRITTEN_DAY.fullmatch(re.sub(r"\s", "", _text("birth_date", typed)))
        if found is None:
            raise ParticularInvalid("birth_date", "birth_date_wrong")
        try:
            day = date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            raise ParticularInvalid("birth_date", "birth_date_wrong") from None
    if day.year < BORN_YEAR_MIN or day > today:
        raise ParticularInvalid("birth_date", "birth_date_wrong")
    return day


def gender(typed: object) -> str:
    """female or male. Refuses gender_wrong."""
    known = _GENDERS.get(_text("gender", typed).lower())
    if known is None:
        raise ParticularInvalid("gender", "gender_wrong")
    return known


def address(typed: object) -> str:
    """As written, blanks at the ends taken off. Refuses address_wrong."""
    written = str(typed).strip().strip("\u3000\u200b")
    if not 0 < len(written) <= ADDRESS_CHARACTERS_MAX or any(unicodedata.category(c) in ("Cc", "Cf") for c in written):
        raise ParticularInvalid("address", "address_wrong")
    return written


def party_member(typed: object) -> str:
    """yes or no, or what stands between: probationary, applicant, league_member. Refuses party_member_wrong."""
    said = _text("party_member", typed).lower()
    for status, words in _PARTY.items():
        if said in words:
            return status
    raise ParticularInvalid("party_member", "party_member_wrong")


def read(field: str, typed: object, *, today: date) -> str:
    """The one spelling of a field's value. Refuses ParticularInvalid."""
    if field == "birth_date":
        return birth_date(typed, today=today).isoformat()
    return _READERS[field](typed)


def refuse_contradictions(values: dict[str, str]) -> None:
    """What an identity number says of birth and gender must agree with what is said beside it."""
    number = values.get("id_number")
    if number is None:
        return
    if values.get("birth_date", born_on(number).isoformat()) != born_on(number).isoformat():
        raise ParticularInvalid("birth_date", "birth_date_differs")
    if values.get("gender", gender_in(number)) != gender_in(number):
        raise ParticularInvalid("gender", "gender_differs")


def birth_in(values: dict[str, str]) -> date | None:
    """The day of birth, said or held in the identity number; None where neither is known."""
    if "birth_date" in values:
        return date.fromisoformat(values["birth_date"])
    return born_on(values["id_number"]) if "id_number" in values else None


def age_on(born: date, day: date) -> int:
    """Full years (周岁): one more from the birthday on."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def masked(field: str, value: str) -> str:
    """What is shown without a purpose: enough to recognise, too little to use."""
    return _MASKS[field](value)


def _text(field: str, typed: object) -> str:
    """As text, full-width forms folded. A whole number out of a spreadsheet is read if none of its digits are lost."""
    if isinstance(typed, float | Decimal):
        if not math.isfinite(typed) or typed != int(typed) or abs(typed) >= 10**EXACT_DIGITS_MAX:
            raise ParticularInvalid(field, "digits_lost")
        typed = int(typed)
    if isinstance(typed, int) and not isinstance(typed, bool) and abs(typed) >= 10**EXACT_DIGITS_MAX:
        raise ParticularInvalid(field, "digits_lost")
    text = unicodedata.normalize("NFKC", str(typed)).replace("\u200b", "").strip()
    if re.fullmatch(r"[0-9](\.[0-9]+)?[eE]\+?[0-9]+", text):
        raise ParticularInvalid(field, "digits_lost")
    return text


_READERS: dict[str, Callable[[object], str]] = {
    "phone": phone,
    "id_number": id_number,
    "gender": gender,
    "address": address,
    "party_member": party_member,
}

_MASKS: dict[str, Callable[[str], str]] = {
    "phone": lambda value: value[:3] + "*" * (len(value) - 7) + value[-4:],
    "id_number": lambda value: value[:4] + "*" * 12 + value[-2:],
    "birth_date": lambda value: value[:4] + "-**-**",
    "gender": lambda _: "*",
    "address": lambda value: value[:3] + "****",
    "party_member": lambda _: "*",
}
