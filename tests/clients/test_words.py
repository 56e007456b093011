"""Every sentence of the clients stands in a catalogue, in both languages, and each of them is said somewhere."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from api import pages
from ledger.core.accounts import Purpose
from ledger.core.entries import Kind

CATALOGUES = sorted(path for path in pages.FILES if re.search(r"/(\w+-)?words\.js$", path))
"""A client says what is in its own catalogues and in the kit's."""
CLIENTS = {path.partition("/")[0] for path in CATALOGUES}
ENTRY = re.compile(
    r"""^\s*"(?P<key>[a-z0-9_.]+)":\s*\{\s*zh:\s*"(?P<zh>[^"]*)",\s*en:\s*"(?P<en>[^"]*)",?\s*\},?$""",
    re.MULTILINE,
)
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SAID = re.compile(r"""\b(?:say|parts)\(\s*["'`]([^"'`]+)["'`]""")


def sentences(path: str) -> dict[str, tuple[str, str]]:
    text = pages.FILES[path].content.decode()
    found = [(entry["key"], (entry["zh"], entry["en"])) for entry in ENTRY.finditer(text)]
    assert len(found) == len(re.findall(r"\bzh:", text)) == len(dict(found)), f"{path} has a line that is no entry"
    return dict(found)


def code_of(client: str) -> str:
    files = (path for path in pages.FILES if path.startswith(f"{client}/") and path.endswith(".js"))
    return "\n".join(_without_comments(path) for path in files if path not in CATALOGUES)


def _without_comments(path: str) -> str:
    return re.sub(r"^\s*//.*$", "", pages.FILES[path].content.decode(), flags=re.MULTILINE)


def facts(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


BY_CATALOGUE = pytest.mark.parametrize("path", CATALOGUES)


@BY_CATALOGUE
def test_every_sentence_is_in_both_languages(path: str) -> None:
    for key, (zh, en) in sentences(path).items():
        assert zh.strip(), key
        assert en.strip(), key
        if "language" not in key:  # the one switch: each language is named in itself
            assert not CHINESE.search(en), key


@BY_CATALOGUE
def test_no_sentence_has_a_fact_that_the_other_language_does_not_know(path: str) -> None:
    for key, (zh, en) in sentences(path).items():
        assert facts(zh) == facts(en) or key.startswith("format.day"), key  # a month has a number, or a name


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_no_key_stands_in_two_catalogues_of_a_client(client: str) -> None:
    keys = [key for path in CATALOGUES if path.startswith((f"{client}/", "kit/")) for key in sentences(path)]
    assert len(keys) == len(set(keys))


@BY_CATALOGUE
def test_every_sentence_is_said_somewhere(path: str) -> None:
    client = path.partition("/")[0]
    code = "\n".join(map(code_of, sorted(CLIENTS))) if client == "kit" else code_of(client)
    for key in sentences(path):
        prefixes = ["`" + key[: at + 1] + "${" for at, letter in enumerate(key) if letter == "."]
        assert f'"{key}"' in code or any(prefix in code for prefix in prefixes), key


@BY_CATALOGUE
def test_nothing_is_said_that_is_in_no_catalogue(path: str) -> None:
    client = path.partition("/")[0]
    known = dict(
        chain.from_iterable(sentences(each).items() for each in CATALOGUES if each.startswith((f"{client}/", "kit/")))
    )
    for said in SAID.findall(code_of(client)):
        assert "${" in said or said in known, said


@BY_CATALOGUE
def test_no_words_stand_in_the_code(path: str) -> None:
    assert not CHINESE.search(code_of(path.partition("/")[0]))


def test_the_kiosk_has_a_word_for_every_kind_of_entry_on_a_statement() -> None:
    """Whoever adds a kind that moves points or hours names it for those who read their statements."""
    named = {key.removeprefix("kind.") for key in sentences("kiosk/words.js") if key.startswith("kind.")}
    assert named - {"other"} == {kind.value for kind in Kind} - NEVER_ON_A_STATEMENT


def test_the_board_has_a_word_for_wherever_points_and_hours_can_be() -> None:
    """Whoever adds a purpose says what it is called in the sum that everybody follows."""
    named = {key.partition(".")[2] for key in sentences("board/words.js") if key.startswith(("from.", "to."))}
    assert named == {purpose.value for purpose in Purpose} - OF_GOODS


OF_GOODS = {Purpose.STOCK, Purpose.RECEIVED, Purpose.HANDED_OUT, Purpose.WRITTEN_OFF, Purpose.COUNTED}
"""They hold neither points nor hours."""


def test_what_a_verifier_finds_wrong_has_words() -> None:
    """The modules that verify know no words: they can be read, and used, without the page."""
    code = "".join(pages.FILES[f"verify/{name}.js"].content.decode() for name in ("log", "meaning"))
    codes = set(re.findall(r"""(?:Invalid|refuse)\("(\w+)\"""", code))
    assert len(codes) > 15
    assert {f"invalid.{code}" for code in codes} <= set(sentences("verify/words.js"))


NEVER_ON_A_STATEMENT = {
    *(Kind.CLAIM, Kind.REVIEW, Kind.CERTIFICATE, Kind.CERTIFICATE_END, Kind.STAR_CHANGE, Kind.STAR_DECISION),
    *(Kind.STOCK_RECEIPT, Kind.STOCK_TRANSFER, Kind.STOCK_REPORT, Kind.STOCK_SETTLEMENT, Kind.DESK_SESSION),
    *(Kind.FOUNDING, Kind.PROPOSAL_STEP, Kind.RULEBOOK, Kind.PRICE_LIST, Kind.RESOLUTION, Kind.KEY_CHANGE),
    *(Kind.EPOCH_CHANGE, Kind.NOTICE, Kind.OBJECTION, Kind.OBJECTION_RESOLUTION),
    *(Kind.CLAIM_STEP, Kind.DISPUTE, Kind.DISPUTE_ANSWER),
}
"""They move nobody's points or hours."""
