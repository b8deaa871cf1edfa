/** What a write says when its reader has gone (EPIPE) or its terminal was closed (EIO, ENXIO). */
const GONE: ReadonlySet<string | undefined> = new Set(["EPIPE", "EIO", "ENXIO"]);

/** Progress that nobody reads any more ends no run: it goes on, or is paused by the signal that came with the end of the terminal. */
export function outliveReaders(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`pawl runs | head`) is no error.
    if (error.code === "EPIPE") process.exit(0);
    demandGone(error);
  });
  process.stderr.on("error", demandGone);
}

function demandGone(error: NodeJS.ErrnoException): void {
  if (!GONE.has(error.code)) throw error;
}
