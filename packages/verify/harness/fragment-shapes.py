# Reads a fragment of a Python file and says what its undefined names must be able to do.
# stdin: {"text", "from", "to", "missingModules", "missingNames", "useDefinitions"}; stdout: one JSON document, see propose/src/fragment/python.ts
import ast
import builtins
import json
import re
import sys

STRING = set("upper lower strip lstrip rstrip split rsplit startswith endswith replace title capitalize casefold encode isdigit isalpha isalnum isspace isupper islower zfill splitlines partition rpartition format swapcase ljust rjust center find rfind".split())
LIST = set("append extend insert sort reverse".split())
DICTIONARY = set("items keys values get setdefault popitem".split())
SET = set("add union intersection difference issubset issuperset discard symmetric_difference".split())
SAME = {"sorted", "reversed", "list", "tuple", "set", "frozenset", "iter"}
KINDS = {"str": "string", "int": "number", "float": "number", "bool": "boolean", "list": "list", "tuple": "list", "dict": "dictionary", "set": "set", "Sequence": "list", "Iterable": "list", "List": "list", "Tuple": "list", "Dict": "dictionary", "Mapping": "dictionary", "Set": "set", "Callable": "function", "datetime": "date", "Decimal": "number"}
DEEPEST = 7


class Node:
    def __init__(self, name=""):
        self.joined = None
        self.name = name
        self.hints = {}
        self.members = {}
        self.literals = []
        self.lines = set()
        self.parts = {}

    def me(self):
        return self if self.joined is None else self.joined.me()

    def hint(self, kind, weight=1.0):
        hints = self.me().hints
        hints[kind] = hints.get(kind, 0) + weight

    def member(self, name):
        return self.me().members.setdefault(name, Node(name)).me()

    def part(self, which):
        me = self.me()
        return me.parts.setdefault(which, Node(me.name if which == "returns" else "")).me()

    def join(self, other):
        me, other = self.me(), other.me()
        if me is other:
            return
        other.joined = me
        me.name = me.name or other.name
        for kind, weight in other.hints.items():
            me.hint(kind, weight)
        me.literals += other.literals
        me.lines |= other.lines
        for name, member in other.members.items():
            me.member(name).join(member)
        for which, part in other.parts.items():
            me.part(which).join(part)

    def all_lines(self, seen):
        me = self.me()
        if id(me) in seen:
            return set()
        seen.add(id(me))
        lines = set(me.lines)
        for inner in [*me.members.values(), *me.parts.values()]:
            lines |= inner.all_lines(seen)
        return lines

    def freeze(self, above=()):
        me = self.me()
        if me in above or len(above) > DEEPEST:
            return None
        path = (*above, me)
        members = {name: member.freeze(path) for name, member in me.members.items()}
        part = lambda which: me.parts[which].freeze(path) if which in me.parts else None
        return {
            "name": me.name,
            "hints": me.hints,
            "members": {name: member for name, member in members.items() if member is not None},
            "element": part("element"),
            "keyed": part("keyed"),
            "returns": part("returns"),
            "literals": list(dict.fromkeys(me.literals)),
        }


