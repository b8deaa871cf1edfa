from collections.abc import Iterator

from calcette.errors import SyntaxProblem
from calcette.syntax.tokens import ONE_CHARACTER, TWO_CHARACTERS, Token


class Lexer:
    def __init__(self, source: str):
        self.source = source
        self.position = 0

    def tokens(self) -> Iterator[Token]:
        while True:
            self._skip_blanks()
            if self.position >= len(self.source):
                yield Token("end", "", self.position)
                return
            yield self._next()

    def _next(self) -> Token:
        start = self.position
        char = self.source[start]
        if char.isdigit() or (char == "." and self._peek(1).isdigit()):
            return self._number()
        if char.isalpha() or char == "_":
            return self._take("name", lambda c: c.isalnum() or c == "_")
        if self.source[start : start + 2] in TWO_CHARACTERS:
            self.position += 2
            return Token("op", self.source[start : self.position], start)
        if char in ONE_CHARACTER:
            self.position += 1
            return Token("op", char, start)
        raise SyntaxProblem(f"unexpected {char!r}", start)

    def _number(self) -> Token:
        start = self.position
        self._take("number", str.isdigit)
        if self._peek(0) == ".":
            self.position += 1
            self._take("number", str.isdigit)
        if self._peek(0) in ("e", "E"):
            sign = 1 if self._peek(1) in ("+", "-") else 0
            if self._peek(1 + sign).isdigit():
                self.position += 1 + sign
                self._take("number", str.isdigit)
        return Token("number", self.source[start : self.position], start)

    def _take(self, kind: str, wanted) -> Token:
        start = self.position
        while self.position < len(self.source) and wanted(self.source[self.position]):
            self.position += 1
        return Token(kind, self.source[start : self.position], start)

    def _skip_blanks(self) -> None:
        while self._peek(0).isspace():
            self.position += 1
        if self._peek(0) == "#":
            while self._peek(0) not in ("", "\n"):
                self.position += 1
            self._skip_blanks()

    def _peek(self, ahead: int) -> str:
        at = self.position + ahead
        return self.source[at] if at < len(self.source) else ""
