"""How the reader was made; needs torch, and is never imported to answer."""
