"""What is in a text: litter, captions, what stands above it."""
