"""What is read from a page's markup and text, against what a careful reader would write down."""
