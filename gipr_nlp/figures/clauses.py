"""Sentences, clauses and brackets: the stretch of words that each number can be named by.

A sentence is cut into *lines*: the outer one and one for each bracket, which stands apart and
hangs on the number before it. A line is cut into clauses by commas and into items by 、 and 和.
A number is named by its item (words before it since the last number or comma, words after it up
to the next), or by the clauses before it that hold no number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import regex

from gipr_nlp.figures.lexicon import Hit, Lexicon
from gipr_nlp.records import Quantity

_FULL_STOP = regex.compile(r"[。！？!?\n]++|(?<=[\p{Han}）)”\"%])\.(?!\d)")
_DELIMITER = regex.compile(r"[，,；;：:、（）()【】\[\]\u201c\u201d\"《》]")
_OPEN = {"（": "）", "(": ")", "【": "】", "[": "]"}
_THIS_IS = regex.compile(r"[，,—]*(?:这|即|也就是|便是|就是|此为)")
_FROM_YEAR = regex.compile(r"(?:度|年度|末|底|的|尚未办结)*(?:结转|转入|跨年|接转|遗留|转结)")
_TO_YEAR = regex.compile(r"(?:结转|转入|转结|顺延|延期?|跨年)(?:至|到|在|于|下一年度)?$")
_SUBJECT = regex.compile(r"(?:[\p{Han}]{0,3}申请)?(?:因|由于|需|尚|仍|还|在|经)")
_THROUGH = regex.compile(r"(?:通过|利用|依托|借助|运用)(?=[^，,；;]{2,16}+\Z)")
_A_YEAR = regex.compile(r"(?:年度?|年同期|去年|上年)\Z")
# One item of 土地征收（16件）、加装电梯（9件）和学区划分（4件).
_LISTED = regex.compile(r"[、和与及以]?[^，,。；;：:]{2,30}+")
_DIVIDED = regex.compile(r"[\p{Han}]{0,8}?的(?:约|近|超过?|大约)?[\d一二三四五六七八九十百]")
_PERSONS = frozenset({"名", "人", "位", "户", "家"})
# What is said of all of them names none of them: 3件申请全部为自然人提交.
_WHOLLY = regex.compile(r"(?:全部|均|都|皆)(?:为|是|系|由|通过)")
SHARE = "share"
SLIGHT = 5
_AMONG = regex.compile(r"[中里](?!标|心|央|共|医|小|学)")
# 6件与征地、拆迁有关 goes on with what they are about.
_RELATED = regex.compile(r"[与和同][^，,。；;]{1,24}?(?:有关|相关)")
# 以予以公开为主，达62件: what the clause before names is counted.
_MAINLY = regex.compile(r"以[^，,。；;]{2,16}(?:为主|居多|最多)\Z")
_REACHES = regex.compile(r"(?:共|达|有|计|为|达到|共计)*")
_CONJUNCTION = regex.compile(r"(?:以及|和|与|及|并|或)")
_ITEMS = regex.compile(
    r"(?:大|单位|部门|平台|渠道|项目|种|类)*(?:合计|总计|共计|相加|之和|共|平台|渠道|途径|自媒体|载体|方式|情形|收件|[\p{Han}]{0,4}分别)"
)
# 涉及17个领域, 26个试点领域标准目录: what is told of, not how much of it.
_FIELDS = regex.compile(r"[\p{Han}]{0,3}?(?:领域|方面|环节|维度|层面|板块|版块|模块|目录|部分|章节)")
_WORD = regex.compile(r"[\p{Han}A-Za-z]")
FEW = 12
_COMPARING = frozenset({"up", "down", "compare"})
# Numbers in words that also tell something: 三类内部事务信息, 一季度.
_SPOKEN = frozenset({"date", "period", "time", "slogan", "name", "ordinal"})
SHORTEST_INSIDE = 3
_AMOUNTS = "量数率"
_CLAUSE_MARKS = "，,；;：:"
BLOCK_MARKS = "；;"


@dataclass(slots=True)
class Line:
    """A sentence without its brackets, or the inside of one bracket, which hangs on ``outer``."""

    start: int
    end: int
    host: Quantity | None = None
    outer: Line | None = None
    marks: list[int] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    holes: list[tuple[int, int]] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)


class Slot(NamedTuple):
    """A number with the words that can name it.

    ``before`` and ``after`` are its own words, ``context`` those of the clauses before it that
    hold no number, ``opens`` tells whether it is the first number of its line; ``name`` is the
    noun that names it, and ``told`` the words, where they stand in a list of their own (分别);
    ``divided`` that a share is taken of it.
    """

    quantity: Quantity
    line: Line
    left: int
    right: int
    clause: int
    context_start: int
    before: tuple[Hit, ...]
    after: tuple[Hit, ...]
    context: tuple[Hit, ...]
    opens: bool
    name: str | None = None
    told: str | None = None
    divided: bool = False


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The sentences of ``text``, with what ends them."""
    start = 0
    for stop in _FULL_STOP.finditer(text):
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def lines(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> list[Line]:
    """The lines of one sentence, the outer one first, with their numbers and words."""
    found = _cut(text, start, end, quantities)
    for hit in _outside_names(text, start, end, quantities, lexicon):
        near = [one for one in quantities if one.start < hit.end and hit.start < one.end]
        if not any(_covers(one, hit) for one in near):
            line = _innermost(found, hit.start)
            line.hits.append(hit)
            # What stands inside a word parts nothing: 专、兼职.
            line.marks = [mark for mark in line.marks if not hit.start < mark < hit.end]
    for one in quantities:
        carried = _carried(text, one)
        if carried is not None:
            line = _innermost(found, one.start)
            line.hits.append(carried)
            line.hits.sort(key=lambda hit: hit.start)
    return found


def slots(text: str, line: Line, lexicon: Lexicon) -> list[Slot]:
    """The numbers of a line that may be figures, each with its words."""
    result: list[Slot] = []
    claimed = line.start
    context_start = line.start
    figures = [
        one for one in line.quantities if one.not_figure is None and not counts_items(text, one)
    ]
    for index, quantity in enumerate(figures):
        following = figures[index + 1].start if index + 1 < len(figures) else line.end
        clause = _clause_start(text, line, quantity, lexicon)
        left = max(clause, claimed)
        blocks = [m + 1 for m in line.marks if context_start <= m < left and text[m] in BLOCK_MARKS]
        context_start = max([context_start, *blocks])
        before = _hits(line, left, quantity.start)
        divided = is_divided(text, quantity, before)
        if divided:
            before = _after_share(before)
        named = bool(_telling(before))
        right, claimed = _right_edge(text, line, quantity, following, named)
        if not named and right == following < line.end:
            right = claimed = _before_next(text, line, quantity, following, lexicon)
        if not named and not _telling(_hits(line, quantity.end, right)):
            right = claimed = _explained(text, line, quantity, right, following)
            if index == 0 and right == line.end:
                left, before = _lead(text, line, left, before, lexicon)
        wholly = None if named else _WHOLLY.search(text, quantity.end, right)
        if wholly is not None:
            right = wholly.start()
        result.append(
            Slot(
                quantity=quantity,
                line=line,
                left=left,
                right=right,
                clause=clause,
                context_start=min(context_start, left),
                before=before,
                after=_hits(line, quantity.end, right),
                context=_hits(line, context_start, left)
                if clause > context_start and not divided
                else (),
                opens=index == 0,
                divided=divided,
            )
        )
        context_start = max(right, claimed)
    return result


def is_divided(text: str, quantity: Quantity, before: Sequence[Hit]) -> bool:
    """Whether a share is taken of the number: 占全部申请140件的25%, 占全年138件申请的72%."""
    taken = any(SHARE in hit.concepts for hit in before)
    return taken and _DIVIDED.match(text, quantity.end) is not None


def _after_share(before: Sequence[Hit]) -> tuple[Hit, ...]:
    last = max(index for index, hit in enumerate(before) if SHARE in hit.concepts)
    return tuple(before[last + 1 :])


def _before_next(
    text: str, line: Line, quantity: Quantity, following: int, lexicon: Lexicon
) -> int:
    """Where the noun of a number ends and what speaks of the next begins.

    That is a predicate (7个乡镇|公开信息189条, 4名群众|缴纳费用80元) or what the next measures (两条微信|阅读量达5万次).
    """
    told = _telling(_hits(line, quantity.end, following))
    someone = quantity.unit in _PERSONS
    noun = bool(told) and told[0].start == quantity.end and not _acts(told[0], lexicon)
    apart = [one for one in told if one.start > quantity.end]
    begins = (
        one for one in apart if _measures(one, text) or ((noun or someone) and _acts(one, lexicon))
    )
    return next((one.start for one in begins), following)


def _measures(hit: Hit, text: str) -> bool:
    """Whether a word names an amount and no thing: 阅读量, 播放次数."""
    return text[hit.end - 1] in _AMOUNTS


def _acts(hit: Hit, lexicon: Lexicon) -> bool:
    return all(lexicon.role[concept] == "action" for concept in hit.concepts)


def _explained(text: str, line: Line, quantity: Quantity, right: int, following: int) -> int:
    """The end of the clause that says what a bare number is.

    58件，这是全年收到的申请总数; 2件因材料不齐，结转下年度 (the number is the subject of both).
    """
    subject = text[right : right + 1] in {"，", ","} and _SUBJECT.match(text, quantity.end, right)
    if not subject and not _THIS_IS.match(text, right):
        return right
    end = next((mark for mark in line.marks if mark > right), line.end)
    return end if end <= following else right


def _lead(
    text: str, line: Line, left: int, before: tuple[Hit, ...], lexicon: Lexicon
) -> tuple[int, tuple[Hit, ...]]:
    """The words before a bracket that name the number in it: 占全部申请（96件）的八成, 较上年（7件）.

    Returns where they begin, and them; ``left`` and ``before`` where they name nothing.
    """
    outer = line.outer
    if outer is None:
        return left, before
    place = line.start - 1
    numbers = [one for one in outer.quantities if one.end <= place and not one.not_figure]
    marks = (mark + 1 for mark in outer.marks if mark < place)
    start = max([outer.start, *(one.end for one in numbers), *marks])
    if numbers and numbers[-1].end == start and numbers[-1].kind == "percent":
        return left, before
    hits = _hits(outer, start, place)
    over = [index for index, hit in enumerate(hits) if SHARE in hit.concepts]
    hits = hits[over[-1] + 1 :] if over else hits
    if any(lexicon.weight[hit.concepts[0]] > SLIGHT for hit in _telling(hits)):
        return hits[0].start, hits
    listed = line.host is None and _LISTED.match(text, start, place) is not None
    return (start if listed or _A_YEAR.search(text, start, place) else left), before


def _carried(text: str, quantity: Quantity) -> Hit | None:
    """2021年结转: the year before; 结转至2023年: the next one."""
    if quantity.not_figure not in {"date", "period"}:
        return None
    if _FROM_YEAR.match(text, quantity.end):
        return Hit(quantity.start, quantity.end, ("last",))
    if _TO_YEAR.search(text, max(0, quantity.start - 8), quantity.start):
        return Hit(quantity.start, quantity.end, ("next",))
    return None


def _covers(quantity: Quantity, hit: Hit) -> bool:
    """Whether a word that meets the number is (part of) it; a catchword inside words that only
    hold a number (三类内部事务信息) stays."""
    if quantity.not_figure is None:
        return True
    inside = quantity.start <= hit.start and hit.end <= quantity.end
    return inside and (quantity.not_figure not in _SPOKEN or hit.end - hit.start < SHORTEST_INSIDE)


def _clause_start(text: str, line: Line, quantity: Quantity, lexicon: Lexicon) -> int:
    """Where the clause of a number begins.

    A colon right before it (动态类：58条) parts nothing, nor does the comma after the way in which
    something is done (通过门户网站，公开信息58条).
    """
    for mark in reversed(line.marks):
        if mark >= quantity.start or text[mark] not in _CLAUSE_MARKS:
            continue
        if text[mark] in "：:" and not _WORD.search(text, mark, quantity.start):
            continue
        if (
            text[mark] in "，,"
            and _MAINLY.search(text, line.start, mark)
            and _REACHES.fullmatch(text, mark + 1, quantity.start)
        ):
            continue
        if text[mark] in "，," and _is_way(text, line, mark, lexicon):
            continue
        return mark + 1
    return line.start


def _is_way(text: str, line: Line, comma: int, lexicon: Lexicon) -> bool:
    """Whether a way of publishing, and nothing that is done, stands before ``comma``."""
    way = _THROUGH.search(text, line.start, comma)
    if way is None or any(way.end() <= mark < comma for mark in line.marks):
        return False
    told = _telling(_hits(line, way.end(), comma))
    roles = {lexicon.role[hit.concepts[0]] for hit in told}
    return roles == {"channel"} and told[-1].end == comma


def counts_items(text: str, quantity: Quantity) -> bool:
    """Whether the number only counts the items of a list: 三项合计, 四大平台, 17个领域."""
    if quantity.unit == "个" and _FIELDS.match(text, quantity.end):
        return True
    few = quantity.kind == "count" and quantity.value <= FEW and not quantity.text[:1].isdigit()
    return few and bool(_ITEMS.match(text, quantity.end))


def _cut(text: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[Line]:
    outer = Line(start, end)
    found, stack = [outer], [outer]
    pending = list(quantities)
    for mark in _DELIMITER.finditer(text, start, end):
        position, character = mark.start(), mark.group()
        while pending and pending[0].end <= position:
            stack[-1].quantities.append(pending.pop(0))
        if pending and pending[0].start <= position:
            continue
        if character in _OPEN:
            inner = Line(position + 1, end, _host(text, stack[-1], position), stack[-1])
            found.append(inner)
            stack.append(inner)
        elif character in _OPEN.values() and len(stack) > 1:
            closed = stack.pop()
            closed.end = position
            stack[-1].holes.append((closed.start - 1, position + 1))
        elif character not in _OPEN.values():
            stack[-1].marks.append(position)
    stack[-1].quantities.extend(pending)
    return found


def _host(text: str, line: Line, position: int) -> Quantity | None:
    """The number that a bracket opening at ``position`` speaks of: the one right before it."""
    last = next((one for one in reversed(line.quantities) if one.not_figure is None), None)
    if last is None or any(
        last.end <= mark < position and text[mark] in _CLAUSE_MARKS for mark in line.marks
    ):
        return None
    return last


def _innermost(found: Sequence[Line], position: int) -> Line:
    holding = [line for line in found if line.start <= position < line.end]
    return holding[-1] if holding else found[0]


def _outside_names(
    text: str, start: int, end: int, quantities: Sequence[Quantity], lexicon: Lexicon
) -> Iterator[Hit]:
    """The words of the sentence but those inside a name in quotation marks or a title.

    A name that is little more than the word counts as the word, and so does the noun at the end
    of a title that is counted (《某省人民政府公报》12期).
    """
    counted = {one.start for one in quantities}
    names = list(_NAMES.finditer(text, start, end))
    for hit in lexicon.scan(text, start, end):
        around = (one for one in names if one.start() < hit.start and hit.end < one.end())
        inside = next(around, None) if names else None
        if inside is None or _is_whole_name(hit, inside) or _is_counted(hit, inside, counted):
            yield hit


def _is_whole_name(hit: Hit, name: regex.Match[str]) -> bool:
    return 3 * (hit.end - hit.start) >= 2 * (len(name.group()) - 2)


def _is_counted(hit: Hit, name: regex.Match[str], counted: set[int]) -> bool:
    return hit.end + 1 == name.end() and name.end() in counted and name.group().endswith("》")


_NAMES = regex.compile(r"“[^“”]{1,30}”|\"[^\"]{1,30}\"|《[^《》]{1,60}》|〈[^〈〉]{1,60}〉")


def _hits(line: Line, start: int, end: int) -> tuple[Hit, ...]:
    return tuple(hit for hit in line.hits if start <= hit.start and hit.end <= end)


def _telling(hits: Sequence[Hit]) -> list[Hit]:
    return [
        hit for hit in hits if hit.concepts[0] not in {"filler", "none", "last", "next", "total"}
    ]


def _right_edge(
    text: str, line: Line, quantity: Quantity, following: int, named: bool
) -> tuple[int, int]:
    """Where the words after a number end, and from where on words belong to the next number."""
    related = _RELATED.match(text, quantity.end)
    if related:
        return related.end(), related.end()
    mark = next((m for m in line.marks if m >= quantity.end and text[m] not in '“”"《》'), line.end)
    if _AMONG.match(text, quantity.end):
        return quantity.end, quantity.end + 1
    conjunction = _CONJUNCTION.match(text, quantity.end)
    if conjunction:
        return quantity.end, conjunction.end()
    if mark < following:
        return mark, mark + 1
    if following == line.end:
        return line.end, line.end
    between = _hits(line, quantity.end, following)
    compared = any(_COMPARING & set(hit.concepts) for hit in between)
    return (quantity.end, quantity.end) if named or compared else (following, following)
