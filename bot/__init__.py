"""The edges and the wiring: Telegram, the web, the command line, the loops."""
