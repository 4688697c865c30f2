"""Documents for people: HTML, PDF and slides."""
