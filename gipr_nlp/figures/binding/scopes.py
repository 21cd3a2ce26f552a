"""Whose number it is, where it is not the body's own: 市本级, 县住建局, 各乡镇."""

from __future__ import annotations

import regex

from gipr_nlp.figures.text.lexicon import Lexicon
from gipr_nlp.figures.text.slots import Slot

_OFFICE = (
    r"(?:局|委|(?<![举承主协开筹交查])办|厅|院|所|站|镇|乡|街道|区|县|市|州|旗|部门|单位|本级|政府|系统|中心|大学|学院|公司|集团"
    r"|机关|办公室|支队|大队|分局|队|县区|镇街|委员会|管委会|办事处|地市|馆|关|社区|村)"
)
_NAME = regex.compile(
    rf"(?:[\p{{Han}}]{{1,14}}?{_OFFICE}|街道|镇街|街镇|[省市县区州盟旗镇乡村]级|[一二三四五六七八九十\d]{{1,3}}[县区市镇乡](?:[（(][市区县、]{{1,5}}[）)])?)(?:[（(][\p{{Han}}、]{{1,8}}[）)])?"
    r"(?=(?:共|新|累计)?(?:收到|收办|受理|接到|接收|办理|收|公开|答复|发布|主办|组织|牵头|上传|上报|报送|更新|承办|举办|召开|推送|录入)|为|$)"
)
# Offices that are counted right before what they do: 7个乡镇|公开信息189条.
_COUNTED = regex.compile(
    rf"(?:\d|[一二三四五六七八九十])[个家]([\p{{Han}}]{{0,8}}?{_OFFICE})(?:[（(][\p{{Han}}]{{1,6}}[）)])?$"
)
# What the measure words 个 and 家 count: 12个市直部门, 3家单位.
_OFFICES = regex.compile(
    r"(?:[\p{Han}]{0,4}?(?:部门|单位|街道|社区|乡镇|镇街|县区|县市区|学院|科室|处室|股室|委办局|企业|家庭|行政村|自然村|村庄|部门和单位)|[县市区旗州乡镇村])"
    r"(?!级|内|域|直|属|长)(?:[（(][市区县旗、]{1,5}[）)])?"
)
_OF_SOME = regex.compile(
    r"[\p{Han}]{2,7}?(?:超过\d|未(?!来|成年)|没有|长期|空缺|滞后|缺失|重复|断更|停更|更新不|不够|不足|不及时)"
)
_PLACE_OF_WORDS = regex.compile(
    r"网站(?:$|[（(])|融媒体中心$|专栏|栏目|平台|公众号|(?<!府)机关$|公开"
)
# 总队, 学校: the body that reports, by the last word of its name; 通过省新闻办: a way, no office's own.
_OWN = regex.compile(
    r"^(?:全|我|本|各级|其中|年内|当年|今年|今|(?:总|支|大|中)队$|学[校院]$|中心$|通过|依托|利用|借助)"
)
_LEADING = regex.compile(
    r"^(?:[，,、；;：:。\s]|其中|而|另|另有|还有|包括|含|和|与|及|以及|来自|由|在|全年|本年度?|今年|年内|最多的是|分别为|为|有)++"
)


def tells_of_some(text: str, slot: Slot) -> bool:
    """Whether something is said of some only, not how many there are: 5个栏目超过60天没有更新."""
    return slot.quantity.unit in {"个", "家", "名"} and bool(
        _OF_SOME.match(text, slot.quantity.end)
    )


def counts_offices(text: str, slot: Slot, lexicon: Lexicon) -> bool:
    """Whether the number counts offices or places: 4个街道未收到申请, but not 4个街道查阅点."""
    if slot.quantity.unit not in {"个", "家"}:
        return False
    found = _OFFICES.match(text, slot.quantity.end)
    if found is None:
        return False
    things = (
        hit for hit in slot.line.hits if lexicon.role[hit.concepts[0]] in {"object", "channel"}
    )
    return all(hit.start != found.end() for hit in things)


def is_own(scope: str, organization: str) -> bool:
    """Whether ``scope`` names the body itself that reports: its name, or the end of it."""
    name, said = organization.replace("人民", ""), scope.replace("人民", "")
    return bool(name) and len(said) > 2 and name.endswith(said)


def scope_of(text: str, slot: Slot) -> str | None:
    """The office or area that the clause of ``slot`` speaks of, None for the body itself."""
    words = text[slot.left : slot.quantity.start] if slot.told is None else slot.told
    if slot.told is None and slot.clause < slot.left:
        counted = _COUNTED.search(text, max(0, slot.left - 24), slot.left)
        if counted is not None:
            return counted.group(1)
    found = _NAME.match(_LEADING.sub("", words))
    if found is None or _PLACE_OF_WORDS.search(found.group()) or _OWN.match(found.group()):
        return None
    return found.group()
