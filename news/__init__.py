"""The pure reading of news: bytes and text in, facts out. No clock, no chance, no files at call time, no network."""
