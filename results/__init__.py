"""What came out: run folders, their digests, statistics, the effect chain, figures and reports.

Knows tables only, so that it reads a folder written by an older model.
"""
