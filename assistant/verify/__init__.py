"""Proof of what is said: a sentence against its sources, the same for a model's answer and for one that is pasted in."""

from assistant.verify.sentence import Judgement, Reason, judge_sentence
from assistant.verify.source import Source

__all__ = ["Judgement", "Reason", "Source", "judge_sentence"]
