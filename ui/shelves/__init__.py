"""The archive page: what an archive holds, and what is added to it and removed."""
