import { UsageError } from "@pawl/core";
import type { Model } from "./model.ts";
import type { OpenModelOptions } from "./model-options.ts";

export async function openGguf(id: string, _file: string, _options: OpenModelOptions): Promise<Model> {
  throw new UsageError({ what: "GGUF files are not read yet", where: id, todo: "Serve the file over HTTP." });
}
