"""Telegram on your own machine: a stand-in for the Bot API with a chat page, on loopback."""
