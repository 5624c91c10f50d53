"""The records: tables, the journal, the one writer, and the questions that may be asked of them."""
