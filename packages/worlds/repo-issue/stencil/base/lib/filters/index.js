import { htmlFilters } from "./html.js";
import { listFilters } from "./list.js";
import { numberFilters } from "./number.js";
import { textFilters } from "./text.js";

export const FILTERS = { ...textFilters, ...listFilters, ...numberFilters, ...htmlFilters };
