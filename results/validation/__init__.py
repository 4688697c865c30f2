"""What came of holding the model against its patterns: figures, verdicts, and how they are shown."""
