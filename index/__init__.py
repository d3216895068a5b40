"""How an article gets in and is found again. Knows nothing of questions or answers."""
