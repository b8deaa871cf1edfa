import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "@pawl/core";

/** Licences under which code may be copied and changed for little more than naming its authors. */
export const PERMISSIVE: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BSL-1.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "Unlicense",
  "Zlib",
];

export const UNKNOWN_LICENCE = "unknown";

/** Words that stand in no other licence, by SPDX identifier; the more special ones first. */
const TEXTS: readonly (readonly [id: string, words: RegExp])[] = [
  ["AGPL-3.0", /GNU AFFERO GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["LGPL-3.0", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["LGPL-2.1", /GNU LESSER GENERAL PUBLIC LICENSE\s+Version 2\.1/i],
  ["GPL-3.0", /GNU GENERAL PUBLIC LICENSE\s+Version 3/i],
  ["GPL-2.0", /GNU GENERAL PUBLIC LICENSE\s+Version 2/i],
  ["MPL-2.0", /Mozilla Public License,? (?:Version|v\.) ?2\.0/i],
  ["Apache-2.0", /Apache License\s+Version 2\.0/i],
  ["BSD-3-Clause", /Redistribution and use in source and binary forms[^]*Neither the name/i],
  ["BSD-2-Clause", /Redistribution and use in source and binary forms/i],
  [
    "ISC",
    /Permission to use, copy, modify,? and(?:\/or)? distribute this software for any purpose with or without fee is hereby granted, provided/i,
  ],
  [
    "MIT",
    /Permission is hereby granted, free of charge, to any person obtaining a copy[^]*The above copyright notice/i,
  ],
  ["Unlicense", /This is free and unencumbered software released into the public domain/i],
  ["CC0-1.0", /CC0 1\.0 Universal/i],
];

const LICENCE_FILES = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE", "LICENCE.md", "LICENCE.txt", "COPYING"];

/**
 * SPDX expression of a project: what package.json or pyproject.toml declares, else what its licence file says; of the folders above, up to
 * the root of the repository, when it says nothing itself. `unknown` when nobody says.
 */
export function licenceOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const found = declared(folder) ?? written(folder);
    if (found !== null) return found;
    if (existsSync(join(folder, ".git")) || folder === dirname(folder)) return UNKNOWN_LICENCE;
  }
}

/** Licence in a file's own header, where it has one. */
export function headerLicence(text: string): string | null {
  return /SPDX-License-Identifier:\s*([\w.+() -]+?)\s*(?:\*\/|-->|$)/m.exec(text.slice(0, 2000))?.[1] ?? null;
}

/**
 * True when the SPDX expression lets somebody choose licences that are all in the list. An exception (`WITH …`) only adds permissions.
 * What is no expression is only allowed when it is listed word for word.
 */
export function isAllowed(expression: string, allowed: readonly string[]): boolean {
  if (allowed.includes(expression)) return true;
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const next = (): string => (tokens[at++] ?? "").toString();
  const one = (): boolean => {
    if (tokens[at] === "(") {
      at++;
      const inner = either();
      if (next() !== ")") throw new SyntaxError(expression);
      return inner;
    }
    const id = next();
    if (!/^[\w.+-]+$/.test(id)) throw new SyntaxError(expression);
    if (tokens[at] === "WITH") at += 2;
    return allowed.includes(id);
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === "AND") {
      at++;
      result = one() && result;
    }
    return result;
  };
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === "OR") {
      at++;
      result = both() || result;
    }
    return result;
  };
  try {
    const result = either();
    return at === tokens.length && result;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** The list of `--licence`; `permissive` stands for the usual ones, `unknown` for projects that say nothing. */
export function allowList(given: readonly string[] | undefined): readonly string[] {
  if (given === undefined) return PERMISSIVE;
  const list = given.flatMap((each) => (each === "permissive" ? PERMISSIVE : [each]));
  if (list.length === 0)
    throw new UsageError({
      what: "no licence is allowed",
      where: "--licence",
      todo: "Name SPDX identifiers with commas between them: MIT,Apache-2.0; or permissive, or unknown.",
    });
  return list;
}

function declared(folder: string): string | null {
  const manifest = read(join(folder, "package.json"));
  if (manifest !== null) {
    try {
      const { license } = JSON.parse(manifest) as { license?: unknown };
      const name = typeof license === "object" && license !== null ? (license as { type?: unknown }).type : license;
      if (typeof name === "string" && name !== "" && !name.startsWith("SEE LICENSE")) return name;
    } catch {
      // a package.json that is no JSON says nothing
    }
  }
  const project = /^\[project\]\s*$([^]*?)(?=^\[(?!project\.)|$(?![^]))/m.exec(
    read(join(folder, "pyproject.toml")) ?? "",
  )?.[1];
  const line = /^license\s*=\s*(?:\{[^}\n]*\btext\s*=\s*)?["']([^"'\n]+)["']/m.exec(project ?? "");
  return line?.[1] ?? null;
}

function written(folder: string): string | null {
  for (const name of LICENCE_FILES) {
    const text = read(join(folder, name));
    if (text !== null) return TEXTS.find(([, words]) => words.test(text))?.[0] ?? UNKNOWN_LICENCE;
  }
  return null;
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
