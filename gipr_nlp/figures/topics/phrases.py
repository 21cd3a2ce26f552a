"""Where one subject of a list begins and ends, and which it is.

The words around it (等方面, 的申请, 类) are no part of it.
"""

from __future__ import annotations

from typing import NamedTuple

import regex

from gipr_nlp.figures.topics.words import TopicWords

SHORTEST, LONGEST = 2, 20
# From this length on what follows a conjunction is more than an addition (和补助).
LONG = 5
# How far an item of a list is looked at, with what stands around its phrase.
LONGEST_ITEM = 60
_ASKING = r"公开|提供|查阅|查询|获取|获得|索取|了解|咨询|询问|申请"
_HEAD = regex.compile(
    rf"(?:[：:\s“\"‘’”《①-⑩]|\p{{Han}}{{0,4}}(?:学生|群众|村民|居民|牧民|业主|企业|个人|公民|职工)(?:申请|要求)(?=(?:{_ASKING})?\p{{Han}}{{2}})|申请人(?={_ASKING}|要求)|既有|[也还又](?:有|涉及?|包括)|"
    r"(?:[（(]?[一二三四五六七八九\d][）)、.．是])"
    r"|主要|内?含|包括|包含|大多数?|多数?|分别|涉(?:及到?|(?=[\p{Han}]{3})(?![外密案农企税诉恐黑访军侨诈疫法烟毒赌枪]))|围绕|有关|关于|对(?![口外账])于?|针对|在(?![建职编校岗])于?|为(?!民)|是|于|以(?!工代)|了(?!解)|的|与|和|及|就(?![业医学诊读])|等|其中|其次|另有|另外|少数|剩下|其余"
    rf"|自身|自己|其?本人|此外|如何|个别|一些|各类|各种|我[市县区省乡镇]|本[市县区省乡镇]|辖区内?的?|被\p{{Han}}{{2}}(?:单位|企业)(?=\p{{Han}}{{4}})|\p{{Han}}{{2,6}}领域(?=\p{{Han}}{{4}})|(?:要求|申请|希望)?(?:{_ASKING})(?=\p{{Han}}{{2}}))++"
)
# 群众关心的征地补偿: what is said of the subject in front of it.
_SAID = regex.compile(
    r"[^、，。]*(?:关心|关注|相关|有关|密切|利益|利害|反映|申请|提出|涉及|所在|突出|热议|较多|集中)的"
)
_TAIL = regex.compile(
    r"(?:(?<![初中高平]|(?<!合)同)等(?![级待候额效同])[\p{Han}]{0,12}|(?<![一二三四五六七八九十])[几两三四五六多]个?大?(?=方面|领域|类|$)|之类.*|为目的?|一类|(?<![网线路地以])上|(?:方面|领域|(?<![分种人])类别?|类型|事项|问题|(?:相关|有关)(?:的?(?:资料|材料|文件|档案))?)(?:的?(?:政府)?(?:信息|内容|问题|事项|申请|事宜|情况)?)"
    r"|的(?:政府)?(?:信息公开)?(?:申请|信息|问题|事宜|事项|内容|较|最|占|居|有|均|都|数量|比例|比重|诉求|件数)?[\p{Han}]*"
    r"|申请(?:量|件|公开)?|展开|提出(?:的?申请)?|进行|有关|怎么.*|如何.*|为何.*|(?:分别|各|均|合计)?约?占(?!地|道|用|补).*|分别|[位排]?居(?=[前首第多于榜]).*|位列.*|排[名在].*"
    r"|较?[多高大]|最[多高大]|为[主多]|居多|[仅只各共约均计有]*[\d一二两三四五六七八九十百]+余?多?[件宗条起份个项].*|[仅只各共约计有]*\d.*|[.．…\s”\"’》]+)+$"
)
_ORGANISATION = regex.compile(
    r"(?:部门|单位|机关|(?:[^格布结]局)|委|厅|署|街道|乡镇|镇街|办公室|政府|[区县市]\p{Han}{1,4}办|科室|机构|专业人员|领导|人员|窗口|平台|渠道|栏目|网站|事务所)$"
)
_PROSE = regex.compile(
    r"^(?:用于|收到|接到|接收|受理|办理|推进|推动|加强|加大|强化|深化|优化|提升|提高|完善|健全|规范(?!性)|落实|贯彻|按照|坚持|做好|开展|组织|积极|及时|持续|严格|认真|全面|切实|进一步|不断|聚焦|建立|依法|依照|根据|通过|结合|紧扣|未(?!成年)|不(?!动产|良)|无(?!人|证|障碍|线)|没有|已|由|因|人以|经审查|属于)"
    r"|(?:精神|要求|机制|能力|水平|力度|意识|实效|成效|提交|提出|产生|提起|受理|收到|接到|接收|新收|显示)$|(?:复议|诉讼|^申诉|应诉)[）)]?(?:案件)?$|^诉讼|引起|引发|没有|[均都]未|不够|不强|不均|不高|不规范|不到位|更新慢|滞后|薄弱|欠缺|产生|提交|原因|收取|[共均](?:办理|答复|办结)|公开工作|信息公开(?!申请)|第三方|合法权益|个人隐私|商业秘密|国家秘密"
)
# The kinds of answers that the statutory table lists are no subjects.
_OUTCOME = regex.compile(
    r"^(?:信访(?:、)?举报投诉|信访|举报投诉|投诉举报|举报|投诉|行政执法案卷(?:信息)?|执法案卷|(?:行政)?(?:复议|诉讼)(?:案件)?|(?:快递|邮政|邮寄|信函|网络|传真)+|行政查询(?:事项)?|内部事务(?:信息)?|过程性信息|(?:公开)?出版物|重复申请|政府信息|其他处理|卷宗|正在(?:调查|处理)[\p{Han}]*|法律法规规定[\p{Han}]*)$"
)
_JOINT = regex.compile(
    r"(?:以及|(?<![总缓调共温饱附参])和(?![谐平睦解])|(?<![参给授赋])与(?![会否])|(?<![涉普波顾危])及(?![时其格第])|或者?)(?!补偿|安置(?!房|小区))"
)
# These part two subjects of one sphere as well.
_LISTING = ("以及", "或", "或者")
_TWO = regex.compile(r"[两二](?:个|大?类|项|方面|大领域)")
# The label of what is of no sphere, and of several.
OTHER = "other"


