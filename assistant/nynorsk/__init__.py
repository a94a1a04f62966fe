"""The words of the interface in nynorsk. What the sources and the users say stays as they said it."""

from assistant.nynorsk.language import Language
from assistant.nynorsk.markup import say_html
from assistant.nynorsk.translate import say

__all__ = ["Language", "say", "say_html"]
