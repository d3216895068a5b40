"""Other ways to do the same, run beside ours. Only here may eval import a big framework."""
