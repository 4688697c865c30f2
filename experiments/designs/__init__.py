"""Experiments: factors, designs, and the cells that come of them."""
