"""Calibration: the open parameters of a scenario, fitted to what an organisation knows about itself."""
