import { chown, lchown } from "node:fs/promises";

/**
 * The host user that candidates run as when Pawl itself runs as root: `nobody`. Root is exempt from the kernel's process
 * limit and owns /proc/sys, so a candidate must never be root, not even inside a user namespace. Null for an ordinary user:
 * candidates then run as that user, inside a user namespace of their own.
 */
export const boxOwner: { readonly uid: number; readonly gid: number } | null =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : null;

/** Lets the box's user own a file, folder or link that Pawl made for it. Does nothing for an ordinary user. */
export async function giveToBox(path: string, link = false): Promise<void> {
  if (boxOwner !== null) await (link ? lchown : chown)(path, boxOwner.uid, boxOwner.gid);
}