class Found(NamedTuple):
    """A subject at its place in the view."""

    label: str
    start: int
    end: int


def subjects(
    text: str,
    item: tuple[int, int],
    words: TopicWords,
    *,
    telling: bool = False,
    last: bool = False,
) -> tuple[Found, ...]:
    """The subjects of one ``item`` of a list, which is given by its start and end.

    A conjunction parts two subjects of different spheres (土地征收和学区划分), stands inside one
    where both are of the same (学区划分和积分入学) or one side names none (土地征收和补偿), and is
    that of the list in its ``last`` item. ``telling``: no subject that is named by a paper alone.
    """
    start, end = item[0], min(item[1], item[0] + LONGEST_ITEM)
    found: list[Found] = []
    joints = [
        one for one in _JOINT.finditer(text, start, end) if not words.one_over(text, *one.span())
    ]
    for place, joint in enumerate(joints, 1):
        until = joints[place].start() if place < len(joints) else end
        left = subject(text, start, joint.start(), words, telling=True)
        right = _second(text, joint, until, words)
        several = last or joint.group() in _LISTING or _TWO.search(text, joint.end(), until)
        if left and right and (several or _apart(left, right)):
            found.append(left)
            start = joint.end()
    rest = subject(text, start, end, words, telling=telling or bool(found))
    return (*found, rest) if rest else tuple(found)


def _second(text: str, joint: regex.Match[str], end: int, words: TopicWords) -> Found | None:
    """The subject behind a conjunction: a short paper or payment is only added to the first."""
    found = subject(text, joint.end(), end, words)
    if found and found.end - found.start >= LONG:
        return found
    return subject(text, joint.end(), end, words, telling=True)


def _apart(left: Found, right: Found) -> bool:
    return left.label != right.label or left.label == OTHER


def subject(
    text: str, start: int, end: int, words: TopicWords, *, telling: bool = False
) -> Found | None:
    """The subject of a phrase without conjunction, at the place of its own words."""
    start, end = _trimmed(text, start, end)
    phrase = text[start:end]
    if not SHORTEST <= len(phrase) <= LONGEST or "\n" in phrase:
        return None
    label = words.label(phrase, telling=telling)
    if not label or any(other.search(phrase) for other in (_ORGANISATION, _PROSE, _OUTCOME)):
        return None
    return Found(label, start, end)


def is_organisation(phrase: str) -> bool:
    """Whether a phrase ends like the name of a body: the last of 国土、规划等部门."""
    return bool(_ORGANISATION.search(phrase))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    for pattern in (_HEAD, _SAID, _HEAD):
        found = pattern.match(text, start, end)
        start = found.end() if found else start
    tail = _TAIL.search(text, start, end)
    return start, tail.start() if tail else end
