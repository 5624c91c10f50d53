"""The program in which many past sheets are scored again beside the console."""

from domain.register.child import serve_parent
from domain.register.past_sheets import changes_of

if __name__ == "__main__":
    serve_parent(changes_of)
