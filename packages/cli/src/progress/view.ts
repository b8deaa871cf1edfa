import type { RunProgress } from "@pawl/improve";
import type { Screen } from "../screen.ts";
import { LineView } from "./lines.ts";
import { LiveView } from "./live.ts";

/** Shows a person what a run is doing, on stderr. */
export interface ProgressView {
  update(progress: RunProgress): void;
  /** A sentence in between. */
  say(text: string): void;
  /** Ends the view; a redrawn block disappears. */
  close(): void;
}

export function openProgress(screen: Screen): ProgressView {
  const write = (text: string): void => void process.stderr.write(text);
  return screen.live ? new LiveView(process.stderr, screen.noteColors) : new LineView(write);
}
