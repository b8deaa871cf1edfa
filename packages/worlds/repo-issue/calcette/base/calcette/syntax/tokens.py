from typing import NamedTuple

TWO_CHARACTERS = ("<=", ">=", "==", "!=", "**")
ONE_CHARACTER = "+-*/%()<>,=?:^"


class Token(NamedTuple):
    kind: str  # "number", "name", "op" or "end"
    text: str
    position: int

    def is_op(self, *texts: str) -> bool:
        return self.kind == "op" and self.text in texts
