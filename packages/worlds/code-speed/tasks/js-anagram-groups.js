const letters = (word) => word.split("").sort().join("");

/** Words that are made of the same letters, grouped in the order of their first words. */
export function anagramGroups(words) {
  const groups = [];
  for (const word of words) {
    const group = groups.find((members) => letters(members[0]) === letters(word));
    if (group) group.push(word);
    else groups.push([word]);
  }
  return groups;
}
