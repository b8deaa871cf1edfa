import { EXIT, PawlError } from "@pawl/core";
import type { ModelUsage } from "./model.ts";

/** Why an attempt, or a whole call, gave no answer. */
export type ModelFaultKind =
  | "authentication"
  | "not-found"
  | "bad-request"
  | "rate-limit"
  | "server"
  | "connection"
  | "timeout"
  | "cut"
  | "invalid-answer"
  | "too-large"
  | "repeated"
  | "empty"
  | "unavailable";

export interface ModelErrorDetails {
  readonly model: string;
  readonly kind: ModelFaultKind;
  readonly attempts: number;
  /** One line for each attempt that failed, without secrets. */
  readonly faults: readonly string[];
  /** What the failed attempts cost, as far as a provider may charge for them. */
  readonly usage: ModelUsage;
  readonly dollars: number | null;
}

const TODO: Readonly<Record<ModelFaultKind, string>> = {
  authentication: "Check the key in the environment: it is missing, wrong, or not allowed to use this model.",
  "not-found": "Check the model's name and the address; `pawl doctor` lists what answers on this machine.",
  "bad-request":
    "The provider refuses the request as it is: read its message. A prompt that is too long needs a smaller `contextTokens`.",
  "rate-limit": "Lower `concurrency` or `requestsPerMinute` of this model, or name a fallback.",
  server: "The provider is in trouble: try again later, or name a fallback.",
  connection: "Nothing answers at this address: start the server, or check the network.",
  timeout: "The model was too slow: raise `silenceSeconds` or `totalSeconds`, or lower `concurrency`.",
  cut: "The connection ended in the middle of an answer: check the network and what stands between.",
  "invalid-answer": "The server does not speak the expected protocol: check the address (it usually ends in /v1).",
  "too-large": "The server sends more than was asked for: check that it honours max_tokens.",
  repeated: "What stands between Pawl and the model sends pieces of the answer twice.",
  empty: "The model says nothing: check its chat template and that the prompt fits its context.",
  unavailable:
    "Too many calls in a row failed, so the provider is left alone for a while: try later, or name a fallback.",
};

/** A model gave no answer, after everything that was tried. */
export class ModelError extends PawlError {
  readonly model: string;
  readonly kind: ModelFaultKind;
  readonly attempts: number;
  readonly faults: readonly string[];
  readonly usage: ModelUsage;
  readonly dollars: number | null;

  /** True when a person has to repair something first (a key, a name): asking again is no use. */
  get lasting(): boolean {
    return this.kind === "authentication" || this.kind === "not-found";
  }

  /** What the failed call costs a budget. */
  get spent(): { readonly tokens: number; readonly dollars: number | null } {
    return { tokens: this.usage.inputTokens + this.usage.outputTokens, dollars: this.dollars };
  }

  constructor(details: ModelErrorDetails) {
    super({
      what: `the model gave no answer: ${details.faults.at(-1) ?? details.kind}`,
      where: details.model,
      todo: TODO[details.kind],
      exitCode: EXIT.machine,
    });
    this.model = details.model;
    this.kind = details.kind;
    this.attempts = details.attempts;
    this.faults = details.faults;
    this.usage = details.usage;
    this.dollars = details.dollars;
  }
}
