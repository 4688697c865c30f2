"""The front doors: Python API, command line and dashboard."""
