"""The phone page: HTML, CSS and JavaScript that the receiver serves as one file."""
