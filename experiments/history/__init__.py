"""Worlds lived week by week with all that people went through, so that somebody can look on and follow one of them."""
