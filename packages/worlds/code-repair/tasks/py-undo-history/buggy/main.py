"""An editor buffer with undo and redo."""


class Buffer:
    def __init__(self, text=""):
        self.text = text
        self.undo_stack = []
        self.redo_stack = []

    def change(self, new_text):
        """Replace the text; what was undone before can no longer be redone."""
        if new_text == self.text:
            return
        self.undo_stack.append(self.text)
        self.text = new_text
        self.redo_stack.clear()

    def insert(self, position, piece):
        self.change(self.text[:position] + piece + self.text[position:])

    def delete(self, start, end):
        self.change(self.text[:start] + self.text[end:])

    def undo(self):
        if self.undo_stack:
            self.text = self.undo_stack.pop()
            self.redo_stack.append(self.text)

    def redo(self):
        if self.redo_stack:
            self.undo_stack.append(self.text)
            self.text = self.redo_stack.pop()


def edit(text, commands):
    """Run commands such as ["insert", 0, "a"], ["delete", 0, 1], ["undo"], ["redo"]."""
    buffer = Buffer(text)
    for name, *arguments in commands:
        getattr(buffer, name)(*arguments)
    return {"text": buffer.text, "undo": len(buffer.undo_stack), "redo": len(buffer.redo_stack)}
