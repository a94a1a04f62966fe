"""The responders: each takes a question that is understood and returns a draft, or None when it is not its kind.

They are asked in order (dialogue.py); the first draft is the answer.
"""
