"""What a what-if comes to: who changed, what it earns or costs, and when it pays back."""
