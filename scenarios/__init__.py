"""What the organisation is and what is done to it: scenario files, building blocks, self-diagnosis, presets."""
