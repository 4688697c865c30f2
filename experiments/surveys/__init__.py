"""Asking simulated customers and employees: instruments, who answers, and what they answer."""
