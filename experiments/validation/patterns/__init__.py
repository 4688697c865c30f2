"""One file a pattern, or a pair of kin: what is claimed, which worlds are lived, and what must come out."""
