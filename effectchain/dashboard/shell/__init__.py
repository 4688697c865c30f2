"""The frame of every page: the bar at the top, languages, and the sentence when something failed."""
