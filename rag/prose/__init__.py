"""Prose by a language model, of which every sentence names the passages that it rests on."""
