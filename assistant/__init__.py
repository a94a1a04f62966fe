"""Answers questions on BHT and HMS with checked quotes. The way in is `assistant.dialogue.Assistant`."""
