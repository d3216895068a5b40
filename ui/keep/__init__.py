"""Conversations kept on disk: over a restart, for their owner alone."""