class Shapes(ast.NodeVisitor):
    def __init__(self, missing_modules, module_names):
        self.module_names = module_names
        self.roots = {}
        self.scopes = [{}]
        self.later = []
        self.owner = None
        self.missing_modules = missing_modules
        self.aliases = {}

    def root(self, name):
        return self.roots.setdefault(name, Node(name)).me()

    def run(self, statements):
        for statement in statements:
            self.visit(statement)
        while self.later:
            scopes, work = self.later.pop(0)
            self.scopes, self.owner = scopes, None
            work()

    def bind(self, target, value):
        if isinstance(target, ast.Name):
            scope = self.scopes[-1]
            if value is not None:
                value.me().name = value.me().name or target.id
            known = scope.get(target.id)
            if known is None or value is None:
                scope[target.id] = value if known is None else known
            else:
                known.me().join(value)
            if value is not None:
                value.me().lines.add(target.lineno)
        elif isinstance(target, (ast.Tuple, ast.List)):
            if value is not None:
                value.hint("list", 2)
            for inner in target.elts:
                self.bind(inner, None if value is None else value.part("element"))
        elif isinstance(target, ast.Starred):
            self.bind(target.value, value)
        else:
            known = self.of(target)
            if known is not None and value is not None:
                known.join(value)

    def of(self, node):
        """The shape of an expression that something undefined may flow into; None where nothing does."""
        if node is None:
            return None
        found = getattr(self, "of_" + type(node).__name__, self.other)(node)
        if found is not None:
            found.me().lines.add(node.lineno)
            return found.me()
        return None

    def other(self, node):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.expr):
                self.of(inner)
        return None

    def of_Name(self, node):
        for scope in reversed(self.scopes):
            if node.id in scope:
                return scope[node.id]
        return None if hasattr(builtins, node.id) or node.id in ("__name__", "__file__") else self.root(node.id)

    def of_Attribute(self, node):
        owner = self.of(node.value)
        return None if owner is None else owner.member(node.attr)

    def of_Subscript(self, node):
        owner, index = self.of(node.value), node.slice
        if isinstance(index, ast.Slice):
            for part in (index.lower, index.upper, index.step):
                inner = self.of(part)
                if inner is not None:
                    inner.hint("number", 1)
            if owner is not None:
                owner.hint("list", 0.6)
                owner.hint("string", 0.5)
            return owner
        inner = self.of(index)
        if owner is None:
            return None
        if isinstance(index, ast.Constant) and isinstance(index.value, str):
            owner.literals.append(index.value)
            owner.hint("dictionary", 1)
            return owner.part("keyed")
        if isinstance(index, (ast.Constant, ast.UnaryOp)):
            owner.hint("list", 0.5)
            return owner.part("element")
        if isinstance(index, ast.JoinedStr) or (inner is not None and inner.hints.get("string", 0) > 0):
            return owner.part("keyed")
        return owner.part("element")

    def of_Await(self, node):
        value = self.of(node.value)
        if value is None:
            return None
        value.hint("promise", 3)
        return value.part("element")

    def of_NamedExpr(self, node):
        value = self.of(node.value)
        self.bind(node.target, value)
        return value

    def of_BoolOp(self, node):
        found = [self.of(value) for value in node.values]
        for value in found:
            if value is not None:
                value.hint("boolean", 0.2)
        return next((value for value in found if value is not None), None)

    def of_IfExp(self, node):
        self.truth(node.test)
        first, second = self.of(node.body), self.of(node.orelse)
        return first or second

    def truth(self, node):
        value = self.of(node)
        if value is not None:
            value.hint("boolean", 0.2)

    def of_UnaryOp(self, node):
        value = self.of(node.operand)
        if value is not None:
            value.hint("boolean" if isinstance(node.op, ast.Not) else "number", 0.2 if isinstance(node.op, ast.Not) else 1)
        return None

    def of_BinOp(self, node):
        sides = [(node.left, node.right), (node.right, node.left)]
        shapes = [self.of(node.left), self.of(node.right)]
        for shape, (_, other) in zip(shapes, sides):
            if shape is None:
                continue
            kind = constant_kind(other)
            if isinstance(node.op, ast.Add):
                shape.hint(kind or "number", 1.5 if kind else 0.3)
            elif isinstance(node.op, ast.Mod) and kind == "string":
                pass
            elif isinstance(node.op, ast.Mult) and kind in ("string", "list"):
                shape.hint("number", 1.5)
            elif isinstance(node.op, (ast.BitOr, ast.BitAnd)):
                shape.hint("set", 0.5)
            else:
                shape.hint("number", 1.5)
        return None

    def of_Compare(self, node):
        values = [node.left, *node.comparators]
        shapes = [self.of(value) for value in values]
        for i, operator in enumerate(node.ops):
            if isinstance(operator, (ast.In, ast.NotIn)):
                if shapes[i + 1] is not None:
                    for kind, weight in (("list", 0.6), ("dictionary", 0.5), ("string", 0.3)):
                        shapes[i + 1].hint(kind, weight)
                if shapes[i] is not None:
                    for element in getattr(values[i + 1], "elts", []):
                        self.constant(element, shapes[i], 1)
                continue
            for shape, other in ((shapes[i], values[i + 1]), (shapes[i + 1], values[i])):
                if shape is None:
                    continue
                self.constant(other, shape, 1.5)
                if not isinstance(operator, (ast.Eq, ast.NotEq, ast.Is, ast.IsNot)) and constant_kind(other) is None:
                    shape.hint("number", 1)
        return None

    def constant(self, node, shape, weight):
        kind = constant_kind(node)
        if kind is not None:
            shape.hint(kind, weight)
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, int, float)) and not isinstance(node.value, bool):
            shape.literals.append(node.value)

    def of_FormattedValue(self, node):
        value = self.of(node.value)
        if value is not None and node.format_spec is not None and re.search(r"[dfeg%]'", ast.unparse(node.format_spec)):
            value.hint("number", 2)
        return None

    def of_Lambda(self, node):
        self.scopes.append({argument.arg: Node(argument.arg) for argument in node.args.args})
        self.of(node.body)
        self.scopes.pop()
        return None

    def comprehension(self, node):
        self.scopes.append({})
        for generator in node.generators:
            self.iterate(generator.target, generator.iter)
            for condition in generator.ifs:
                self.truth(condition)
        for field in ("elt", "key", "value"):
            if hasattr(node, field):
                self.of(getattr(node, field))
        self.scopes.pop()
        return None

    of_ListComp = of_SetComp = of_GeneratorExp = of_DictComp = comprehension

    def iterate(self, target, iterable):
        name = iterable.func.id if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Name) else None
        if name == "enumerate" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
            self.bind(target.elts[0], None)
            return self.iterate(target.elts[1], iterable.args[0])
        if name == "zip" and isinstance(target, ast.Tuple) and len(target.elts) == len(iterable.args):
            for inner, argument in zip(target.elts, iterable.args):
                self.iterate(inner, argument)
            return None
        if isinstance(iterable, ast.Call) and isinstance(iterable.func, ast.Attribute) and iterable.func.attr in ("items", "values", "keys") and not iterable.args:
            owner = self.of(iterable.func.value)
            if owner is not None:
                owner.hint("dictionary", 3)
                value = owner.part("keyed")
                if iterable.func.attr == "items" and isinstance(target, ast.Tuple) and len(target.elts) == 2:
                    self.bind(target.elts[0], None)
                    return self.bind(target.elts[1], value)
                return self.bind(target, value if iterable.func.attr == "values" else None)
        value = self.of(iterable)
        if value is None:
            return self.bind(target, None)
        value.hint("list", 2)
        return self.bind(target, value.part("element"))

    def of_Call(self, node):
        arguments = [self.of(argument) for argument in node.args] + [self.of(keyword.value) for keyword in node.keywords]
        first = arguments[0] if arguments else None
        function = node.func
        if isinstance(function, ast.Attribute):
            owner, name = self.of(function.value), function.attr
            if owner is None:
                if name == "join" and first is not None:
                    first.hint("list", 2)
                    first.part("element").hint("string", 1)
                return None
            # `requests.get(url, timeout=9)` is no dictionary.
            if node.keywords or isinstance(function.value, ast.Name) and function.value.id in self.module_names:
                return owner.member(name).part("returns")
            if name in STRING:
                owner.hint("string", 2)
                return None
            if name in LIST:
                owner.hint("list", 2)
                if name == "append" and node.args:
                    self.constant(node.args[0], owner.part("element"), 1)
                return None
            if name in DICTIONARY:
                owner.hint("dictionary", 2)
                return owner.part("keyed") if name in ("get", "setdefault") else None
            if name in SET:
                owner.hint("set", 2)
                return owner
            if name == "pop":
                owner.hint("list", 1)
                return owner.part("element")
            return owner.member(name).part("returns")
        if isinstance(function, ast.Name) and hasattr(builtins, function.id) and first is not None:
            name = function.id
            if name in SAME:
                first.hint("list", 1.5)
                return first
            if name in ("sum", "max", "min"):
                if len(arguments) == 1 or name == "sum":
                    first.hint("list", 2)
                    first.part("element").hint("number", 2)
                    return None if name == "sum" else first.part("element")
                for argument in arguments:
                    if argument is not None:
                        argument.hint("number", 1)
            elif name in ("len", "any", "all", "enumerate", "zip", "map", "filter"):
                for argument in arguments:
                    if argument is not None:
                        argument.hint("list", 0.8)
                if name == "len":
                    first.hint("string", 0.4)
            elif name in ("range", "abs", "round", "pow", "divmod", "chr", "float"):
                for argument in arguments:
                    if argument is not None:
                        argument.hint("number", 2)
            elif name in ("ord", "open", "int"):
                first.hint("string" if name != "int" else "number", 1.5)
                if name == "ord":
                    first.literals.append("a")
            elif name == "isinstance" and len(node.args) > 1:
                for kind in getattr(node.args[1], "elts", [node.args[1]]):
                    if isinstance(kind, ast.Name) and kind.id in KINDS:
                        first.hint(KINDS[kind.id], 0.8)
            return None
        called = self.of(function)
        return None if called is None else called.part("returns")

    def generic_visit(self, node):
        if isinstance(node, ast.expr):
            self.of(node)
        else:
            super().generic_visit(node)

    def visit_Assign(self, node):
        value = self.of(node.value)
        for target in node.targets:
            if value is None and isinstance(target, (ast.Attribute, ast.Subscript)):
                shape = self.of(target)
                if shape is not None:
                    self.constant(node.value, shape, 0.5)
            else:
                self.bind(target, value)

    def visit_AnnAssign(self, node):
        value = self.of(node.value)
        self.bind(node.target, value)

    def visit_AugAssign(self, node):
        value = self.of(node.value)
        shape = self.of(node.target)
        if shape is not None:
            kind = constant_kind(node.value)
            shape.hint(kind or "number", 1.5 if kind else 0.8)
        if value is not None and not isinstance(node.op, ast.Add):
            value.hint("number", 1.5)

    def visit_For(self, node):
        self.iterate(node.target, node.iter)
        for statement in [*node.body, *node.orelse]:
            self.visit(statement)

    visit_AsyncFor = visit_For

    def visit_If(self, node):
        self.truth(node.test)
        for statement in [*node.body, *node.orelse]:
            self.visit(statement)

    visit_While = visit_If

    def visit_With(self, node):
        for item in node.items:
            value = self.of(item.context_expr)
            if value is not None:
                value.hint("record", 2)
            if item.optional_vars is not None:
                self.bind(item.optional_vars, value)
        for statement in node.body:
            self.visit(statement)

    visit_AsyncWith = visit_With

    def visit_Raise(self, node):
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        shape = self.of(raised)
        if shape is not None:
            shape.hint("error", 9)
        self.of(node.exc) if isinstance(node.exc, ast.Call) and shape is None else None

    def visit_ExceptHandler(self, node):
        kinds = getattr(node.type, "elts", [node.type]) if node.type is not None else []
        for kind in kinds:
            shape = self.of(kind)
            if shape is not None:
                shape.hint("error", 9)
        if node.name is not None:
            self.scopes[-1][node.name] = None
        for statement in node.body:
            self.visit(statement)

    def visit_Import(self, node):
        for alias in node.names:
            name = (alias.asname or alias.name).split(".")[0]
            if alias.name.split(".")[0] in self.missing_modules or alias.name in self.missing_modules:
                self.scopes[-1].pop(name, None)
                self.root(name)
                self.aliases[alias.name if alias.asname else name] = name
            else:
                self.scopes[-1][name] = None

    def visit_ImportFrom(self, node):
        module = node.module or ""
        for alias in node.names:
            name = alias.asname or alias.name
            if node.level == 0 and (module in self.missing_modules or module.split(".")[0] in self.missing_modules):
                self.root(name)
            else:
                self.scopes[-1][name] = None

    def visit_FunctionDef(self, node):
        for decorator in node.decorator_list:
            self.of(decorator)
        for default in [*node.args.defaults, *(each for each in node.args.kw_defaults if each)]:
            self.of(default)
        self.scopes[-1][node.name] = None
        own = {}
        positional = [*node.args.posonlyargs, *node.args.args]
        for argument in [*positional, *node.args.kwonlyargs]:
            own[argument.arg] = Node(argument.arg)
            annotate(argument.annotation, own[argument.arg])
        if self.owner is not None and positional and not any(getattr(each, "id", "") == "staticmethod" for each in node.decorator_list):
            own[positional[0].arg] = self.owner
        for argument, default in zip(reversed(positional), reversed(node.args.defaults)):
            self.constant(default, own[argument.arg], 1)
        for argument, kind in ((node.args.vararg, "list"), (node.args.kwarg, "dictionary")):
            if argument is not None:
                own[argument.arg] = Node(argument.arg)
                own[argument.arg].hint(kind, 3)
        node.shapes = own
        # A function in a class does not see the names of the class.
        scopes = [*(self.scopes if self.owner is None else self.scopes[:-1]), own]
        self.later.append((scopes, lambda: [self.visit(statement) for statement in node.body]))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node):
        for base in node.bases:
            shape = self.of(base)
            if shape is not None:
                shape.hint("error", 9)
        self.scopes[-1][node.name] = None
        self.scopes.append({})
        outer, self.owner = self.owner, Node("self")
        for statement in node.body:
            self.visit(statement)
        self.owner = outer
        self.scopes.pop()


