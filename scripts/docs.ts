/** `npm run docs`: writes every generated page. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeAll } from "@pawl/lab";
import { acceptanceDocument } from "./docs/acceptance.ts";
import { commandsDocument } from "./docs/commands.ts";
import { criticsDocument } from "./docs/critics.ts";
import { editFormatsDocument } from "./docs/edit-formats.ts";
import { evolveDocument } from "./docs/evolve.ts";
import { fragmentsDocument } from "./docs/fragments.ts";
import { jsonDocument } from "./docs/json.ts";
import { localiseDocument } from "./docs/localise.ts";
import { labDocuments } from "./docs/lab.ts";
import { modelsDocument } from "./docs/models.ts";
import { realLibrariesDocument } from "./docs/real-libraries.ts";
import { reliabilityDocument } from "./docs/reliability.ts";
import { repairDocument } from "./docs/repair.ts";
import { searchDocument, searchPicture } from "./docs/search.ts";
import { speedDocument } from "./docs/speed.ts";

const PAGES: readonly (readonly [path: string, text: () => string])[] = [
  ["docs/repair.md", repairDocument],
  ["docs/evolve.md", evolveDocument],
  ["docs/speed.md", speedDocument],
  ["docs/fragments.md", fragmentsDocument],
  ["docs/edit-formats.md", editFormatsDocument],
  ["docs/critics.md", criticsDocument],
  ["docs/localise.md", localiseDocument],
  ["docs/models.md", modelsDocument],
  ["docs/acceptance.md", acceptanceDocument],
  ["docs/commands.md", commandsDocument],
  ["docs/json.md", jsonDocument],
  ["docs/guides/real-libraries.md", realLibrariesDocument],
  ["docs/reliability.md", reliabilityDocument],
  ["docs/lab/search.md", searchDocument],
  ["docs/lab/search.svg", searchPicture],
];

for (const [path, text] of PAGES) writeFileSync(new URL(`../${path}`, import.meta.url), text());
const lab = fileURLToPath(new URL("../docs/lab", import.meta.url));
rmSync(join(lab, "figures"), { recursive: true, force: true }); // of systems that have none any more
writeAll(lab, await labDocuments());
