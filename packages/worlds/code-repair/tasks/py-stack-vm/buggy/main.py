"""A stack machine for little programs, given as lists [operation, argument]."""

BINARY = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "less": lambda a, b: int(a < b),
}


def run(program, limit=500):
    """Run a program; {"output", "stack"}. RuntimeError after `limit` steps."""
    stack = []
    output = []
    position = 0
    steps = 0
    while position < len(program):
        steps += 1
        if steps > limit:
            raise RuntimeError("step limit")
        operation, *arguments = program[position]
        position += 1
        if operation == "halt":
            pass
        elif operation == "push":
            stack.append(arguments[0])
        elif operation == "print":
            output.append(stack.pop())
        elif operation == "dup":
            stack.append(stack[-1])
        elif operation == "jump":
            position = arguments[0]
        elif operation == "jump_zero":
            if stack.pop() == 0 and stack:
                position = arguments[0]
        elif operation == "select":
            condition, b, a = stack.pop(), stack.pop(), stack.pop()
            if condition:
                stack.append(b)
            else:
                stack.append(a)
        elif operation in BINARY:
            b, a = stack.pop(), stack.pop()
            stack.append(BINARY[operation](a, b))
        else:
            raise ValueError("unknown operation: " + operation)
    return {"output": output, "stack": stack}
