"""The dashboard: pages on this machine in which strategists and trainers try out what would happen if."""
