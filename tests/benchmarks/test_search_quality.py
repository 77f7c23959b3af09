"""The benchmark of the search's quality, on a made-up data set: so that it does not rot."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from benchmarks import measures

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = {
    "plan": "Pašvaldībām jāsagatavo civilās aizsardzības plāns.",
    "bridge": "Iedzīvotāji lūdza salabot tiltu pār upi.",
    "bus": "Skolēni brauc ar autobusu uz bibliotēku.",
}
QUERIES = [
    ("pašvaldība", "inflected", "plan"),
    ("tilti", "inflected", "bridge"),
    ("biblioteka", "no_diacritics", "bus"),
    ("autobuss skolēns", "two_word", "bus"),
]
SAME = "kind\tquery_form\tdoc_form\nnoun\ttilts\ttiltu\n"
DIFFERENT = "kind\tform_a\tform_b\nnear\ttilts\ttelts\n"


@pytest.fixture
def folder(tmp_path):
    documents = [{"id": key, "text": text} for key, text in DOCUMENTS.items()]
    queries = [
        {"id": f"q{place}", "query": query, "kind": kind, "relevant": [document]}
        for place, (query, kind, document) in enumerate(QUERIES)
    ]
    for name, rows in (("docs", documents), ("queries", queries)):
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "pairs_pos.tsv").write_text(SAME, "utf-8")
    (tmp_path / "pairs_neg.tsv").write_text(DIFFERENT, "utf-8")
    return tmp_path


@pytest.mark.once
def test_articles_are_published_and_found_through_the_search_page(folder):
    script = [sys.executable, "benchmarks/search_quality.py", folder, "--language", "lv"]
    result = subprocess.run(  # noqa: S603 (our own script)
        [*script, "--database", connection.vendor],
        cwd=ROOT,
        env={key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    lines = result.stdout.splitlines()
    assert "| recall | 1 | 1.000 |" in lines
    assert "| false conflation, unrelated | 1 | 0.000 |" in lines
    assert f"| {connection.vendor} | ours | all | 4 | 1.000 | 1.000 | 1.000 | 0.000 |" in lines
    assert f"| {connection.vendor} | stock | all | 4 | 0.000 | 0.000 | 0.000 | 1.000 |" in lines


def test_measures_are_the_usual_ones():
    scores = measures.of_ranking(["x", "a", "a", "b"], ["a", "b", "c"])
    assert scores["recall@10"] == pytest.approx(2 / 3)
    assert scores["MRR"] == pytest.approx(1 / 2)
    assert scores["nDCG@10"] == pytest.approx((0.63093 + 0.5) / (1 + 0.63093 + 0.5), abs=1e-4)
    assert measures.of_ranking([], ["a"])["zero hits"] == 1
