import io

import pytest
from papers import (
    PROSE,
    REQUESTS,
    WORK,
    proactive_grid,
    read_cells,
    requests_grid,
    reviews_grid,
    six_pages,
)
from papers import expected as cells_of

from gipr_nlp.errors import DamagedSource, EmptySource, LimitExceeded, UnsupportedSource
from gipr_nlp.sources import Limits, read_document
from gipr_nlp.sources.pdf_glyphs import Glyph
from gipr_nlp.sources.pdf_lines import lines_of, text_of_cell
from gipr_nlp.sources.pdf_tables import Cell, Fragment, continues, joined, lattice_of


@pytest.fixture(scope="module")
def paper():
    return read_document(six_pages())


def test_six_pages_give_every_cell(paper):
    assert [read_cells(grid) for grid in paper.grids] == [
        cells_of(proactive_grid()),
        cells_of(requests_grid()),
        cells_of(reviews_grid()),
    ]
    for grid in paper.grids:
        for cell in grid.cells:
            assert paper.text[cell.start : cell.end] == cell.text


def test_heads_feet_and_page_numbers_are_left_out(paper):
    assert "信息公开年度报告  2022年度" not in paper.text and "2022年度" not in paper.text
    assert "—" not in paper.text
    assert paper.hard_lines and paper.source.media_type == "application/pdf"


def test_paragraphs_are_joined_over_lines_and_pages(paper):
    lines = paper.text.split("\n")
    assert PROSE in lines
    assert lines.count(WORK) == 24
    assert all(head in lines for head in ("一、总体情况", "六、其他需要报告的事项"))


@pytest.mark.parametrize("break_after", [5, 9, 13, 20])
@pytest.mark.parametrize("repeat_head", [False, True])
def test_a_table_broken_anywhere_is_one_table(break_after, repeat_head):
    document = read_document(six_pages(repeat_head=repeat_head, break_after=break_after))
    assert cells_of(requests_grid()) in [read_cells(grid) for grid in document.grids]


def glyphs(text, x=0.0, top=0.0, size=10.0, step=None):
    return [
        Glyph(character, x + i * (step or size), x + i * (step or size) + size, top, top + size)
        for i, character in enumerate(text)
    ]


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (glyphs("受理83件"), "受理83件"),
        (glyphs("83", step=11), "83"),
        (glyphs("ab") + glyphs("cd", x=24), "ab cd"),
        (glyphs("规章") + glyphs("7", x=60), "规章\t7"),
        (sorted(glyphs("公开") * 2, key=lambda g: g.x0), "公开"),
        (glyphs("公开") + glyphs("公开", x=0.4), "公开"),
        (glyphs("11", step=5, size=5), "11"),
    ],
)
def test_blanks_are_told_by_distance(row, text):
    assert [line.text for line in lines_of(row)] == [text]


def test_labels_wrapped_in_cells_and_set_vertically():
    vertical = [glyph for i, c in enumerate("三、结果") for glyph in glyphs(c, top=i * 12.0)]
    assert text_of_cell(vertical) == ["三", "、", "结", "果"]


def fragment(*rows, height=None, left=0.0):
    cells = tuple(
        Cell(number, rowspan, left + x0, left + x1, text)
        for number, row in enumerate(rows)
        for x0, x1, rowspan, text in row
    )
    return Fragment(0.0, 1.0, height or len(rows), cells)


LABEL, VALUE = (0, 100, 1), (100, 150, 1)


def texts(joined_fragment):
    return [(c.row, c.rowspan, c.text) for c in lattice_of(joined_fragment).cells]


def test_a_row_cut_by_the_page_is_one_row():
    above = fragment(
        [(*LABEL, "1.重复申请"), (*VALUE, "3")], [(*LABEL, "2.其他法律禁"), (*VALUE, "4")]
    )
    below = fragment([(*LABEL, "止公开"), (*VALUE, "")], [(*LABEL, "3.其他"), (*VALUE, "5")])
    assert continues(above, below)
    assert texts(joined(above, below)) == [
        (0, 1, "1.重复申请"), (0, 1, "3"), (1, 1, "2.其他法律禁止公开"), (1, 1, "4"), (2, 1, "3.其他"), (2, 1, "5"),
    ]  # fmt: skip


def test_a_row_cut_by_the_page_inside_a_group_is_one_row():
    above = fragment([(0, 50, 1, "（三）不予公开"), (50, 100, 1, "7.属于行政"), (*VALUE, "4")])
    below = fragment(
        [(0, 50, 2, ""), (50, 100, 1, "执法案卷"), (*VALUE, "")],
        [(50, 100, 1, "8.属于行政查询事项"), (*VALUE, "5")],
    )
    assert texts(joined(above, below)) == [
        (0, 2, "（三）不予公开"), (0, 1, "7.属于行政执法案卷"), (0, 1, "4"),
        (1, 1, "8.属于行政查询事项"), (1, 1, "5"),
    ]  # fmt: skip


