/** Makes something when it is asked for first; `made` is what was made, if it was. */
export function once<T>(make: () => Promise<T>): (() => Promise<T>) & { readonly made: () => Promise<T> | null } {
  let made: Promise<T> | null = null;
  return Object.assign(() => (made ??= make()), { made: () => made });
}