def constant_kind(node):
    if isinstance(node, ast.JoinedStr):
        return "string"
    if isinstance(node, ast.Constant):
        value = node.value
        return "boolean" if isinstance(value, bool) else "number" if isinstance(value, (int, float)) else "string" if isinstance(value, str) else None
    return {"List": "list", "Tuple": "list", "ListComp": "list", "Dict": "dictionary", "DictComp": "dictionary", "Set": "set", "Lambda": "function"}.get(type(node).__name__)


def annotate(annotation, node):
    """A declared type counts for more than any use. True when it says something."""
    if annotation is None:
        return False
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return False
    if isinstance(annotation, ast.BinOp):
        return annotate(annotation.left, node) or annotate(annotation.right, node)
    if isinstance(annotation, ast.Subscript):
        base = getattr(annotation.value, "id", getattr(annotation.value, "attr", ""))
        inner = getattr(annotation.slice, "elts", [annotation.slice])
        if base in ("Optional", "Union", "Final", "Annotated", "Awaitable"):
            return annotate(inner[0], node)
        kind = KINDS.get(base)
        if kind is None:
            return False
        node.hint(kind, 10)
        if kind in ("list", "set"):
            annotate(inner[0], node.part("element"))
        elif kind == "dictionary" and len(inner) == 2:
            annotate(inner[1], node.part("keyed"))
        elif kind == "function" and len(inner) == 2:
            annotate(inner[1], node.part("returns"))
        return True
    kind = KINDS.get(getattr(annotation, "id", getattr(annotation, "attr", "")))
    if kind is None:
        return False
    node.hint(kind, 10)
    return True


