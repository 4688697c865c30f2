"""Which conclusions survive: margins, verdicts, and how they are shown."""
