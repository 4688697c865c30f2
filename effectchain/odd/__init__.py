"""The model's description after the ODD protocol, made from the rules and tables themselves: `make odd`."""