OPENERS = {"else": "if True:", "elif": "if True:", "except": "try:", "finally": "try:"}
HEADS = ["", "def _fragment():", "async def _fragment():", "loop def", "loop async"]


def indent_of(line):
    return len(line) - len(line.lstrip())


def readings(lines):
    """Ways to read the lines as a part of a program: (lines before, the lines, lines after)."""
    filled = [line for line in lines if line.strip()]
    if not filled:
        return
    base, first = min(map(indent_of, filled)), indent_of(filled[0])
    opening, levels, lowest = [], [], first
    for line in filled[1:]:
        if indent_of(line) < lowest:
            lowest = indent_of(line)
            word = re.match(r"\w*", line.strip()).group()
            levels.insert(0, " " * lowest + OPENERS.get(word, "if True:"))
    word = re.match(r"\w*", filled[0].strip()).group()
    if word in OPENERS:
        opening = [" " * first + OPENERS[word].replace("True", "False"), " " * (first + 1) + "pass"]
    closing = [" " * (indent_of(filled[-1]) + 1) + "pass"] if filled[-1].rstrip().endswith(":") else []
    if any(line.strip() == "try:" for line in levels) and not any(re.match(r"\s*(except|finally)\b", line) for line in filled):
        closing.append(" " * base + "finally: pass")
    tries = [closing]
    for column in sorted({indent_of(line) for line in filled if line.strip() == "try:"}, reverse=True):
        tries.append([*closing, " " * column + "finally: pass"])
    for after in tries:
        for head in HEADS:
            needed = 0 if head == "" else 2 if head.startswith("loop") else 1
            shift = max(0, needed - base) if head != "" else -base if base > 0 else 0
            if shift < 0:
                continue  # taking indentation away would change texts over several lines
            pad = " " * shift
            before = [head] if head and not head.startswith("loop") else []
            if head.startswith("loop"):
                before = [("async " if head == "loop async" else "") + "def _fragment():", " for _once in [1]:"]
            own = [pad + line for line in lines]
            yield [*before, *(pad + line for line in [*levels, *opening])], own, [pad + line for line in after], base + shift


