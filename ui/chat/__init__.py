"""The chat: questions on the left, the cited article on the right."""
