#!/usr/bin/env node
// A kernel's features as one text, the way that `apparmor_parser --kernel-features` and `pavise --kernel` read them. The texts in features/ are
// those of the kernels that scripts/vm boots: `tests/vm/features.mjs 6.1 >tests/vm/features/6.1`.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// Of pairs of a path and a content, ordered by path.
export function features_text(files) {
  const root = {};
  for (const [path, content] of files) {
    const folders = path.split("/");
    const name = folders.pop();
    let folder = root;
    for (const one of folders) folder = folder[one] ??= {};
    folder[name] = content.trim();
  }
  const write = (folder) => Object.entries(folder).map(([name, of]) => (typeof of === "string" ? `${name} {${of}\n}\n` : `${name} {${write(of)}}\n`)).join("");
  return write(root);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = dirname(fileURLToPath(import.meta.url));
  const ran = spawnSync(join(here, "../../scripts/vm"), ["run", process.argv[2], "--with", join(here, "guest/features"), "--", "sh", "features"], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  process.stdout.write(features_text(ran.stdout.split("\n").filter((line) => line.startsWith("feature\t")).map((line) => line.split("\t").slice(1))));
  process.exit(ran.status);
}