def main():
    question = json.load(sys.stdin)
    lines = question["text"].split("\n")
    start, end = question["from"], question["to"]
    chosen = lines[start - 1 : end]
    for before, own, after, column in readings(chosen):
        try:
            tree = compile("\n".join([*before, *own, *after]) + "\n", "fragment", "exec", ast.PyCF_ONLY_AST)
            compile(tree, "fragment", "exec")
            break
        except SyntaxError as error:
            problem = str(error)
    else:
        print(json.dumps({"error": problem if any(map(str.strip, chosen)) else "the lines are empty"}))
        return
    body = tree.body
    wrapped = len(before) > 0 and before[0].endswith("_fragment():")
    if wrapped:
        body = tree.body[0].body
        if len(before) > 1 and before[1].startswith(" for _once"):
            body = body[0].body
    shapes = Shapes(set(question["missingModules"]), module_names(question["text"], tree, set(question["missingModules"])))
    shapes.run(body)
    missing = dict(shapes.roots)
    calls = calls_of(body, chosen, missing)
    definitions, defined, typed = surroundings(question, lines, start, end, missing)
    for name in defined:
        missing.pop(name, None)
    for name in question["missingNames"]:
        if name not in missing:
            missing[name] = shapes.root(name)
    shift = start - 1 - len(before)
    print(
        json.dumps(
            {
                "before": before,
                "body": own,
                "after": after,
                "column": column,
                "wrapped": wrapped,
                "calls": calls,
                "definitions": definitions,
                "defined": defined,
                "lines": sorted({line + shift for line in executable(tree) if start <= line + shift <= end}),
                "aliases": shapes.aliases,
                "missing": [
                    {
                        "name": name,
                        "shape": node.freeze(),
                        "lines": sorted(line + shift for line in node.all_lines(set())),
                        "typed": name in typed,
                    }
                    for name, node in missing.items()
                ],
            }
        )
    )


