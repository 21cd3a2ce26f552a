"""The layout bench and its floors: what every layout gives back, whole and damaged."""

from collections import Counter

import layout_bench
import pytest
from layouts import LAYOUTS

from gipr_nlp.forms import align, tables
from gipr_nlp.forms.slots import STYLES

# PDF takes seconds a page set: one sample is enough there, the bench itself takes more.
SAMPLES = {"text": 3, "html": 2, "docx": 1, "pdf": 1}
# Shares of the cells of the layouts that lose cells: what their equations leave open stays open.
FLOORS = {
    "text:spaced lines": 0.985,
    "text:vanished lines": 0.985,
    "text:spaced rows": 0.985,
    "text:glued rows": 0.92,
    "text:glued": 0.92,
}
MOST_WRONG = 0.001


def counted(layout, rounds=0, samples=None):
    known = list(layout_bench.samples(samples or SAMPLES[layout.kind]))
    if layout.kind == "pdf":
        known = [one for one in known if one.form in {"2019", "2021", "2014"}]
    counts = Counter()
    for one, data in layout_bench.rendered(layout, known, rounds):
        found, _ = layout_bench.score(one, layout_bench.read_back(layout, data))
        counts += found
    return counts


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_every_layout_comes_back(layout):
    counts = counted(layout)
    assert counts["wrong"] == 0
    share = counts["right"] / counts.total()
    assert share >= FLOORS.get(layout.name, 1.0)


def test_there_are_twenty_layouts_of_four_kinds():
    assert len(LAYOUTS) >= 20
    assert {layout.kind for layout in LAYOUTS} == {"text", "html", "docx", "pdf"}


@pytest.mark.parametrize("kind", ["text", "html", "docx"])
def test_damage_makes_cells_open_not_wrong(kind):
    counts = Counter()
    for layout in LAYOUTS:
        if layout.kind == kind:
            counts += counted(layout, rounds=1, samples=1)
    assert counts["wrong"] / counts.total() <= MOST_WRONG
    assert counts["right"] / counts.total() >= 0.95


def test_a_bug_in_the_alignment_shows(monkeypatch):
    """An aligner that takes the wrong neighbour for a row lowers the bench."""
    layout = next(one for one in LAYOUTS if one.name == "html:portal")
    right = align._heaviest_chain

    def shifted(text, hits, keys):
        chain = right(text, hits, keys)
        return [(hit, min(place + 1, len(keys) - 1)) for hit, place in chain[:-1]] + chain[-1:]

    monkeypatch.setattr(align, "_heaviest_chain", shifted)
    counts = counted(layout)
    assert counts["right"] / counts.total() < 0.9


def test_a_bug_in_the_cutting_shows(monkeypatch):
    """A reader that knows one way of writing rows only falls below the floor in the others."""
    layout = next(one for one in LAYOUTS if one.name == "text:cells")
    monkeypatch.setattr(tables, "styles_of", lambda *_: STYLES[:1])
    counts = counted(layout)
    assert counts["wrong"] / counts.total() > MOST_WRONG
    assert counts["right"] / counts.total() < 0.99
