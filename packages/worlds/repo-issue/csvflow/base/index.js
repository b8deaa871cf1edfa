export { parseCsv, parseRecords } from "./src/parse/records.js";
export { writeCsv } from "./src/write/writer.js";
export { Pipeline } from "./src/pipeline/pipeline.js";
export { inferSchema } from "./src/schema/infer.js";
