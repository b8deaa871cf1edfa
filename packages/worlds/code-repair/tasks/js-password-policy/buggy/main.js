const GROUPS = {
  lower: /[a-z]/,
  upper: /[A-Z]/,
  digit: /[0-9]/,
  symbol: /[^A-Za-z0-9\s]/,
};

function longestRun(text) {
  let best = 0;
  let run = 0;
  for (let i = 0; i < text.length; i += 1) {
    run = i > 0 && text[i] === text[i - 1] ? run + 1 : 1;
    best = Math.max(best, run);
  }
  return best;
}

function hasGroups(password, required) {
  let ok = true;
  for (const name of required) {
    ok = ok || GROUPS[name].test(password);
  }
  return ok;
}

/** The names of the rules a password breaks, in a fixed order. */
export function brokenRules(password, policy) {
  const broken = [];
  if (password.length < policy.minLength) broken.push('length');
  if (!hasGroups(password, policy.groups ?? [])) broken.push('groups');
  if (policy.maxRun !== undefined && longestRun(password) > policy.maxRun) broken.push('run');
  if (/\s/.test(password)) broken.push('space');
  return broken;
}
