"""What the maintainer's script ``build_geometry.py`` is made of: contours, projections, topology."""
