"""The console: keys and screens that ask the register and carry out procedures."""
