"""Files made of records."""
