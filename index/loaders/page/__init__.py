"""Web pages, however they were saved."""
