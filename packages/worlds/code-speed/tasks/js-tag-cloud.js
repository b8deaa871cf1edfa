/** How often each tag is used, the most used first; ties by name. */
export function tagCloud(tags) {
  const cloud = [];
  tags.forEach((tag) => {
    if (!cloud.find((entry) => entry.tag === tag)) {
      cloud.push({ tag, uses: tags.filter((other) => other === tag).length });
    }
  });
  return cloud.sort((a, b) => b.uses - a.uses || (a.tag < b.tag ? -1 : 1));
}
