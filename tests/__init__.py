"""The tests: they mirror the source folders, and keep journeys, machines and benches apart."""
