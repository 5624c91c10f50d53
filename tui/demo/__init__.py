"""The demonstration: a chain that exists nowhere, a year of its audits, and phones that send."""
