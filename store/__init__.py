"""What outlives a restart, and finding it again."""
