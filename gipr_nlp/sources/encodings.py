"""Bytes to text: which encoding a report is in, whatever it says of itself.

The order is that of what can be proved: a byte-order mark; UTF-16 without one, told by its
zero bytes; strict UTF-8 (Chinese text in another encoding is practically never valid UTF-8, so
this also settles pages that declare the wrong one); GB18030, unless Big5 reads better; text in
either with a few broken bytes; and charset-normalizer's guess last.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import regex

from gipr_nlp.errors import UnsupportedSource

# utf-32 stands before utf-16: its little-endian mark begins with that of utf-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SAMPLE = 64_000
# The characters that every text of this kind is full of, in both scripts.
COMMON = frozenset(
    "的一是在和了有不为為以年月日政府信息资訊公开開申请請报報告依法行工作条條例数數件人大会會"
    "上中国國及对對进進主动動结結果理其他规規机機关關市县縣区區局加强強个個"
)
# Of classes this wide regex makes a pattern in a tenth of the time that re takes; re is faster
# at looking for the others.
CHINESE = regex.compile(r"[\u3400-\u9fff]")
PLAUSIBLE = regex.compile(
    r"[\x20-\x7e\t\r\n\u00a0-\u00ff\u2000-\u206f\u2460-\u24ff\u3000-\u303f\u3400-\u9fff\uff00-\uffef]"
)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd]")
DECLARED = re.compile(rb"""(?i)(?:charset|encoding)\s*+=\s*+["']?\s*+([a-z0-9_:.-]{2,30}+)""")
BROKEN_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text``, the ``encoding`` it was read in, and what had to be mended."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """``data`` as text; raises ``UnsupportedSource`` where it is no text at all."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    wide = _utf16_without_mark(data)
    if wide is not None:
        return _lenient(data, wide)
    decoded = _strict(data) or _broken(data) or _guessed(data)
    if decoded is None or _is_binary(decoded.text):
        raise UnsupportedSource(
            "binary data of an unknown kind, or text whose encoding is broken",
            advice="text, HTML, DOCX, PDF and JSON are read; convert the report to one of them",
        )
    return decoded


def _strict(data: bytes) -> Decoded | None:
    text = _try(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    text = _try(data, "gb18030")
    if text is None or _commonness(text) < 0.1:
        big5 = _try(data, "big5hkscs")
        if big5 is not None and _commonness(big5) > max(0.05, _commonness(text or "")):
            return Decoded(big5, "big5")
    return None if text is None or _is_binary(text) else Decoded(text, "gb18030")


def _broken(data: bytes) -> Decoded | None:
    """The text in UTF-8, GB18030 or a declared encoding, where only few bytes are broken."""
    encodings = ["utf-8", "gb18030", "big5hkscs"]
    declared = _declared(data)
    if declared is not None and declared not in encodings:
        encodings.append(declared)
    for encoding in encodings:
        text = data.decode(encoding, "replace")
        broken = text.count("\ufffd")
        readable = sum(1 for _ in CHINESE.finditer(text[:SAMPLE])) + text[:SAMPLE].isascii()
        if readable and broken <= max(1, len(text) * BROKEN_SHARE) and _commonness(text) > 0.05:
            return Decoded(text, encoding, (_mended(broken),))
    return None


def _guessed(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:SAMPLE], threshold=0.3).best()
    if best is None or best.encoding in {"utf-8", "ascii"}:
        return None
    decoded = _lenient(data, best.encoding)
    guessed = f"the encoding was guessed: {best.encoding}"
    return Decoded(decoded.text, decoded.encoding, (*decoded.warnings, guessed))


def _lenient(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd") - data.count("\ufffd".encode())
    warnings = (_mended(broken),) if broken > 0 else ()
    return Decoded(text, encoding.removesuffix("-sig"), warnings)


def _mended(broken: int) -> str:
    return f"{broken} broken characters could not be decoded"


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _declared(data: bytes) -> str | None:
    match = DECLARED.search(data[:4096])
    if match is None:
        return None
    try:
        return codecs.lookup(match[1].decode("ascii")).name
    except LookupError:
        return None


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 text that has no mark: ASCII in it leaves zeros on one side."""
    sample = data[: SAMPLE // 2 * 2]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(2, len(sample) // 200) or max(even, odd) < 4 * min(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample.decode(encoding, "replace")
    plausible = sum(1 for _ in PLAUSIBLE.finditer(text))
    return encoding if plausible > 0.9 * len(text) else None


def _commonness(text: str) -> float:
    """The share of the Chinese characters of ``text`` that are very common ones."""
    characters = CHINESE.findall(text[:SAMPLE])
    if not characters:
        return 0.0
    return sum(character in COMMON for character in characters) / len(characters)


def _is_binary(text: str) -> bool:
    """Whether ``text`` has so many control characters that it was never text.

    A text full of zero bytes between real words (a slip of a scraper) is still text.
    """
    sample = text[:SAMPLE]
    controls = CONTROL.findall(sample)
    if controls and set(controls) == {"\x00"}:
        return len(sample) == len(controls)
    return len(controls) > 0.05 * len(sample)
