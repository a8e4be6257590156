#!/usr/bin/env node
// Changes a profile token by token, and asks Pavise and the parser 3.0.8 of each outcome: both have to take it, or both refuse it.
//
//   tests/conformance/mutate.mjs PAVISE [COUNT [SEED]]
//
// The same seed gives the same changes. The last line is `N passed, N failed, N skipped`.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const parsers = join(here, "../../scripts/parsers");
const [pavise, count = "300", seed = "1"] = process.argv.slice(2);

// Where Pavise and the parser differ on purpose: what the message has, and why.
const known = [
  ["no rule begins with", "the parser takes a word without `/` for a path, which no file has"],
  ["AppArmor takes only paths that start with", "the parser takes a link's target without `/`, which no file has"],
  ["Multiple definitions for hat", "children that two included files bring are not compared"],
  ["ERROR processing regexs", "a variable's value is looked at where it is put in, which is the engine's to do"],
];

const original = readFileSync(join(here, "mutated.profile"), "utf8");
const tokens = original.match(/\s+|[A-Za-z_]+|[0-9]+|[^]/g);
const words = tokens.filter((token) => token.trim() !== "");

let state = Number(seed) || 1;
const below = (limit) => {  // xorshift
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) % limit;
};

function mutated() {
  const text = [...tokens];
  for (let changes = below(3) === 0 ? 2 : 1; changes > 0; --changes) {
    const at = below(text.length);
    const other = below(text.length);
    [
      () => text.splice(at, 1),
      () => text.splice(at, 0, words[below(words.length)]),
      () => (text[at] = words[below(words.length)]),
      () => ([text[at], text[other]] = [text[other], text[at]]),
    ][below(4)]();
  }
  return text.join("");
}

const folder = spawnSync(parsers, ["path", "3.0"], { encoding: "utf8" });
if (folder.status !== 0) {
  console.log(`skipped: mutations: no parser 3.0.8\n0 passed, 0 failed, 1 skipped`);
  process.exit(0);
}
const base = join(folder.stdout.trim(), "etc/apparmor.d");
const room = mkdtempSync(join(tmpdir(), "mutate-"));
const file = join(room, "profile");
let passed = 0;
let failed = 0;
const reasons = new Map();
try {
  for (let number = 0; number < Number(count); ++number) {
    writeFileSync(file, number === 0 ? original : mutated());
    const parser = spawnSync(parsers, ["run", "3.0", "-o", join(room, "out"), file], { encoding: "utf8" });
    const ours = spawnSync(pavise, ["check", "--base", base, file], { encoding: "utf8" });
    const message = ours.status === 0 ? parser.stderr : ours.stderr;
    const reason = known.find(([part]) => message.includes(part));
    if (ours.status <= 1 && (parser.status === 0) === (ours.status === 0)) passed += 1;
    else if (ours.status <= 1 && reason) reasons.set(reason[1], (reasons.get(reason[1]) ?? 0) + 1);
    else {
      failed += 1;
      console.log(`failed: ${ours.status === 0 ? "only Pavise takes" : "only the parser takes"} change ${number} of seed ${seed}: ${message.trim()}`);
      const before = new Set(original.split("\n"));
      for (const line of readFileSync(file, "utf8").split("\n")) if (!before.has(line)) console.log(`    ${line}`);
    }
  }
} finally {
  rmSync(room, { recursive: true });
}
let skipped = 0;
for (const [reason, times] of reasons) {
  skipped += times;
  console.log(`skipped: ${times} changes: ${reason}`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
