"""One file for each command: its options, and which part of EffectChain does the work.

What these files import at the top must load quickly, so that `--help` does; the work is imported when asked for.
"""
