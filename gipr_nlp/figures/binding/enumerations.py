"""Enumerations before a number that name no single thing: 通过网站、微信等渠道公开信息300条."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import regex

from gipr_nlp.figures.text.lexicon import CHANNEL, FILLER, INFORMATION, Hit, Lexicon
from gipr_nlp.figures.text.slots import Slot

NEW_MEDIA = "new_media"
WAYS = frozenset({CHANNEL, "path"})
# Ways that lead from those who ask: where one is listed, so are the others.
_ASKING = frozenset({"mail", "in_person", "fax", "email"})
# 门户网站在线申请 is one way to ask.
ONLINE = {"website": "web"}
SOCIAL = frozenset({"wechat", "weibo", "short_video", "wechat_weibo", NEW_MEDIA})
# Ways beside the website and social media: 报刊、电视等其他渠道 are the other channels themselves.
REST = frozenset({"other_channel", "media", "offline"})
# Channels that bear the name of what they carry (视频).
THINGS = frozenset({"short_video"})
_WAYS = regex.compile(r"等[\p{Han}]{0,6}?(?:渠道|平台|方式|途径|载体|形式|媒体|多种|多个|场所)")
_AMONG_WAYS = regex.compile(rf"\p{{Han}}{{0,8}}?{_WAYS.pattern}")
_REASONS = regex.compile(r"等(?:原因|情形|情况|因素|缘由|理由|(?=作?其[他它]处理))")
_BECAUSE = regex.compile(r"(?:申请)?(?:因|由于)")
_INFORMATION = regex.compile(
    r"等(?:各类|各项|方面|领域|相关|有关|主要|的)*+(?:政府|政务)?(?:信息|内容)"
)
_INCLUDING = regex.compile(r"(?:包括|包含|含)[^。；;]{2,60}?在内的")
_JOINED = regex.compile(r"(?:案件)?(?:、|和|及|与|以及|或者?)(?:被?提起)?")
EXAMPLE = 8
KIND = "kind"
REST_OF = "rest"
VAGUE = frozenset({"not_processed", "withdrawn", "other_handling"})


def without_examples(text: str, slot: Slot, lexicon: Lexicon) -> Slot:
    """``slot`` without the words that a list only gives as examples.

    Of several channels none is the number's own; those of social media together are new media.
    What stands before 等 in a list of subjects is not what the number counts.
    """
    before = tuple(_of_channels(text, slot.before, slot.quantity.start, lexicon))
    context = tuple(_of_channels(text, _nearest_channels(text, slot, lexicon), slot.left, lexicon))
    context = tuple(_outside_ways(text, context, slot, lexicon))
    before = tuple(_of_applicants(text, _of_reasons(text, before), lexicon))
    before = tuple(_outside_including(text, before, slot))
    before = tuple(_of_subjects(text, before, slot, lexicon))
    after = tuple(_of_causes(text, slot, lexicon))
    if (before, after, context) == (slot.before, slot.after, slot.context):
        return slot
    return slot._replace(before=before, after=after, context=context)


def names_two(text: str, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the words before the number are two matters of one kind: 复议和诉讼共7件."""
    if _and_the_rest(text, slot, lexicon):
        return True
    told = [hit for hit in slot.before if lexicon.role[hit.concepts[0]] == "object"]
    if len(told) < 2 or slot.told is not None:
        return False
    one, other = (lexicon.named_alone(hit.concepts) for hit in told[-2:])
    joined = _JOINED.fullmatch(text, told[-2].end, told[-1].start)
    if not (joined and one and other) or one & other or _told_together(told[-2:], lexicon):
        return False
    return _alike(one, other, lexicon)


