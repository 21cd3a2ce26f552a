"""Edges: where in its line the words begin and end that can name a number.

They begin with its clause, or before the bracket that it stands in; they end with the clause, or
where something is said of the next number.
"""

from __future__ import annotations

import regex

from gipr_nlp.figures.text.clauses import CLAUSE_MARKS, Line, hits_between, telling
from gipr_nlp.figures.text.lexicon import Hit, Lexicon
from gipr_nlp.records import Quantity

_THIS_IS = regex.compile(r"[，,—]*(?:这|即|也就是|便是|就是|此为)")
_SUBJECT = regex.compile(r"(?:[\p{Han}]{0,3}申请)?(?:因|由于|需|尚|仍|还|在|经)")
_THROUGH = regex.compile(r"(?:通过|利用|依托|借助|运用)(?=[^，,；;]{2,16}+\Z)")
_A_YEAR = regex.compile(r"(?:年度?|年同期|去年|上年)\Z")
# One item of 土地征收（16件）、加装电梯（9件）和学区划分（4件).
_LISTED = regex.compile(r"[、和与及以]?[^，,。；;：:]{2,30}+")
_PERSONS = frozenset({"名", "人", "位", "户", "家"})
SHARE = "share"
# 27件复议中，8件被纠正: what stands before 中 is counted, what follows is another's.
_AMONG = regex.compile(
    r"(?!\p{Han}{0,4}在)\p{Han}{0,8}?(?<![其集当办审])[中里](?!标|心|央|共|医|小|学|国|介|期|层|午|旬)"
)
# 6件与征地、拆迁有关 goes on with what they are about.
_RELATED = regex.compile(r"[与和同][^，,。；;]{1,24}?(?:有关|相关)")
# 以予以公开为主，达62件: what the clause before names is counted.
_MAINLY = regex.compile(r"以[^，,。；;]{2,16}(?:为主|居多|最多)\Z")
_REACHES = regex.compile(r"(?:共|达|有|计|为|达到|共计)*")
_CONJUNCTION = regex.compile(r"(?:以及|和|与|及|并|或)")
# 1个查阅室和7个查阅点: each number has the noun after it.
_THING_AND = regex.compile(r"([\p{Han}（）()]{2,14})(?:以及|和|与|及)")
_WORD = regex.compile(r"[\p{Han}A-Za-z]")
_COMPARING = frozenset({"up", "down", "compare"})
_AMOUNTS = "量数率"


def clause_start(text: str, line: Line, quantity: Quantity, lexicon: Lexicon) -> int:
    """Where the clause of a number begins.

    A colon right before it (动态类：58条) parts nothing, nor does the comma after the way in which
    something is done (通过门户网站，公开信息58条).
    """
    for mark in reversed(line.marks):
        if mark >= quantity.start or text[mark] not in CLAUSE_MARKS:
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
    told = telling(hits_between(line, way.end(), comma))
    roles = {lexicon.role[hit.concepts[0]] for hit in told}
    return roles == {"channel"} and told[-1].end == comma


def lead(
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
    hits = hits_between(outer, start, place)
    over = [index for index, hit in enumerate(hits) if SHARE in hit.concepts]
    hits = hits[over[-1] + 1 :] if over else hits
    if any(lexicon.tells_much(hit.concepts[0]) for hit in telling(hits)):
        return hits[0].start, hits
    listed = line.host is None and _LISTED.match(text, start, place) is not None
    return (start if listed or _A_YEAR.search(text, start, place) else left), before


def right_edge(
    text: str, line: Line, quantity: Quantity, following: int, named: bool
) -> tuple[int, int]:
    """Where the words after a number end, and from where on words belong to the next number."""
    related = _RELATED.match(text, quantity.end)
    if related:
        return related.end(), related.end()
    mark = next((m for m in line.marks if m >= quantity.end and text[m] not in '“”"《》'), line.end)
    among = _AMONG.match(text, quantity.end)
    if among and among.end() <= mark:
        return among.end() - 1, among.end()
    parted = _parted(text, quantity, following)
    if parted is not None:
        return parted
    if mark < following:
        return mark, mark + 1
    if following == line.end:
        return line.end, line.end
    between = hits_between(line, quantity.end, following)
    compared = any(_COMPARING & set(hit.concepts) for hit in between)
    return (quantity.end, quantity.end) if named or compared else (following, following)


def _parted(text: str, quantity: Quantity, following: int) -> tuple[int, int] | None:
    """The two edges where a conjunction parts the number, or its noun, from what follows."""
    conjunction = _CONJUNCTION.match(text, quantity.end)
    if conjunction:
        return quantity.end, conjunction.end()
    joined = _THING_AND.fullmatch(text, quantity.end, following)
    return (joined.end(1), following) if joined else None


def before_next(text: str, line: Line, quantity: Quantity, following: int, lexicon: Lexicon) -> int:
    """Where the noun of a number ends and what speaks of the next begins.

    That is a predicate (7个乡镇|公开信息189条, 4名群众|缴纳费用80元) or what the next measures (两条微信|阅读量达5万次).
    """
    told = telling(hits_between(line, quantity.end, following))
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


def explained(text: str, line: Line, quantity: Quantity, right: int, following: int) -> int:
    """The end of the clause that says what a bare number is.

    58件，这是全年收到的申请总数; 2件因材料不齐，结转下年度 (the number is the subject of both).
    """
    subject = text[right : right + 1] in {"，", ","} and _SUBJECT.match(text, quantity.end, right)
    if not subject and not _THIS_IS.match(text, right):
        return right
    end = next((mark for mark in line.marks if mark > right), line.end)
    return end if end <= following else right
