"""Measurements anyone can run again. Each reads its data from a folder given as an argument."""
