"""Which body reports, and where it lies, as its name tells: keys for panels and for regions."""

from __future__ import annotations

import regex

_PROVINCE = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃"
    "|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
# A body is told by its name without the words that titles add in one year and leave out in another
# (the rule by which ``compare_years`` matches reports).
_TAIL = regex.compile(r"(?:人民)?政府?(?:办公[室厅])?$|办公[室厅]$")
_SPACE = regex.compile(r"[\s\p{P}\p{S}]+")
# 自治州 and 自治县 stand before 州 and 县; a name may hold several levels, the first is the widest.
_PLACE = regex.compile(
    rf"^(?:(?P<province>{_PROVINCE})(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)?)?"
    r"(?P<place>[\p{Han}]{1,12}?(?:自治州|自治县|自治旗|地区|新区|开发区|[市州盟县区旗镇乡]))?"
)


def body_of(organization: str | None) -> str | None:
    """The key of the body that ``organization`` names: 宁武县人民政府 and 宁武县 are one body."""
    if organization is None:
        return None
    name = _SPACE.sub("", organization)
    return _TAIL.sub("", name) or name or None


def region_of(organization: str | None) -> str | None:
    """The widest place that the name tells: the province, or else the city, county or town."""
    found = _PLACE.match(_SPACE.sub("", organization or ""))
    return (found["province"] or found["place"]) if found else None