def test_a_blank_row_after_the_break_is_a_row():
    above = fragment([(*LABEL, "1.重复申请"), (*VALUE, "3")])
    below = fragment([(*LABEL, "2.其他"), (*VALUE, "")])
    assert texts(joined(above, below)) == [
        (0, 1, "1.重复申请"),
        (0, 1, "3"),
        (1, 1, "2.其他"),
        (1, 1, ""),
    ]


def test_a_label_cut_by_the_page_goes_on():
    above = fragment(
        [(0, 50, 2, "三、本年度"), (50, 100, 1, "（一）予以公开"), (*VALUE, "3")],
        [(50, 100, 1, "（二）部分"), (*VALUE, "4")],
    )
    below = fragment(
        [(0, 50, 2, "办理结果"), (50, 100, 1, "（三）其他"), (*VALUE, "5")],
        [(50, 100, 1, "（四）总计"), (*VALUE, "12")],
    )
    assert texts(joined(above, below))[0] == (0, 4, "三、本年度办理结果")


def test_fewer_columns_after_the_break_are_merged_ones():
    above = fragment(
        [(0, 50, 1, "规章"), (50, 100, 1, "1"), (100, 150, 1, "2"), (150, 200, 1, "3")]
    )
    below = fragment([(0, 50, 1, "行政许可"), (50, 200, 1, "7")])
    placed = lattice_of(joined(above, below)).cells
    assert [(c.row, c.column, c.colspan) for c in placed if c.row == 1] == [(1, 0, 1), (1, 1, 3)]


def test_a_table_elsewhere_on_the_page_is_another():
    assert not continues(fragment([(*LABEL, "a")]), fragment([(*LABEL, "b")], left=30.0))


def drawn(draw, **options):
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1, **options)
    canvas.setFont("STSong-Light", 12)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


def test_a_single_character_without_its_font_is_not_lost():
    def draw(canvas):
        canvas.drawString(72, 700, "受理申请")
        canvas.drawString(120, 700, "三")
        canvas.drawString(132, 700, "件")

    assert read_document(drawn(draw)).text == "受理申请三件\n"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_turned(turn):
    def draw(canvas):
        canvas.setPageRotation(turn)
        canvas.saveState()
        {90: lambda: (canvas.translate(595, 0), canvas.rotate(90)),
         180: lambda: (canvas.translate(595, 842), canvas.rotate(180)),
         270: lambda: (canvas.translate(0, 842), canvas.rotate(270))}[turn]()  # fmt: skip
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(100, 500, "一、总体情况")
        canvas.drawString(100, 470, "受理83件。")
        canvas.restoreState()

    assert read_document(drawn(draw)).text == "一、总体情况\n受理83件。\n"


def test_a_frame_around_text_is_no_table():
    def draw(canvas):
        canvas.rect(50, 600, 480, 180)
        canvas.drawString(72, 700, "受理83件。")

    document = read_document(drawn(draw))
    assert document.text == "受理83件。\n" and document.grids == ()


def test_columns_without_lines_are_parted_by_tabs():
    def draw(canvas):
        for number, row in enumerate((("指标", "单位", "数量"), ("收到申请数", "件", "83"))):
            for x, text in zip((72, 300, 400), row, strict=True):
                canvas.drawString(x, 700 - 20 * number, text)

    assert read_document(drawn(draw)).text == "指标\t单位\t数量\n收到申请数\t件\t83\n"


def image_only(canvas):
    canvas.drawInlineImage(pixel(), 0, 0, 595, 842)


def pixel():
    from PIL import Image

    return Image.new("RGB", (40, 40), "white")


def test_pages_of_images_say_so():
    def draw(canvas):
        for _ in range(3):
            image_only(canvas)
            canvas.showPage()

    with pytest.raises(UnsupportedSource, match=r"no text layer: 3 pages, 3 images") as caught:
        read_document(drawn(draw))
    assert "OCR" in caught.value.advice


def test_one_page_of_images_among_others_is_warned_of():
    def draw(canvas):
        canvas.drawString(72, 700, "受理83件，予以公开52件。")
        canvas.showPage()
        image_only(canvas)

    assert read_document(drawn(draw)).warnings == (
        "page 2 is an image without text: it was not read",
    )


def test_empty_encrypted_and_broken_files():
    with pytest.raises(EmptySource):
        read_document(drawn(lambda canvas: canvas.showPage()))
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = drawn(lambda c: c.drawString(72, 700, "83"), encrypt=StandardEncryption("secret"))
    with pytest.raises(DamagedSource, match="encrypted"):
        read_document(locked)
    whole = six_pages()
    for size in (len(whole) // 2, 20):
        with pytest.raises(DamagedSource):
            read_document(whole[:size])


def test_limits_hold():
    with pytest.raises(LimitExceeded, match="pages"):
        read_document(six_pages(), limits=Limits(max_pages=3))
    with pytest.raises(LimitExceeded, match="seconds"):
        read_document(six_pages(), limits=Limits(seconds=0.001))


def test_the_requests_add_up():
    # The paper is a sound report: what a page break cannot break is its sums.
    new, answered = (list(map(int, REQUESTS[key])) for key in ("requests_new", "requests_answered"))
    assert sum(new[:6]) == new[6] and sum(answered[:6]) == answered[6]
