"""A section of any length is read in linear time: what was said is not gone through from its start."""

import time

from gipr_nlp.catalogue import default_catalogue
from gipr_nlp.figures import read_narrative
from gipr_nlp.sources import read_document

SENTENCE = (
    "全年收到政府信息公开申请61件，其中予以公开38件，部分公开9件，结转下年度4件。"
    "主动公开信息940条，较上年增长7.5%，微信发布235条，占25%；未发生行政诉讼。"
)


def seconds(sentences: int) -> float:
    document = read_document(("二、依申请公开情况\n" + SENTENCE * sentences).encode())
    before = time.process_time()
    found = read_narrative(document, (), default_catalogue(), year=2022)
    taken = time.process_time() - before
    assert len(found.figures) > 7 * sentences
    return taken


def test_time_is_linear() -> None:
    seconds(2)
    small = min(seconds(40) for _ in range(2))
    assert seconds(480) < 12 * 2 * small
