"""The receiver: phones and browsers talk HTTP to procedures."""
