"""Many runs: what-ifs, sweeps, sensitivity, attribution, roadmaps, calibration, validation and their engines."""
