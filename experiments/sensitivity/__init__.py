"""Which factors of a sweep move an indicator most."""
