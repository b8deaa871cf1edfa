/** Koa's onion: each handler gets the context and a function that runs the rest. */
export function compose(handlers) {
  return (context, next) => {
    let last = -1;
    const run = async (index) => {
      if (index <= last) throw new Error('next() called twice');
      last = index;
      const handler = handlers[index] ?? next;
      if (handler === undefined) return undefined;
      return handler(context, () => run(index + 1));
    };
    return run(0);
  };
}
