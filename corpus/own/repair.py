"""Broken characters in a user's document: repaired where they are surely broken, right text left as it is."""

import re

from ftfy import TextFixerConfig, fix_text

# Entities are the readers' business, and quotation marks are the author's.
_CHARACTERS = TextFixerConfig(unescape_html=False, uncurl_quotes=False, fix_encoding=False, explain=False)
_ENCODING = _CHARACTERS._replace(fix_encoding=True)
# UTF-8 read as something else leaves one of these behind; without them right text ("NÅ»") is never guessed about.
_SIGN_OF_MOJIBAKE = re.compile(r"[ÃÂ√├┬\x80-\x9f\ufffd]|â(?=[^\w\s])")
# ftfy looks at a line as a whole and gives up where it is half right. No Norwegian word holds these pairs.
_MENDED = "æøåÆØÅéèêëóòôöäüÉÈÓÒÔÖÄÜáàÁÀñçÇ§«»°·´½¼¾²³±µ©®–—‘’“„…•€™"
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\u0085\u2028\u2029]")
# Bullets of the Symbol and Wingdings fonts, which PDF and Word files keep in the private use area.
_BULLET = re.compile("[\uf06c\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0fc]")
_MAX_PASSES = 8


def repair_text(text: str) -> str:
    """Return the text with broken encoding, ligatures and invisible characters mended.

    Every blank but tab and line break becomes a plain space. Text that is right comes back as it was, and so does
    repaired text.
    """
    for _ in range(_MAX_PASSES):  # text can have been broken more than once
        repaired = _repair_once(text)
        if repaired == text:
            break
        text = repaired
    return text


def _repair_once(text: str) -> str:
    if _SIGN_OF_MOJIBAKE.search(text):
        text = _PAIR.sub(lambda match: _PAIRS[match[0]], fix_text(text, _ENCODING))
    text = _LINE_BREAK.sub("\n", text)
    text = _CONTROL.sub("", _INVISIBLE.sub("", text))
    text = _BULLET.sub("•", _SPACE.sub(" ", text))
    return fix_text(text, _CHARACTERS)


def _read_wrong(character: str) -> str:
    """Return what UTF-8 looks like when it is read as Windows-1252; bytes that it lacks are read as Latin-1."""
    return "".join(
        chr(byte) if byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else bytes([byte]).decode("cp1252")
        for byte in character.encode()
    )


_PAIRS = {_read_wrong(character): character for character in _MENDED} | {"Â\u00a0": " "}
_PAIR = re.compile("|".join(sorted(map(re.escape, _PAIRS), key=len, reverse=True)))
