"""What-ifs beside a baseline, in the same worlds."""
