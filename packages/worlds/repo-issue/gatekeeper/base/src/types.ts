export type Effect = "allow" | "deny";

export interface Subject {
  readonly id: string;
  readonly roles: readonly string[];
  readonly groups?: readonly string[];
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface Resource {
  /** A path such as "projects/7/files/3". */
  readonly path: string;
  readonly owner?: string;
  readonly attributes?: Readonly<Record<string, unknown>>;
}

export interface Request {
  readonly subject: Subject;
  readonly action: string;
  readonly resource: Resource;
  /** Milliseconds since 1970. */
  readonly time: number;
}

export interface Decision {
  readonly effect: Effect;
  readonly reason: string;
}
