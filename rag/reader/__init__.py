"""A reader of our own: which span of a passage answers, or none."""
