"""The roadmap: what is done when, what it costs and weighs, and a search for a better one."""
