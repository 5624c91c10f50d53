"""What people do: one function each that reads, decides, writes and journals."""
