interface Edit {
  at: number;
  removed: string;
  inserted: string;
}

function splice(text: string, at: number, length: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}

class Buffer {
  text = '';
  private undoable: Edit[] = [];
  private redoable: Edit[] = [];

  edit(at: number, length: number, inserted: string): void {
    if (at < 0 || length < 0 || at + length > this.text.length) throw new RangeError('edit outside of the text');
    const removed = this.text.slice(at, at + length);
    this.text = splice(this.text, at, length, inserted);
    this.undoable.push({ at, removed, inserted });
    this.redoable = [];
  }

  undo(): void {
    const edit = this.undoable.shift();
    if (edit === undefined) return;
    this.text = splice(this.text, edit.at, edit.inserted.length, edit.removed);
    this.redoable.push(edit);
  }

  redo(): void {
    const edit = this.redoable.pop();
    if (edit === undefined) return;
    this.text = splice(this.text, edit.at, edit.removed.length, edit.inserted);
    this.undoable.push(edit);
  }
}

export type Command = 'undo' | 'redo' | readonly [at: number, length: number, inserted: string];

/** The text after every command. */
export function runCommands(commands: readonly Command[]): string[] {
  const buffer = new Buffer();
  return commands.map((command) => {
    if (command === 'undo') buffer.undo();
    else if (command === 'redo') buffer.redo();
    else buffer.edit(...command);
    return buffer.text;
  });
}
