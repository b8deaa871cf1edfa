import { chooseAt } from "./choose.js";
import { applyEdits } from "./edits.js";
import { allEdits } from "./sites.js";
import { walk } from "./walk.js";

const WORKFLOW = "workflow.js";
const GENOME = "genome.json";
/** Numbers that have to do with what a brief is about. */
const NUMBERS_FOR = {
  "unused-budget": ["rounds", "batch"],
  duplicates: ["batch", "rounds"],
  plateau: ["rounds", "restarts", "edits"],
  localisation: ["suspicion"],
  "broken-copies": ["screen"],
};
const LARGEST = 64;

/** Another version of an agent's files: one part more or less, another number, or an edit of its code by the operators. */
export async function changeAgent(files, { brief, library, operators, genome, host }) {
  const kinds = Object.keys(genome.change);
  const kind = kinds[chooseAt(Object.values(genome.change), host.rng())];
  if (kind === "part") return (await addPart(files, brief, library, genome, host)) ?? files;
  if (kind === "number") return changeNumber(files, brief, genome, host);
  if (kind === "remove") return (await removePart(files, host)) ?? files;
  return changeCode(files, operators, host);
}

/** Puts a part that the agent lacks into its place in the workflow; those that help with the brief are likelier. */
async function addPart(files, brief, library, genome, host) {
  const missing = library.filter(({ path }) => files[path] === undefined);
  const weights = missing.map(
    ({ helps }) => 1 + (helps.includes(brief.about) ? genome.followBrief * missing.length : 0),
  );
  const part = missing[chooseAt(weights, host.rng())];
  if (part === undefined) return null;
  const source = files[WORKFLOW];
  const place = slotOf((await host.parse({ [WORKFLOW]: source }))[WORKFLOW], part.slot);
  if (place === null) return null;
  const { value, imports } = place;
  const isList = value.type === "ArrayExpression";
  const text = isList ? (value.elements.length === 0 ? part.name : `, ${part.name}`) : part.name;
  const workflow = applyEdits(source, [
    { start: imports, end: imports, text: `${part.import}\n` },
    isList ? { start: value.end - 1, end: value.end - 1, text } : { start: value.start, end: value.end, text },
  ]);
  const numbers = JSON.parse(files[GENOME]);
  for (const [name, number] of Object.entries(part.numbers)) numbers[name] ??= number;
  if (part.slot === "operators") numbers.weights[part.operator] = 1;
  return { ...files, [part.path]: part.text, [WORKFLOW]: workflow, [GENOME]: write(numbers) };
}

/** Takes one element out of one of the lists of the workflow; its file stays. */
async function removePart(files, host) {
  const source = files[WORKFLOW];
  const object = partsOf((await host.parse({ [WORKFLOW]: source }))[WORKFLOW]);
  const lists = (object?.properties ?? []).map(({ value }) => value).filter(({ type }) => type === "ArrayExpression");
  const elements = lists.flatMap((list) => list.elements.map((element, at) => ({ list, element, at })));
  const chosen = elements[Math.floor(host.rng() * elements.length)];
  if (chosen === undefined) return null;
  const { list, element, at } = chosen;
  const next = list.elements[at + 1];
  const start = next === undefined && at > 0 ? list.elements[at - 1].end : element.start;
  const end = next === undefined ? element.end : next.start;
  return { ...files, [WORKFLOW]: applyEdits(source, [{ start, end, text: "" }]) };
}

/** The value of a slot of the workflow's parts, and where imports begin. */
function slotOf(tree, slot) {
  const property = partsOf(tree)?.properties.find(({ key }) => key?.name === slot);
  if (property === undefined) return null;
  return { value: property.value, imports: tree.body[0].start };
}

function partsOf(tree) {
  if (tree === null || tree === undefined) return null;
  const found = walk(tree).find(({ node }) => node.type === "VariableDeclarator" && node.id.name === "parts");
  return found === undefined || found.node.init?.type !== "ObjectExpression" ? null : found.node.init;
}

/** Another value of one number of the genome; numbers that have to do with the brief are likelier. */
function changeNumber(files, brief, genome, host) {
  const numbers = JSON.parse(files[GENOME]);
  const places = numbersIn(numbers, []);
  const wanted = NUMBERS_FOR[brief.about] ?? [];
  const weights = places.map(({ path }) => {
    const nested = path.length > 1 ? 0.25 : 1;
    return nested * (1 + (wanted.includes(path.at(-1)) ? genome.followBrief * places.length : 0));
  });
  const place = places[chooseAt(weights, host.rng())];
  if (place === undefined) return files;
  const { holder, name, path } = place;
  const old = holder[name];
  const choices = path.length > 1 ? [old * 2, old / 2, old * 4] : [old * 2, Math.ceil(old / 2), old + 1, old - 1];
  const value = choices[Math.floor(host.rng() * choices.length)];
  holder[name] = Math.min(LARGEST, Math.max(path.length > 1 ? 0.05 : 0, value));
  return { ...files, [GENOME]: write(numbers) };
}

function numbersIn(object, path) {
  return Object.keys(object).flatMap((name) => {
    if (typeof object[name] === "number") return [{ holder: object, name, path: [...path, name] }];
    return numbersIn(object[name], [...path, name]);
  });
}

/** One edit by the operators, in one of the modules. */
async function changeCode(files, operators, host) {
  const modules = Object.keys(files).filter((path) => path.endsWith(".js") && !path.startsWith("selftest/"));
  const path = modules[Math.floor(host.rng() * modules.length)];
  const one = { [path]: files[path] };
  const edits = allEdits(one, operators, await host.parse(one));
  const edit = edits[Math.floor(host.rng() * edits.length)];
  return edit === undefined ? files : { ...files, [path]: applyEdits(files[path], [edit]) };
}

function write(numbers) {
  return `${JSON.stringify(numbers, null, 2)}\n`;
}
