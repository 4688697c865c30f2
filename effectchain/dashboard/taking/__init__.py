"""Take it with you: the what-if in sight as report, slides, figure or table."""
