"""What-ifs while one moves a lever: the newest scenario is answered at once, and ever more surely."""
