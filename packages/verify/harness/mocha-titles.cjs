"use strict";
/** The titles of a test or hook from the outermost suite inwards; mocha itself tells them since version 4. */
exports.titlesOf = function titlesOf(runnable) {
  if (runnable.titlePath) return runnable.titlePath();
  const titles = [];
  for (let each = runnable; each && !each.root; each = each.parent) titles.unshift(each.title);
  return titles;
};
