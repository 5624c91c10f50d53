"""What Forecourt knows and decides: pure values on top, records and procedures below."""
