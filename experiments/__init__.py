"""Many runs: what-ifs, sweeps, sensitivity, attribution, roadmaps, calibration, validation and their engines.

`ensemble.run_ensemble` lives many worlds of one scenario, `comparison.compare` a baseline and its what-ifs.
"""
