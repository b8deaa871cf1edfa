export type RunEvent =
  | { readonly kind: "success"; readonly id: string; readonly time: number }
  | { readonly kind: "failure"; readonly id: string; readonly time: number; readonly tries: number };

export type Listener = (event: RunEvent) => void;

/** A listener that counts, per job. */
export class RunCounter {
  readonly counts = new Map<string, { success: number; failure: number }>();

  readonly listen: Listener = ({ kind, id }) => {
    const count = this.counts.get(id) ?? { success: 0, failure: 0 };
    count[kind] += 1;
    this.counts.set(id, count);
  };

  /** The part of runs that failed, from 0 to 1. */
  failureRate(id: string): number {
    const { success, failure } = this.counts.get(id) ?? { success: 0, failure: 0 };
    return success + failure === 0 ? 0 : failure / (success + failure);
  }
}
