"""Why a what-if changes an outcome: by measure, by path, and what blocks it."""
