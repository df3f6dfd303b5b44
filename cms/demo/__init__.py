"""A site with something to see, and the people who may log in to it."""
