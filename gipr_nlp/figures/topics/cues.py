"""The words that open a list of subjects (涉及, 集中在, 要求公开), and whether it is of requests.

What people enquired about, what proposals dealt with or what was published is told in the same
words; the matter that the text named last decides.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

# What the text speaks of; the nearest before a cue decides.
REQUEST = (
    r"(?<!被|许可|登记|援助|救助|低保|租房|贷款|认定|复议)申请(?!人?(?:表|流程|渠道|平台|入口|条件|指南|办法|书|材料|应当|处理行为)"
    r"|(?:行政)?复议|仲裁|法院|强制|执行)"
)
# 受理法律援助申请45件: applications for other things.
_OTHER_APPLICATIONS = (
    r"(?:受理|办理|办结|收到|接到|接收|审批|审核)[^，,。；;、：:\n\d]{0,8}?(?:许可|审批|援助|救助|低保|公租房|保障房|住房|贷款"
    r"|补贴|补助|登记|注册|备案|专利|商标|仲裁|鉴定|认定|评审|入学|占道|挖掘|道路|采伐|建房|公证|调解|赔偿|户口)申请[件数量]?(?=\d)"
)
_MATTER = regex.compile(
    rf"(?P<requests>{REQUEST}|公开申请书(?=[，,。；;])|新收(?=\d)|来件|收件)"
    r"|(?:没有|未曾?|无(?![法正]))(?:收到|接到|接收|受理)?[^，,。；;\n]{0,14}?申请"
    rf"|{_OTHER_APPLICATIONS}"
    r"|咨询|建议|提案|留言|热线|来电|来信|来访|信箱|工单|复议|诉讼|解读|访谈|专栏|栏目|公开栏|舆情|培训|征集"
    r"|(?<![已应可])主动公开|(?<!举报)投诉(?!、?举报|类)|发布|推送|刊发|编发"
    r"|(?<![请求望予以依意分不可动应未会已再法息全])公开(?![^，,。；;\n]{0,16}?申请)"
    r"(?=[^，,。；;\n]{0,16}?\d[\d,.]*万?余?条)"
)
_VERB = (
    r"(?:涉及到?|围绕|(?:集中)?体现[在为]|集中(?:分布)?(?:在|于|为)?|聚焦(?:于|在)?|主要在|包括|包含|涵盖|有关|关于|分布(?:在|于)|指向"
    r"|[主多]?[是为](?!了解)|(?<!没)有(?![关所效力待限些一])"
    r"|以(?=[^。；;\n]{2,60}?(?:为主|为多|居多|最多|较多))"
    r"|多?与(?=[^。；;\n]{2,60}?(?:有关|相关))|对(?=[^。；;\n]{2,60}?(?:关注|关心))|[：:])"
)
_WHAT = r"(?:关注点|内容|事项|诉求|需求|热点|焦点|主题|领域|问题|类别|类型|方向|关键词|高频词)"
_ASKING = r"(?:公开|提供|查阅|查询|获取|了解|索取|索要|知道|弄清|核实|调取|调阅|复制|看到?)"
_ASKED_OBJECT = rf"{_ASKING}(?:了|到|的是|的(?:政府)?信息(?:主要)?[有是为])?"
_OPENING = r"(?:申请(?![人表书者类均已未])|查询|查阅|了解|询问|问(?!题)|关于|针对|涉(?![及嫌诉密案企农外黑恐军侨税诈访疫众]))"
CUE = regex.compile(
    # what was asked: 申请内容主要涉及, 从内容上看，...
    rf"(?P<content>(?<!存在的?(?:主要)?){_WHAT}(?:而言|来看|上看|看|上|方面|[较比]?为?(?:单一|集中|广泛|分散|具体))?[，,][^，,。；;：:、\n]{{0,8}}?{_VERB}"
    rf"|(?:{_WHAT}|(?:申请(?:公开)?的|所涉)(?:政府)?信息|(?!申请人){REQUEST}|来件)[^，,。；;：:、\n]{{0,8}}?{_VERB}"
    rf"|内容(?:而言|来看|上看|看|上)[，,])"
    r"|(?P<firm>(?<![因由所未不]|没有)涉及到?|(?<=[，,：:])涉(?![及嫌诉密案企农外黑恐军侨税诈访疫众法烟])(?![^，,。；;\n]{0,24}(?:申请|占|类))|集中(?:在|于|为)|聚焦(?:于|在)|散见于|分散在|分布(?:在|于)"
    r"|来自于?(?=[^，。；\n]{2,40}?(?:领域|方面)))"
    r"|(?P<soft>围绕|询问|问的是|咨询|关于|针对(?![我本])|反映|涵盖|索要|索取"
    rf"|(?:要求|希望|请求|想要?|(?<!依)申请){_ASKED_OBJECT}|为了?{_ASKING}|(?<!被)申请人[^，,。、的\n]{{0,4}}?{_ASKED_OBJECT}"
    # how many of the requests: 主要是, 12件问, 其余申请, 查询...的3件
    rf"|(?:大多|多|主要|普遍|分别|均|都|系|既|少?部分|少数|少量|个别|具体|[，,][也还又更])(?:是|为|有|包括|{_OPENING})与?"
    rf"|(?<=[件宗份条成%％半]|余下的?|剩下的?|其余的?)(?:(?:是|为)?(?:{_OPENING}|要求|有关|要)|[是为系](?![因由为了]))"
    r"|(?:查询|查阅|了解|问(?!题)|申请(?!人))(?=[^，,。；;：:\n\d]{2,30}?的?[有共计]?\d+[件宗份])"
    # which come first
    r"|最[多高大][^，,。、\n]{0,6}?的?[是为]|(?:其次|再次|接下来|紧随其后的?|首位的?|第[一二三四]位?的?)[是为]"
    r"|(?:关注|关心|弄清|前列|前茅|前[两二三四五]位|靠前|居前|了解|知道)[^，,。、\n]{0,6}?[，,]?[是为]"
    r"|有关(?=[^，。；、\n\d]{2,20}的)|[再另]有(?=[^，。；\n]{2,20}申请)"
    r"|(?:人|群众|公众|居民|村民)[^，,。、\n]{0,4}?(?:关心|关注(?!点))的?"
    r"|(?:主要|重点|大多|普遍|更|最)(?:关注|关心)(?!度|点|的)"
    r"|[，,](?:例如|比如|诸如|如)(?![何实期果有下上前])"
    r"|属于?(?=[^，。；\n]{2,20}(?:类|方面|领域))|(?<!参)与(?=[^。；\n]{2,40}?(?:有关|相关))|以(?=[^。；\n]{2,40}?(?:为主|为多|居多|最多))"
    r"|对(?=[^，。；\n]{2,40}(?:关注|关心))|就(?=[^，。；\n]{2,60}?提出的[^，。；、\n]{0,8}申请))"
)
# Words for papers (档案, 合同) are subjects only of what somebody asks for.
ASKS = regex.compile(r"要求|希望|请求|申请|问|查询|查阅|索取|索要|了解|想")
COMMA = regex.compile(r"(?<!\d)[，,；;]|[，,；;](?!\d)")
# How far behind its end a cue looks for what must follow.
LONGEST_LOOK_AHEAD = 100
_ASKED = regex.compile(REQUEST)
_ASKED_FOR = regex.compile(r"申请(?!公开的?(?:政府)?信息工作)|来件")
# 对涉及征地的申请，建立会商机制: a rule for such requests, not a report of them.
_RULE = regex.compile(r"(?:对于?|针对|凡是?|遇到?|如|若|遇有|特别是|尤其是|将|就)$")
_GOVERNED = regex.compile(r"[^，,。；;\n]{2,60}?的(?:政府)?(?:信息公开)?(?:依)?申请")
# 涉及征地补偿的占26.4%, of what the sentence goes on to say.
_SHARED = regex.compile(r"[^，,。；;\n]{2,30}?的[约共]?(?:占|有)[约近]?\d")
_COUNTED_AFTER = regex.compile(
    rf"[^。\n]{{2,60}}?[，,；;][^，,；;。\n]{{0,12}}{REQUEST}[^，,；;。\n]{{0,6}}\d"
)
# 申请人多为被征地农民, 申请人以企业为主: who asks, not what for.
_APPLICANTS = regex.compile(r"(?:申请人|申请主体|申请者)(?:的?(?:身份|类型|构成)|主要|大多|普遍)?$")
_COUNTED_BEFORE = regex.compile(r"\d[件宗份]$")
_COUNTED = regex.compile(r"\d|[一二两三四五六七八九十]+[件宗份]")


@dataclass(slots=True)
class Sentence:
    """A sentence, with what it may take over from the text before it.

    ``follows``: the sentence before (or a title) speaks of requests; ``inside``: the part of the
    report does.
    """

    start: int
    end: int
    follows: bool
    inside: bool


def last_matter(text: str, start: int, end: int) -> bool | None:
    """Whether the last matter that the stretch speaks of is requests; None where it names none."""
    last = None
    for last in _MATTER.finditer(text, start, end):  # noqa: B007
        pass
    return None if last is None else last["requests"] is not None


def is_of_requests(text: str, done: int, cue: regex.Match[str], sentence: Sentence) -> bool:
    """Whether the list that ``cue`` opens is of requests; up to ``done`` the text has been read."""
    if cue.group()[-1] in "是为以有" and _APPLICANTS.search(text, sentence.start, cue.start()):
        return False
    if cue["soft"] and _ASKED.search(cue.group()) and _is_counted(text, cue, sentence.end):
        return True
    asked_for = cue["content"] and _ASKED_FOR.search(cue.group())
    if asked_for or cue.group().startswith("申请人"):
        return not _is_rule(text, cue, sentence.end)
    asked = last_matter(text, sentence.start if done == sentence.start else done, cue.start())
    if asked is None:
        told = done > sentence.start or sentence.follows
        asked = told or (sentence.inside and not cue["soft"]) or _told_after(text, cue, sentence)
    return asked and not _is_rule(text, cue, sentence.end)


def is_opened_again(text: str, cue: regex.Match[str], end: int) -> bool:
    """Whether a clearer cue follows before the first subject ends: 咨询的内容以户籍管理为主."""
    again = CUE.search(text, cue.end(), end + LONGEST_LOOK_AHEAD)
    return again is not None and again.end() <= end and not again["soft"]


def _told_after(text: str, cue: regex.Match[str], sentence: Sentence) -> bool:
    """Whether the requests stand behind the list: 涉及土地征收的申请12件; 所涉事项以...居多，收到申请8件."""
    if cue["content"]:
        published = "公开" in text[sentence.start : cue.end()]
        after = _COUNTED_AFTER.match(text, cue.end(), sentence.end)
        return after is not None and not published
    if _GOVERNED.match(text, cue.end()) is not None:
        return True
    shared = _SHARED.match(text, cue.end(), sentence.end) if cue["firm"] else None
    if shared is None and cue["firm"] and _COUNTED_BEFORE.search(text, sentence.start, cue.start()):
        shared = cue
    rest = shared and last_matter(text, shared.end(), sentence.end)
    return cue.group() == "就" or bool(rest)


def _is_rule(text: str, cue: regex.Match[str], end: int) -> bool:
    before = text[max(0, cue.start() - 3) : cue.start()]
    return bool(_RULE.search(before)) and not _counted_clause(text, cue, end)


def _is_counted(text: str, cue: regex.Match[str], end: int) -> bool:
    """12件申请..., 申请...12件."""
    return text[cue.start() - 1 : cue.start()] in tuple("件宗份") or _counted_clause(text, cue, end)


def _counted_clause(text: str, cue: regex.Match[str], end: int) -> bool:
    stop = COMMA.search(text, cue.end(), end)
    return _COUNTED.search(text, cue.end(), stop.start() if stop else end) is not None
