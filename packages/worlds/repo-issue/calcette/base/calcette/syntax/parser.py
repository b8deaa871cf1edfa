"""Precedence climbing. From weakest: choice, comparison, sum, product, sign, power."""

from calcette.errors import SyntaxProblem
from calcette.syntax.lexer import Lexer
from calcette.syntax.nodes import Assign, Binary, Call, Choice, Define, Name, Number, Unary
from calcette.syntax.tokens import Token

PRECEDENCE = {
    "==": 1,
    "!=": 1,
    "<": 2,
    "<=": 2,
    ">": 2,
    ">=": 2,
    "+": 3,
    "-": 3,
    "*": 4,
    "/": 4,
    "%": 4,
}
POWER = ("**", "^")


class Parser:
    def __init__(self, source: str):
        self._tokens = list(Lexer(source).tokens())
        self._at = 0

    def parse(self):
        node = self._statement()
        self._expect_end()
        return node

    def _statement(self):
        start = self._at
        node = self._choice()
        if not self._current.is_op("="):
            return node
        equals = self._advance()
        if isinstance(node, Name):
            return Assign(node.name, self._choice())
        if isinstance(node, Call) and all(isinstance(arg, Name) for arg in node.args):
            return Define(node.name, tuple(arg.name for arg in node.args), self._choice())
        raise SyntaxProblem(f"cannot assign to what starts at {self._tokens[start].position}", equals.position)

    def _choice(self):
        test = self._binary(1)
        if not self._current.is_op("?"):
            return test
        self._advance()
        then = self._choice()
        self._expect(":")
        return Choice(test, then, self._choice())

    def _binary(self, minimum: int):
        left = self._sign()
        while self._current.kind == "op" and PRECEDENCE.get(self._current.text, 0) >= minimum:
            op = self._advance().text
            right = self._binary(PRECEDENCE[op] + 1)
            left = Binary(op, left, right)
        return left

    def _sign(self):
        if self._current.is_op("-", "+"):
            op = self._advance().text
            return Unary(op, self._sign())
        return self._power()

    def _power(self):
        base = self._atom()
        if self._current.is_op(*POWER):
            self._advance()
            return Binary("**", base, self._sign())
        return base

    def _atom(self):
        token = self._advance()
        if token.kind == "number":
            return Number(float(token.text))
        if token.kind == "name":
            if self._current.is_op("("):
                return Call(token.text, self._arguments())
            return Name(token.text)
        if token.is_op("("):
            inside = self._choice()
            self._expect(")")
            return inside
        raise SyntaxProblem(f"unexpected {token.text or 'end'!r}", token.position)

    def _arguments(self) -> tuple:
        self._expect("(")
        args = []
        while not self._current.is_op(")"):
            args.append(self._choice())
            if not self._current.is_op(","):
                break
            self._advance()
        self._expect(")")
        return tuple(args)

    @property
    def _current(self) -> Token:
        return self._tokens[self._at]

    def _advance(self) -> Token:
        token = self._tokens[self._at]
        if token.kind != "end":
            self._at += 1
        return token

    def _expect(self, text: str) -> None:
        if not self._current.is_op(text):
            raise SyntaxProblem(f"expected {text!r}", self._current.position)
        self._advance()

    def _expect_end(self) -> None:
        if self._current.kind != "end":
            raise SyntaxProblem(f"unexpected {self._current.text!r}", self._current.position)
