"""The codes of an import's report: whoever reads it is told what they mean."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from news import wordpress
from news.wordpress.sentences import BARE, GROUPS, OF_FILES, sentence

pytestmark = pytest.mark.once
FOLDER = Path(wordpress.__file__).parent

# Where codes are written down: the last two names of what is called, which argument has the code,
# and what the report writes before it.
CALLS = {
    "report.add": (0, ""),
    "report.once": (0, ""),
    "self._tell": (1, ""),
    "Damage": (0, ""),
    "Refused": (0, ""),
    "self.remove": (0, "removed "),
    "remove": (0, "removed "),
    "drop": (0, "dropped "),
    "problems.append": (0, ""),
    "notes.append": (0, ""),
    "result.dropped.append": (0, "dropped "),
}


def called(node) -> str:
    """Return ``report.add`` of ``self.report.add(…)``."""
    names = ast.unparse(node.func).split(".")
    return ".".join(names[-2:])


def codes_of(path):
    """Yield the codes that a module writes down literally."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and called(node) in CALLS:
            place, prefix = CALLS[called(node)]
            value = node.args[place] if len(node.args) > place else None
            value = value.elts[0] if isinstance(value, ast.Tuple) else value
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                is_of_files = path.parent.name == "media"
                yield ("media " if is_of_files else prefix) + value.value
        elif isinstance(node, ast.Yield) and path.stem == "accounts":
            if isinstance(node.value, ast.Tuple) and isinstance(node.value.elts[0], ast.Constant):
                yield node.value.elts[0].value
        elif isinstance(node, ast.AugAssign) and ast.unparse(node.target).endswith(".notes"):
            for part in ast.walk(node.value):
                if isinstance(part, ast.Tuple) and isinstance(part.elts[0], ast.Constant):
                    yield part.elts[0].value


def written_codes() -> set[str]:
    paths = [path for path in FOLDER.rglob("*.py") if "judge" not in path.parts]
    return {code for path in paths for code in codes_of(path)}


def is_known(code) -> bool:
    group, _space, inner = code.partition(" ")
    if group in GROUPS:
        return inner in GROUPS[group][1]
    return inner in OF_FILES if group == "media" else code in BARE


def test_every_code_that_is_written_down_has_a_sentence():
    codes = written_codes()
    # Otherwise the search for them is broken.
    found = {"failed", "changed", "sticky", "characters", "media missing", "removed hidden"}
    assert found <= codes
    assert not {code for code in codes if not is_known(code)}


def every_code():
    yield from BARE
    yield from (f"media {code}" for code in OF_FILES)
    for group, (_text, words) in GROUPS.items():
        yield from (f"{group} {code}" for code in words)


@pytest.mark.parametrize("code", list(every_code()))
def test_a_sentence_is_whole_without_a_detail(code):
    with translation.override("en"):
        text = sentence(code)
    assert text[0].isupper() and text.endswith((".", "…"))
    assert "%(" not in text


def test_a_sentence_says_what_it_is_about():
    with translation.override("en"):
        assert sentence("unmapped", "Projekti").endswith("this category becomes: Projekti.")
        assert sentence("media too_large", "50 MB") == "The file is larger than 50 MB."
        assert sentence("private", "password").endswith("it had a password on the old site.")
        assert sentence("removed hidden") == "Left out of the text: hidden text."


@pytest.mark.parametrize("code", ["something_new", "media something_new", "", "100 %", "%(x)s"])
def test_an_unknown_code_stands_for_itself(code):
    assert sentence(code) == code


def test_an_unknown_part_of_a_text_is_named_by_its_code():
    with translation.override("en"):
        assert sentence("removed marquee") == "Left out of the text: marquee."


def test_details_may_hold_what_looks_like_a_placeholder():
    assert "100 %(detail)s %d" in sentence("missing", "100 %(detail)s %d")
