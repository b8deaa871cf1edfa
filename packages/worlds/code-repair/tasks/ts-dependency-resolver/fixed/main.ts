import { satisfies, sortedDown } from './versions.ts';

export type Registry = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;
export type Choice = Record<string, number>;

class Conflict extends Error {
  override name = 'Conflict';
}

function choose(registry: Registry, wanted: ReadonlyArray<readonly [string, string]>, chosen: Choice): Choice {
  if (wanted.length === 0) return chosen;
  const [[name, range], ...rest] = wanted;
  const known = chosen[name];
  if (known !== undefined) {
    if (!satisfies(known, range)) throw new Conflict(`${name} ${known} is not ${range}`);
    return choose(registry, rest, chosen);
  }
  const versions = registry[name];
  if (versions === undefined) throw new Conflict(`no package ${name}`);
  for (const version of sortedDown(Object.keys(versions).map(Number))) {
    if (!satisfies(version, range)) continue;
    const next: Choice = { ...chosen };
    next[name] = version;
    try {
      return choose(registry, [...rest, ...Object.entries(versions[version])], next);
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new Conflict(`no version of ${name} fits`);
}

/** The newest versions that fit together, or the name of the error. */
export function resolve(registry: Registry, wanted: Readonly<Record<string, string>>): Choice | string {
  try {
    return choose(registry, Object.entries(wanted), {});
  } catch (error) {
    if (error instanceof Conflict) return error.name;
    throw error;
  }
}