def module_names(text, tree, missing):
    """Names of modules that are not there, wherever the file imports them."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        pass  # the fragment alone
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.asname or alias.name.split(".")[0] for alias in node.names if {alias.name, alias.name.split(".")[0]} & missing}
    return found


def executable(tree):
    """Lines on which a statement begins, but for those that only declare; the body of a function counts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.stmt) and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Global, ast.Nonlocal)):
            if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) and not isinstance(node, ast.Try):
                yield node.lineno


def calls_of(body, chosen, missing):
    """Calls of functions and classes that the fragment defines and does not use."""
    calls = []
    names = [node.id for statement in body for node in ast.walk(statement) if isinstance(node, ast.Name)]

    def arguments(function, owner, skip):
        given = []
        positional = [*function.args.posonlyargs, *function.args.args][skip:]
        required = len(positional)
        for argument in positional[:required]:
            name = f"{owner}({argument.arg})"
            missing[name] = function.shapes[argument.arg]
            given.append([name, ""])
        for argument in function.args.kwonlyargs:
            name = f"{owner}({argument.arg})"
            missing[name] = function.shapes[argument.arg]
            given.append([name, argument.arg + "="])
        return given

    for statement in body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name not in names:
            calls.append({"call": statement.name, "arguments": arguments(statement, statement.name, 0), "methods": []})
        elif isinstance(statement, ast.ClassDef) and statement.name not in names:
            functions = [each for each in statement.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and hasattr(each, "shapes")]
            maker = next((each for each in functions if each.name == "__init__"), None)
            methods = [
                {"call": each.name, "arguments": arguments(each, f"{statement.name}.{each.name}", 0 if any(getattr(d, "id", "") == "staticmethod" for d in each.decorator_list) else 1)}
                for each in functions
                if not each.name.startswith("__") and not any(getattr(d, "id", getattr(d, "attr", "")) in ("property", "setter") for d in each.decorator_list)
            ]
            calls.append({"call": statement.name, "arguments": [] if maker is None else arguments(maker, statement.name, 1), "methods": methods})
    return calls


