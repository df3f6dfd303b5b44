"""Geometry of what we draw: numbers in, places out. No Django here; the templates write the SVG."""
