"""What is fetched by its address."""