def surroundings(question, lines, start, end, missing):
    """Imports and definitions of the file around the fragment that it needs, and declared types of the parameters around it."""
    try:
        tree = ast.parse(question["text"]) if question["useDefinitions"] else None
    except SyntaxError:
        tree = None
    typed = set()
    if tree is None:
        return [], [], typed
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.lineno < start and node.end_lineno >= end:
            for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
                if argument.arg in missing and annotate(argument.annotation, missing[argument.arg]):
                    typed.add(argument.arg)
    outside = [each for each in tree.body if each.end_lineno < start or each.lineno > end]
    chosen, used, queue = [], set(), [name for name in missing if name.isidentifier()]
    while queue:
        name = queue.pop()
        if name in used:
            continue
        found = next((each for each in outside if name in declared(each)), None)
        if found is None or isinstance(found, (ast.Import, ast.ImportFrom)) and set(modules_of(found)) & set(question["missingModules"]):
            continue
        used |= set(declared(found))
        if found not in chosen:
            chosen.append(found)
            queue += [each.id for each in ast.walk(found) if isinstance(each, ast.Name)]
    chosen.sort(key=lambda each: each.lineno)
    first = lambda each: min([each.lineno, *(d.lineno for d in getattr(each, "decorator_list", []))])
    return ["\n".join(lines[first(each) - 1 : each.end_lineno]) for each in chosen], sorted(used), typed


def modules_of(node):
    names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    return {part for name in names for part in (name, name.split(".")[0])}


def declared(node):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign):
        return [each.id for target in node.targets for each in ast.walk(target) if isinstance(each, ast.Name)]
    if isinstance(node, ast.AnnAssign) and node.value is not None and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


main()
