/** `node scripts/real-libraries.ts [name …]`: Pawl on real open-source libraries; the same as `npm run claims -- real-libraries`, for some of them. */
import { claimRealLibraries } from "./claims/real-libraries.ts";

await claimRealLibraries(false, process.argv.slice(2));
