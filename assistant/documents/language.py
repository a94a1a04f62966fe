"""Whether a document is in Norwegian at all, told from its commonest words."""

import re

# "" is Norwegian, both forms. Danish cannot be told from it by these, and is read as if it were.
_WORDS = {
    "": "og i av for til med som på er at skal det den en et å om ved ikke ikkje frå fra eit ein blir vert har kan vi dei de eller",
    "engelsk": "the of and to in is shall will with for by on be are or this that as an from it which their our",
    "svensk": "och att är för inte som på av den det med till ska skall om vid från eller ett en vi har kan",
    "tysk": "der die das und ist nicht mit für von zu den des im auf ein eine werden sind wird oder bei",
    "polsk": "i w na z do oraz nie jest się dla o po przez pracy lub są od jak że",
    "fransk": "le la les de des et du un une est en pour dans que par sur au avec ou ne",
    "spansk": "el la los las de y del un una es en para que por con se al o no su",
}
_LEAST_WORDS = 30
# Another language has to be this many times as likely: headings and names of forms may be in English.
_MARGIN = 1.25
_SAMPLE = 60_000


def foreign_language(text: str) -> str:
    """Return the Norwegian name of the language of a text, "" for Norwegian and for texts too short to tell."""
    words = re.findall(r"[^\W\d_]+", text[:_SAMPLE].lower())
    if len(words) < _LEAST_WORDS:
        return ""
    counts = {name: sum(word in known for word in words) for name, known in _SETS.items()}
    name = max(counts, key=lambda n: counts[n])
    if counts[name] <= _MARGIN * counts[""]:
        return "" if counts[""] * 50 >= len(words) or _has_norwegian_letters(text) else "et annet språk enn norsk"
    return name


def _has_norwegian_letters(text: str) -> bool:
    return len(re.findall("[æøåÆØÅ]", text)) * 500 >= len(text)


_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}
