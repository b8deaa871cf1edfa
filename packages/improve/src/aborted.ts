/** Whether an error is how work ends that was called off: whoever calls it off may give any reason, which is then what is thrown. */
export function isAbort(error: unknown, signal?: AbortSignal): boolean {
  if (signal?.aborted === true && error === signal.reason) return true;
  return error instanceof Error && error.name === "AbortError";
}
