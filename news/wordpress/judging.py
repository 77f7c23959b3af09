"""Setting aside what is doubtful among the items that were read."""

from collections.abc import Callable

from home.steps import in_steps

from .judge import Corpus, judge, read_text
from .models import ImportedItem

State, Decision = ImportedItem.State, ImportedItem.Decision
AT_ONCE = 200
JUDGED = ("post", "page")


def judge_items(source, report, advance: Callable[[int], None] = lambda number: None):
    """Judge the items of an old site that nobody has decided about and that are no pages yet."""
    rows = ImportedItem.objects.of(source).filter(type__in=JUDGED).exclude(state=State.COUNTED)
    open_rows = rows.filter(decision=Decision.NONE, imported_checksum="")
    open_rows = open_rows.filter(state__in=(State.READ, State.DOUBTFUL))
    if not open_rows.exists():
        return
    corpus = Corpus()
    for batch in in_steps(rows, AT_ONCE):
        for row in batch:
            item = row.item
            corpus.add(row.post_id, item, read_text(item.content))
        advance(len(batch))
    for batch in in_steps(open_rows, AT_ONCE):
        judged = [row for row in batch if _judge(row, corpus, report)]
        ImportedItem.objects.bulk_update(judged, ["state", "score", "reasons"])
        advance(len(batch))


def _judge(row, corpus, report) -> bool:
    """Judge one item; tell whether its row has changed."""
    item, before = row.item, (row.state, row.score, row.reasons)
    verdict = judge(item, read_text(item.content), corpus)
    row.score = verdict.score
    row.reasons = [reason._asdict() for reason in verdict.reasons]
    for reason in row.reasons:
        if reason["code"].endswith("duplicate"):
            reason["original"] = verdict.original
    row.state = State.READ
    if verdict.is_doubtful:
        row.state = State.DOUBTFUL
        report.count("doubtful", row.type)
    return (row.state, row.score, row.reasons) != before