def _and_the_rest(text: str, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether an outcome and the rest are told as one: 不予处理及其他18件."""
    told = [hit for hit in slot.before if lexicon.weight[hit.concepts[0]] > 0]
    if len(told) < 2 or slot.told is not None:
        return False
    outcome, rest = told[-2:]
    if REST_OF not in rest.concepts or lexicon.role[outcome.concepts[0]] != "outcome":
        return False
    return _JOINED.fullmatch(text, outcome.end, rest.start) is not None


def _told_together(pair: Sequence[Hit], lexicon: Lexicon) -> bool:
    """Whether a metric of its own counts both: 人大建议和政协提案共134件."""
    first, second = (frozenset(hit.concepts) for hit in pair)
    rules = (rule for concept in first for rule in lexicon.rules.get(concept, ()))
    return any(rule.needs & second for rule in rules)


def _alike(one: Iterable[str], other: Iterable[str], lexicon: Lexicon) -> bool:
    return {lexicon.group(name) for name in one} == {lexicon.group(name) for name in other}


def without_modifiers(text: str, slot: Slot, lexicon: Lexicon) -> Slot:
    """``slot`` without what only says which kind of information is counted: 食品检测信息6条."""
    told = [hit for hit in slot.before if lexicon.weight[hit.concepts[0]] > 0]
    if len(told) < 2 or INFORMATION not in told[-1].concepts:
        return slot
    modifier = told[-2]
    apart = text[modifier.end : told[-1].start]
    telling = set(modifier.concepts) & lexicon.of_information
    if telling or any(mark in apart for mark in "、的等"):
        return slot
    return slot._replace(before=tuple(hit for hit in slot.before if hit is not modifier))


def _is_channel(hit: Hit, lexicon: Lexicon) -> bool:
    return lexicon.role[hit.concepts[0]] in WAYS


def _nearest_channels(text: str, slot: Slot, lexicon: Lexicon) -> list[Hit]:
    """The words of the clauses before, of the channels only those of the last clause with any."""
    context = [hit for hit in slot.context if not _labels_address(hit, slot)]
    channels = [hit for hit in context if _is_channel(hit, lexicon)]
    if not channels:
        return context
    marks = [
        mark for mark in slot.line.marks if mark < channels[-1].start and text[mark] in "，,；;"
    ]
    clause = max(marks, default=slot.context_start - 1)
    return [hit for hit in context if hit not in channels or hit.start > clause]


def _labels_address(hit: Hit, slot: Slot) -> bool:
    """Whether a word only labels an address: 网站:http://www.…"""
    addresses = (one for one in slot.line.quantities if one.not_figure == "url")
    return any(0 <= one.start - hit.end <= 2 for one in addresses)


def _of_channels(text: str, words: Sequence[Hit], end: int, lexicon: Lexicon) -> Iterator[Hit]:
    if not any(_is_channel(hit, lexicon) for hit in words):
        yield from words
        return
    hits = _without_genus(_without_objects(words, lexicon), lexicon)
    channels = [hit for hit in hits if _is_channel(hit, lexicon)]
    if len(channels) < 2:
        yield from (hit for hit in hits if hit not in channels or not _is_one_of(text, hit))
        return
    if not _ASKING & {hit.concepts[0] for hit in channels}:
        channels = [hit for hit in channels if lexicon.role[hit.concepts[0]] == CHANNEL]
    kinds = {ONLINE.get(hit.concepts[0], hit.concepts[0]) for hit in channels}
    ways = bool(channels) and bool(
        _WAYS.search(text, channels[-1].end, min(end, channels[-1].end + 16))
    )
    if len(kinds) < 2 and not (ways and len(channels) > 1):
        yield from hits
        return
    social = kinds <= SOCIAL
    rest = text[channels[-1].start - 1] == "等" and kinds <= REST
    for hit in hits:
        if hit not in channels or (rest and hit is channels[-1]):
            yield hit
        elif social and hit is channels[-1]:
            yield Hit(hit.start, hit.end, (NEW_MEDIA,))


def _is_one_of(text: str, channel: Hit) -> bool:
    """Whether a channel only stands for others: 通过公开栏等渠道. Social media stay what they are."""
    return channel.concepts[0] not in SOCIAL and bool(_AMONG_WAYS.match(text, channel.end))


def _without_objects(words: Sequence[Hit], lexicon: Lexicon) -> list[Hit]:
    """The words, where a channel's name for what goes out through another (微博共转发视频) is none."""
    acts = {hit.end for hit in words if lexicon.role[hit.concepts[0]] == "action"}
    first = next((hit for hit in words if lexicon.role[hit.concepts[0]] == CHANNEL), None)
    return [
        Hit(hit.start, hit.end, (FILLER,))
        if hit.start in acts and hit.concepts[0] in THINGS and not _same_channel(hit, first)
        else hit
        for hit in words
    ]


def _without_genus(words: Sequence[Hit], lexicon: Lexicon) -> list[Hit]:
    """The words without a channel that only says of what kind the next one is: 新媒体|微信公众号."""
    ways = [hit for hit in words if lexicon.role[hit.concepts[0]] == CHANNEL]
    genus = {one for one, next_one in pairwise(ways) if one.end == next_one.start}
    return [hit for hit in words if not (hit in genus and hit.concepts[0] == NEW_MEDIA)]


def _same_channel(hit: Hit, first: Hit | None) -> bool:
    return first is None or bool(set(hit.concepts) & set(first.concepts))


def _of_applicants(text: str, hits: Sequence[Hit], lexicon: Lexicon) -> Iterator[Hit]:
    """公民、法人和其他组织: whoever may ask, not who asked."""
    asking = [hit for hit in hits if lexicon.role[hit.concepts[0]] == "applicant"]
    listed = len(asking) > 1 and "、" in text[asking[0].end : asking[-1].start + 1]
    return (hit for hit in hits if not (listed and hit in asking))


def _of_reasons(text: str, hits: Sequence[Hit]) -> list[Hit]:
    """The words but those of 因本机关不掌握等原因, where more is told after them."""
    return [
        hit
        for hit in hits
        if not (_REASONS.match(text, hit.end) and any(other.start > hit.end for other in hits))
    ]


def _of_causes(text: str, slot: Slot, lexicon: Lexicon) -> Iterator[Hit]:
    """The words after the number but those of 19件因不掌握而无法提供, where an outcome follows.

    An outcome that says little (不予处理, 终止) gives way to its cause: 6件因重复申请不予处理.
    """
    outcomes = [hit for hit in slot.after if lexicon.role[hit.concepts[0]] == "outcome"]
    if len(outcomes) < 2 or not _BECAUSE.match(text, slot.quantity.end):
        return iter(slot.after)
    vague = VAGUE & set(outcomes[-1].concepts) and not VAGUE & set(outcomes[0].concepts)
    left = outcomes[-1:] if vague else outcomes[:-1]
    return (hit for hit in slot.after if hit not in left)


def _of_subjects(text: str, hits: Sequence[Hit], slot: Slot, lexicon: Lexicon) -> Iterator[Hit]:
    """Without the subjects of A、B等信息, where something is named after 等."""
    such = text.rfind("等", slot.left, slot.quantity.start)
    first = text.find("、", slot.left, max(such, slot.left))
    rest = [hit for hit in hits if hit.start > such]
    examples = such >= 0 and first >= 0 and any(lexicon.weight[h.concepts[0]] > 0 for h in rest)
    kept = {"action"} if _INFORMATION.match(text, such) else {"action", "channel"}
    for hit in hits:
        listed = first - EXAMPLE <= hit.start < such or KIND in hit.concepts
        if not (examples and listed) or lexicon.role[hit.concepts[0]] in kept:
            yield hit


def _outside_ways(text: str, hits: Sequence[Hit], slot: Slot, lexicon: Lexicon) -> Iterator[Hit]:
    """Without the things in a list of ways that the clause before gives: 通过统计公报、新闻媒体等场所."""
    ways = _WAYS.search(text, slot.context_start, slot.left)
    for hit in hits:
        listed = ways is not None and hit.start < ways.end()
        if not listed or lexicon.role[hit.concepts[0]] not in {"object", "path"}:
            yield hit


def _outside_including(text: str, hits: Sequence[Hit], slot: Slot) -> list[Hit]:
    """The words but those of 包括 ... 在内的, which only gives examples."""
    found = _INCLUDING.search(text, slot.left, slot.quantity.start)
    if found is None:
        return list(hits)
    return [hit for hit in hits if hit.end <= found.start() or hit.start >= found.end()]
