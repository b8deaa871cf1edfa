import { UsageError } from "@pawl/core";

export type ModelAddress =
  | { readonly kind: "anthropic" | "openai" | "google"; readonly name: string }
  | { readonly kind: "http"; readonly baseUrl: string; readonly name: string | null }
  | { readonly kind: "gguf"; readonly file: string };

const TODO =
  "Use anthropic/<name>, openai/<name>, google/<name>, http://host:port/v1#<name> for any OpenAI-compatible server, or ./file.gguf.";

/** Reads a model's id as the user writes it. */
export function parseModelId(id: string): ModelAddress {
  if (/^https?:\/\//i.test(id)) return parseHttp(id);
  if (/\.gguf$/i.test(id)) return { kind: "gguf", file: id };
  const [, provider, name] = /^(anthropic|openai|google)\/(\S+)$/.exec(id) ?? [];
  if (provider === undefined || name === undefined)
    throw new UsageError({ what: `'${id}' does not name a model`, where: "model", todo: TODO });
  return { kind: provider as "anthropic" | "openai" | "google", name };
}

function parseHttp(id: string): ModelAddress {
  let url: URL;
  try {
    url = new URL(id);
  } catch {
    throw new UsageError({ what: `'${id}' is not an address`, where: "model", todo: TODO });
  }
  // The id stands in records and reports, so it must not carry a secret; and it is not repeated here either.
  if (url.username !== "" || url.password !== "" || url.search !== "")
    throw new UsageError({
      what: `the address of ${url.host} carries a password or parameters`,
      where: "model",
      todo: "Put the key into the environment variable PAWL_MODEL_KEY and leave it out of the address.",
    });
  const name = url.hash === "" ? null : decodeURIComponent(url.hash.slice(1));
  url.hash = "";
  return { kind: "http", baseUrl: url.href.replace(/\/+$/, ""), name };
}
