"""What word processors and publishers write."""
