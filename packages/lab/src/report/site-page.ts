/** A page of the site around its content. */
export function htmlPage(title: string, content: string, { filter }: { readonly filter: boolean }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title.replaceAll("<", "&lt;")}</title>
<link rel="stylesheet" href="style.css">
${filter ? '<script src="filter.js" defer></script>\n' : ""}</head>
<body>
<main>
${content}</main>
</body>
</html>
`;
}

export const STYLE = `:root {
  color-scheme: light dark;
  --text: #1f2328; --dim: #57606a; --page: #ffffff; --raised: #f6f8fa; --line: #d8dee4; --link: #0a58ca;
  --good: #116329; --good-page: #dafbe1; --bad: #a40e26; --bad-page: #ffebe9; --open: #7d4e00; --open-page: #fff3cf;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e6edf3; --dim: #9da7b3; --page: #14171c; --raised: #1c2128; --line: #343b44; --link: #79b0ff;
    --good: #7ee2a0; --good-page: #12351f; --bad: #ffaba8; --bad-page: #4a1619; --open: #f2cc60; --open-page: #3c2e05;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
main > :is(p, ul, ol, pre) { max-width: 46rem; overflow-wrap: break-word; }
h1 { font-size: 1.8rem; line-height: 1.2; } h2 { margin-top: 2.2rem; font-size: 1.25rem; }
a { color: var(--link); }
code { font: 0.88em ui-monospace, monospace; background: var(--raised); padding: 0.1em 0.3em; border-radius: 4px; }
pre { overflow-x: auto; background: var(--raised); padding: 0.8rem; border-radius: 6px; } pre code { padding: 0; }
.wide { overflow-x: auto; margin: 1rem 0; border: 1px solid var(--line); border-radius: 6px; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { background: var(--raised); white-space: nowrap; }
tbody tr:last-child td { border-bottom: 0; }
td.short { white-space: nowrap; } td.long { min-width: 15rem; }
.state { white-space: nowrap; padding: 0.1em 0.5em; border-radius: 1em; background: var(--raised); color: var(--dim); }
.state.reproduced { background: var(--good-page); color: var(--good); }
.state.not-reproduced, .state.precondition-failed { background: var(--bad-page); color: var(--bad); }
.state.reported-only { background: var(--open-page); color: var(--open); }
img { display: block; width: 34rem; max-width: 100%; height: auto; }
.filter { display: flex; flex-wrap: wrap; gap: 0.6rem 1rem; align-items: center; }
.filter label { display: flex; gap: 0.4rem; align-items: center; }
.filter :is(input, select) { font: inherit; padding: 0.25rem 0.5rem; color: inherit; background: var(--page); border: 1px solid var(--line); border-radius: 6px; max-width: 100%; }
.filter output { color: var(--dim); }
@media (max-width: 40rem) { .filter label { width: 100%; justify-content: space-between; } .filter :is(input, select) { width: 65%; } }
`;

/** Adds a filter above the last table: words, and a choice for the columns "cluster" and "state". Without it the table is just whole. */
export const SCRIPT = `"use strict";
{
  const table = [...document.querySelectorAll("table")].at(-1);
  const rows = [...table.tBodies[0].rows];
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
  const form = document.createElement("form");
  form.className = "filter";
  form.setAttribute("role", "search");
  const words = field("words", document.createElement("input"));
  words.type = "search";
  const choices = ["cluster", "state"].map((name) => {
    const column = columns.indexOf(name);
    const select = field(name, document.createElement("select"));
    select.add(new Option("all", ""));
    for (const value of new Set(rows.map((row) => row.cells[column].textContent))) select.add(new Option(value, value));
    return { column, select };
  });
  const shown = document.createElement("output");
  form.append(shown);
  table.closest(".wide").before(form);
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();

  function field(name, input) {
    const label = document.createElement("label");
    label.append(name, input);
    form.append(label);
    return input;
  }

  function filter() {
    const wanted = words.value.toLowerCase().split(/\\s+/).filter((word) => word !== "");
    let count = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      const fits =
        wanted.every((word) => text.includes(word)) &&
        choices.every(({ column, select }) => select.value === "" || row.cells[column].textContent === select.value);
      row.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = count + " of " + rows.length + " systems";
  }
}
`;
