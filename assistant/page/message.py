"""The messages of the talk as HTML: a question, an answer, an error. Pure functions; everything is escaped here."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from assistant import texts as said
from assistant.answer import Answer, Citation, Engine, Outcome
from assistant.nynorsk import Language, say, say_html
from assistant.page import texts
from corpus.document import Verdict

_MARKER = re.compile(r"\[(\d{1,3})\](?!\()")
_LONGEST_KEPT_WORD = 28  # with a marker behind it, a longer one would be wider than a small phone
_LINK_SCHEMES = ("https://", "http://")


def render_question(text: str) -> str:
    """Return the user's message; line breaks are kept."""
    return f'<article class="turn question"><h3 class="visually-hidden">{texts.YOU}</h3><p data-verbatim>{escape(text)}</p></article>'


def render_pending(*, by_model: bool = False) -> str:
    """Return what stands in the answer's place while it is being made."""
    said, state = (texts.WRITING, " by-model") if by_model else (texts.SEARCHING, "")
    return f'<article class="turn answer pending{state}" aria-busy="true"><p>{said}</p></article>'


def render_error(text: str) -> str:
    """Return an error as a message of the talk."""
    return (
        f'<article class="turn answer error"><h3 class="visually-hidden">{texts.ERROR}</h3>'
        f'<div class="answer-text"><p>{escape(text)}</p></div></article>'
    )


def render_answer(answer: Answer, turn: int, language: Language = Language.BOKMAAL) -> str:
    """Return the whole answer: badges, text, warnings, and the question it asks back."""
    after = _warnings(answer) + _asks_back(answer) + _see_sources(answer, turn)
    return say_html(_article(answer, turn, say(answer.text, language), after), language)


def render_partial(answer: Answer, turn: int) -> str:
    """Return the answer as far as a model has written it."""
    return _article(answer, turn, answer.text, "", " streaming by-model")


def render_markdown(text: str, citations: Sequence[Citation] = ()) -> str:
    """Return Markdown as HTML, without raw HTML and images, with markers of the citations as buttons."""
    text = text.replace("§ ", "§\N{NO-BREAK SPACE}")
    return str(_parser().render(text, {"citations": {c.n: c for c in citations}}))


def badge_labels(answer: Answer) -> list[tuple[str, str]]:
    """Return the badges of an answer as pairs of style name and text."""
    badges = []
    if answer.outcome in texts.OUTCOMES:
        badges.append((answer.outcome.value, texts.OUTCOMES[answer.outcome]))
    if answer.verdict is Verdict.NO and texts.NOT_AUTOMATIC in answer.text.lower():
        badges.append((answer.verdict.value, texts.NO_NOT_AUTOMATIC))
    elif answer.verdict:
        badges.append((answer.verdict.value, texts.VERDICTS[answer.verdict]))
    return badges


def _article(answer: Answer, turn: int, text: str, after: str, state: str = "") -> str:
    badges = "".join(f'<li class="badge badge-{name}">{label}</li>' for name, label in badge_labels(answer))
    badge_list = f'<ul class="badges">{badges}</ul>' if badges else ""
    return (
        f'<article class="turn answer{state}" data-turn="{turn}"><h3 class="visually-hidden">{texts.ANSWER}</h3>'
        f'{badge_list}<div class="answer-text">{render_markdown(text, answer.citations)}</div>{_author(answer)}{after}</article>'
    )


def _author(answer: Answer) -> str:
    """Return who wrote the text, nothing when it is the sources' own words."""
    return f'<p class="author">{said.WRITTEN_BY_MODEL}</p>' if answer.engine is Engine.LLM else ""


def _warnings(answer: Answer) -> str:
    if not answer.warnings:
        return ""
    items = "".join(f"<li>{escape(warning)}</li>" for warning in answer.warnings)
    return f'<div class="warnings"><h4>{texts.WARNINGS}</h4><ul>{items}</ul></div>'


def _asks_back(answer: Answer) -> str:
    """Return the question back, with its choices as buttons; not said again when the text already says it."""
    question = answer.follow_up_question
    if not question:
        return ""
    said = question.strip().lower() in answer.text.lower()
    lead = f"<h4>{texts.ASKS_BACK}</h4>" if answer.outcome is Outcome.ASKS_BACK else ""
    text = "" if said else f"{lead}<p>{escape(question)}</p>"
    choices = "".join(
        f'<li><button type="button" data-ask="{escape(choice, quote=True)}">{escape(choice)}</button></li>'
        for choice in answer.choices
    )
    if not text and not choices:
        return ""
    return f'<div class="asks-back">{text}{f"<ul class=choices>{choices}</ul>" if choices else ""}</div>'


def _see_sources(answer: Answer, turn: int) -> str:
    """Return the button to the panel: on a phone it is below, and an earlier answer's panel has been replaced."""
    count = len(answer.citations) or len(answer.nearest)
    if not count:
        return ""
    label = (texts.SEE_SOURCES if answer.citations else texts.SEE_NEAREST).format(count=count)
    return f'<p class="see-sources"><button type="button" data-see="{turn}">{label}</button></p>'


@cache
def _parser() -> MarkdownIt:
    """Return the parser: CommonMark and tables, no raw HTML, no images, no definitions of links."""
    parser = (
        MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable(["reference", "html_block"])
    )
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.core.ruler.push("tame", _tame)
    parser.add_render_rule("citation", _render_citation)
    parser.add_render_rule("image", lambda self, tokens, index, options, env: "")
    parser.validateLink = lambda url: url.lower().startswith(_LINK_SCHEMES)  # type: ignore[method-assign]
    return parser


def _citation_rule(state: StateInline, silent: bool) -> bool:
    match = _MARKER.match(state.src, state.pos, state.posMax)
    if not match or int(match[1]) not in state.env.get("citations", {}):
        return False
    if not silent:
        state.push("citation", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _tame(state: StateCore) -> None:
    """Put headings below the page's own, open links in a tab of their own, keep markers with the word before."""
    for token in state.tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = "h4"
        if token.children:
            token.children = list(_keep_markers(token.children))
            for child in token.children:
                if child.type == "link_open":
                    child.attrs |= {"target": "_blank", "rel": "noopener noreferrer"}


def _keep_markers(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield the tokens with every run of markers bound to the word before and the full stop after: no line breaks there."""
    index = 0
    while index < len(tokens):
        run = list(takewhile(lambda token: token.type == "citation", tokens[index + 1 :]))
        before, _, word = tokens[index].content.rstrip().rpartition(" ")
        if tokens[index].type != "text" or not run or len(word) > _LONGEST_KEPT_WORD:
            yield tokens[index]
            index += 1
            continue
        yield _text(f"{before} " if before else "")
        yield Token("keep_open", "span", 1, attrs={"class": "keep"})
        yield _text(f"{word} ")
        yield from run
        index += 1 + len(run)
        after = tokens[index].content if index < len(tokens) and tokens[index].type == "text" else ""
        stop = after[: len(after) - len(after.lstrip(".,;:!?)»"))]
        yield _text(stop)
        yield Token("keep_close", "span", -1)
        if stop:
            tokens[index].content = after[len(stop) :]


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _render_citation(
    _self: object, tokens: Sequence[Token], index: int, _options: object, env: dict[str, dict[int, Citation]]
) -> str:
    number = int(tokens[index].content)
    label = texts.CITE.format(n=number, label=env["citations"][number].label)
    return f'<button type="button" class="cite" data-cite="{number}" aria-label="{escape(label, quote=True)}">{number}</button>'
