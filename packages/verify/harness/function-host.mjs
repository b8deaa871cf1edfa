// A realm for candidates: built-in objects of its own, with the parts of Node that ordinary code uses.
import { readFileSync } from "node:fs";
import vm from "node:vm";

export const realmScript = new vm.Script(readFileSync(new URL("./function-realm.js", import.meta.url), "utf8"), {
  filename: "pawl-realm",
});

const { setTimeout, setInterval, setImmediate, clearTimeout, clearImmediate } = globalThis;
/** What modules leave in a realm's memory adds up. */
const VISITS = 50;

export class Realm {
  /** @param {string} root what process.cwd() says */
  constructor(root) {
    this.context = vm.createContext(vm.constants.DONT_CONTEXTIFY);
    this.timers = new Set();
    this.visits = 0;
    const { decode, parse, furnish, isIntact } = realmScript.runInContext(this.context);
    Object.assign(this, { decode, parse, isIntact });
    const { platform, version, versions, hrtime, uptime, memoryUsage } = process;
    furnish(this.globals(), { root, platform, version, versions, hrtime, uptime, memoryUsage });
  }

  globals() {
    const once =
      (start) =>
      (run, ms, ...rest) => {
        const timer = start(() => {
          this.timers.delete(timer);
          run(...rest);
        }, ms);
        this.timers.add(timer);
        return timer;
      };
    const repeated = (run, ms, ...rest) => {
      const timer = setInterval(run, ms, ...rest);
      this.timers.add(timer);
      return timer;
    };
    const stop = (timer) => {
      this.timers.delete(timer);
      clearTimeout(timer);
      clearImmediate(timer);
    };
    const immediately = once((run) => setImmediate(run));
    const timers = {
      setTimeout: once(setTimeout),
      setInterval: repeated,
      setImmediate: (run, ...rest) => immediately(run, 0, ...rest),
      clearTimeout: stop,
      clearInterval: stop,
      clearImmediate: stop,
      queueMicrotask,
    };
    const web = { URL, URLSearchParams, TextEncoder, TextDecoder, AbortController, AbortSignal, Event, EventTarget };
    return { ...timers, ...web, Buffer, performance, crypto, atob, btoa };
  }

  /** Stops what the candidate left running; false when the realm should not be used again. */
  clear() {
    const isQuiet = this.timers.size === 0;
    for (const timer of this.timers) {
      clearTimeout(timer);
      clearImmediate(timer);
    }
    return isQuiet && ++this.visits < VISITS && this.isIntact();
  }
}
