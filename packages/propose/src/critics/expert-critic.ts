import type { EditWeights } from "@pawl/core";
import { familiesIn, SPEED_FAMILIES, type SpeedFamily, without } from "../speed/families.ts";

/** Ratios within this factor of one are no difference. */
const MARGIN = 1.05;

/** A measured proposal, as an expert sees it. */
export interface SpeedTrial {
  /** What was changed: `operator at path:line`, with ` + ` between several. */
  readonly summary: string;
  /** Why it is wrong: what it does otherwise, or how it ended; null when it does the same. */
  readonly wrong: string | null;
  /** Time before over time after, by kind of input; null when there is no measurement of both. */
  readonly ratios: Readonly<Record<string, number>> | null;
  /** Of all inputs together. */
  readonly ratio: number | null;
  /** What fresh pairs said, where they were asked: true for kept. */
  readonly kept: boolean | null;
}

/** What an expert says about it. */
export interface ExpertWord {
  readonly keep: boolean;
  readonly reason: string;
  /** Families that the next proposals should come from; null for any. */
  readonly families: readonly SpeedFamily[] | null;
  /** Where to look, such as `a.js:12`. */
  readonly line: string | null;
  /** The measurement does not decide it: measure again, or on more inputs. */
  readonly moreData: boolean;
}

/** Reviews measured proposals and says what to try next. It explains and steers; whether something is faster is for the check to say. */
export interface Expert {
  readonly id: "scripted" | "me";
  review(trial: SpeedTrial): ExpertWord;
  /** For the next proposal; undefined when anything may be tried. */
  weights(): EditWeights | undefined;
  /** Nothing is left under the weights. True when they were given up, so that it is worth asking again. */
  relent(): boolean;
}

/**
 * The measurement does not decide it: the kinds of input disagree by more than the noise, and together they are not slower. Fresh pairs have not
 * been asked yet.
 */
export function wantsMoreData({ wrong, ratio, ratios, kept }: SpeedTrial, margin = MARGIN): boolean {
  if (wrong !== null || kept !== null) return false;
  if (ratio === null || ratios === null) return true;
  const each = Object.values(ratios);
  return ratio > 1 / margin && each.some((one) => one > margin) && each.some((one) => one < 1 / margin);
}

export interface ScriptedExpertOptions {
  /** The line of the base that takes most of the time, as `path:line`; null when none stands out. */
  readonly hottest: string | null;
  /** Ratios within this factor of one are no difference. Default 1.05. */
  readonly margin?: number;
}

/** Rejections of one family, one after the other, until another one is asked for. */
const PATIENCE = 2;
/** Log of the factor by which the named line is preferred. */
const NARROW = 1.5;

/**
 * The person of the transcripts of Florath (2023) as rules: every proposal is measured; one that is wrong, or slower, or faster on one kind of input
 * and slower on another is rejected with that reason; the hottest line is named; after two rejections in a row in one family another family is
 * asked for; and where the kinds of input disagree, or the difference is within the noise, more data are asked for.
 */
export class ScriptedExpert implements Expert {
  readonly id = "scripted";
  readonly #margin: number;
  readonly #hottest: string | null;
  readonly #rejections = new Map<SpeedFamily, number>();

  constructor({ hottest, margin = MARGIN }: ScriptedExpertOptions) {
    this.#hottest = hottest;
    this.#margin = margin;
  }

  review(trial: SpeedTrial): ExpertWord {
    const judged = this.#judge(trial);
    const families = familiesIn(trial.summary);
    for (const family of families)
      this.#rejections.set(family, judged.keep ? 0 : (this.#rejections.get(family) ?? 0) + (judged.moreData ? 0 : 1));
    const tired = this.#tired();
    const others = allFamilies().filter((family) => !tired.includes(family));
    const asksOther = !judged.keep && families.some((family) => tired.includes(family));
    const advice = [
      judged.reason,
      ...(asksOther ? [`another approach than ${families.join(", ")}, please`] : []),
      ...(this.#hottest === null ? [] : [`most of the time goes to ${this.#hottest}`]),
    ];
    return { ...judged, reason: advice.join("; "), families: tired.length === 0 ? null : others, line: this.#hottest };
  }

  weights(): EditWeights | undefined {
    const tired = this.#tired();
    if (tired.length === 0 && this.#hottest === null) return undefined;
    return { ...without(tired), ...(this.#hottest === null ? {} : { byLine: { [this.#hottest]: NARROW } }) };
  }

  relent(): boolean {
    if (this.#tired().length === 0) return false;
    this.#rejections.clear();
    return true;
  }

  #tired(): readonly SpeedFamily[] {
    return allFamilies().filter((family) => (this.#rejections.get(family) ?? 0) >= PATIENCE);
  }

  #judge(trial: SpeedTrial): Pick<ExpertWord, "keep" | "reason" | "moreData"> {
    const { wrong, ratio, ratios, kept } = trial;
    const moreData = wantsMoreData(trial, this.#margin);
    if (wrong !== null) return { keep: false, reason: `wrong: ${wrong}`, moreData: false };
    if (ratio === null || ratios === null) return { keep: false, reason: "measure it first", moreData };
    const shown = (kind: string): string => `${kind} (${factor(ratios[kind] as number)})`;
    const kinds = Object.keys(ratios);
    const faster = kinds.filter((kind) => (ratios[kind] as number) > this.#margin);
    const slower = kinds.filter((kind) => (ratios[kind] as number) < 1 / this.#margin);
    if (faster.length > 0 && slower.length > 0) {
      const reason = `faster on ${faster.map(shown).join(", ")} but slower on ${slower.map(shown).join(", ")}`;
      return { keep: kept === true, reason, moreData };
    }
    if (slower.length > 0 || ratio < 1 / this.#margin)
      return { keep: false, reason: `slower: ${factor(ratio)}`, moreData: false };
    if (ratio > this.#margin && kept !== false)
      return { keep: true, reason: `faster: ${factor(ratio)}`, moreData: false };
    const reason = kept === false ? "fresh pairs do not show that it is faster" : `no difference: ${factor(ratio)}`;
    return { keep: false, reason, moreData: false };
  }
}

/** A person as an expert: what they said last, until they say something else. */
export class PersonExpert implements Expert {
  readonly id = "me";
  #families: readonly SpeedFamily[] | null = null;

  /** Only these families from now on; null for any. */
  ask(families: readonly SpeedFamily[] | null): void {
    this.#families = families;
  }

  review(): ExpertWord {
    return { keep: true, reason: "", families: this.#families, line: null, moreData: false };
  }

  weights(): EditWeights | undefined {
    const wanted = this.#families;
    return wanted === null ? undefined : without(allFamilies().filter((family) => !wanted.includes(family)));
  }

  relent(): boolean {
    const had = this.#families !== null;
    this.#families = null;
    return had;
  }
}

export function allFamilies(): readonly SpeedFamily[] {
  return Object.keys(SPEED_FAMILIES) as SpeedFamily[];
}

function factor(ratio: number): string {
  return `${ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2)} times as fast`;
}
