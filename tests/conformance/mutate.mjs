#!/usr/bin/env node
// Changes profiles by a token or a line, and asks Pavise and a real parser of each outcome: both have to take it, or both refuse it. What
// both take, Pavise writes again, and the parser has to make an equal binary of both texts.
//
//   tests/conformance/mutate.mjs PAVISE [COUNT [SEED]]       COUNT changes for each of the parsers 3.0.8, 4.1.0 and 5.0.2
//   tests/conformance/mutate.mjs PAVISE VERSION:NUMBER SEED  one of them, with its text
//
// The profiles are those in mutated/, each for its own version and the later ones, and the small ones that Debian ships. The same seed
// gives the same changes. The last line is `N passed, N failed, N skipped`.
import { execFile, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const parsers = join(here, "../../scripts/parsers");
const [pavise, wanted = "150", seed = "1"] = process.argv.slice(2);
const only = wanted.includes(":") ? wanted.split(":") : undefined;
const small = 2500; // bytes of one of Debian's profiles; the parser's time goes to the large ones

const unsteady = "the parser makes two binaries of one text";

// Where Pavise and the parser differ on purpose: what the message has, and why.
const known = [
  [/no rule begins with/, "the parser takes a word without `/` for a path, which no file has"],
  [/expected a path, found `[^/@`"]/, "the parser takes a link's target without `/`, which no file has"],
  [/AppArmor takes only paths that start with/, "the parser takes a link's target without `/`, which no file has"],
  [/takes `.` in a class for a pattern of its own/, "the parser puts the pattern of `*` into the class where a `*` stands (convert_aaregex_to_pcre in parser_regex.c)"],
  [new RegExp(unsteady), "the parser makes another binary of the same text each time"],
  [/error\[E0814\]/, "the parser drops or changes rules in blocks in silence"],
  [/error\[E050/, "the parser leaves out in silence what its version or abi lacks"],
];

function generator(start) {
  let state = start | 0 || 1;
  return (limit) => {
    // xorshift
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

const tokensOf = (text) => text.match(/\s+|[A-Za-z_]+|[0-9]+|[^]/g) ?? [];

function changeToken(text, below) {
  const tokens = tokensOf(text);
  const words = tokens.filter((token) => token.trim() !== "");
  const at = below(tokens.length);
  const other = below(tokens.length);
  const word = words[below(words.length)];
  [
    () => tokens.splice(at, 1),
    () => tokens.splice(at, 0, word),
    () => (tokens[at] = word),
    () => ([tokens[at], tokens[other]] = [tokens[other], tokens[at]]),
  ][below(4)]();
  return tokens.join("");
}

function changeLine(text, stranger, below) {
  const lines = text.split("\n");
  const at = below(lines.length);
  const other = below(lines.length);
  const strange = stranger.split("\n");
  [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, lines[at]),
    () => ([lines[at], lines[other]] = [lines[other], lines[at]]),
    () => lines.splice(other, 0, ...lines.splice(at, 1)),
    () => lines.splice(at, 0, strange[below(strange.length)]),
  ][below(5)]();
  return lines.join("\n");
}

const output = (program, ...args) =>
  new Promise((resolve) => {
    execFile(program, args, { encoding: "utf8", maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ status: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
    );
  });

// A parser with its profiles, or none where it can't be had.
function subject(version, room) {
  const folder = spawnSync(parsers, ["path", version], { encoding: "utf8" });
  const shipped = spawnSync(parsers, ["profiles", version], { encoding: "utf8" });
  if (folder.status !== 0) return undefined;
  const base = join(room, version);
  const debian = [];
  if (shipped.status === 0) {
    const from = join(shipped.stdout.trim(), "etc/apparmor.d");
    cpSync(from, base, { recursive: true });
    // A package's installation makes the files under local/ that its profile includes.
    mkdirSync(join(base, "local"), { recursive: true });
    for (const name of readdirSync(from).sort()) {
      const path = join(base, name);
      if (!statSync(path).isFile()) continue;
      const text = readFileSync(path, "utf8");
      for (const [, local] of text.matchAll(/^ *#?include +<(local\/[^>]+)>/gm))
        if (!existsSync(join(base, local))) writeFileSync(join(base, local), "");
      if (text.length <= small) debian.push({ name, text });
    }
  } else {
    cpSync(join(folder.stdout.trim(), "etc/apparmor.d"), base, { recursive: true });
  }
  const own = readdirSync(join(here, "mutated"))
    .filter((name) => name.slice(0, 3) <= version)
    .map((name) => ({ name, text: readFileSync(join(here, "mutated", name), "utf8") }));
  return { version, base, own, debian };
}

// The text of one change; the first ones are the profiles as they are.
function changed({ version, own, debian }, number) {
  if (number < own.length) return own[number];
  const below = generator(Number(seed) * 1_000_003 + number * 7919 + Math.round(Number(version) * 10) * 104_729);
  for (let i = 0; i < 8; ++i) below(2);
  const pool = debian.length > 0 && below(3) === 0 ? debian : own;
  const { name, text } = pool[below(pool.length)];
  let result = text;
  for (let changes = below(3) === 0 ? 2 : 1; changes > 0; --changes) {
    const from = below(2) === 0 ? own : debian.length > 0 ? debian : own;
    result = below(2) === 0 ? changeToken(result, below) : changeLine(result, from[below(from.length)].text, below);
  }
  return { name, text: result, original: text };
}

// Nothing, or what is wrong.
async function compare({ version, base }, text, untouched, room) {
  const file = join(room, "profile");
  const compile = (from, to) => output(parsers, "run", version, "--base", base, "-o", join(room, to), from);
  const ours = (command) => output(pavise, command, "--base", base, "--target", `apparmor-${version}`, file);
  writeFileSync(file, text);
  const [parser, check] = await Promise.all([compile(file, "binary"), ours("check")]);
  if (untouched && parser.status !== 0) return { what: "the parser refuses the profile that is changed in", message: parser.stderr };
  if (parser.status !== 0 && check.status === 1) return undefined;
  if (check.status > 1 || typeof check.status === "string") return { what: `Pavise ends with ${check.status} at`, message: check.stderr };
  if (parser.status !== 0) return { what: "only Pavise takes", message: `status ${parser.status}: ${parser.stderr}` };
  if (check.status !== 0) return { what: "only the parser takes", message: check.stderr };
  const built = await ours("build");
  if (built.status !== 0) return { what: "Pavise takes but does not write", message: built.stderr };
  const written = join(room, "written");
  writeFileSync(written, built.stdout);
  const again = await compile(written, "again");
  if (again.status !== 0) return { what: "the parser refuses what Pavise writes for", message: again.stderr };
  const same = () => readFileSync(join(room, "binary")).equals(readFileSync(join(room, "again")));
  if (same()) return undefined;
  const first = readFileSync(join(room, "binary"));
  for (let times = 0; times < 5; ++times) {
    await compile(file, "binary");
    if (!readFileSync(join(room, "binary")).equals(first)) return { what: "", message: unsteady };
  }
  return { what: "Pavise writes another binary for", message: built.stderr };
}

const room = mkdtempSync(join(tmpdir(), "mutate-"));
let passed = 0;
let failed = 0;
let skipped = 0;
const reasons = new Map();
const jobs = [];
try {
  for (const version of only ? [only[0]] : ["3.0", "4.1", "5.0"]) {
    const one = subject(version, room);
    if (!one) {
      skipped += 1;
      console.log(`skipped: mutations: no parser ${version}`);
    } else if (only) {
      jobs.push({ one, number: Number(only[1]) });
    } else {
      for (let number = 0; number < Number(wanted); ++number) jobs.push({ one, number });
    }
  }
  const work = async (_, slot) => {
    const own = join(room, `slot-${slot}`);
    mkdirSync(own);
    for (let job = jobs.shift(); job; job = jobs.shift()) {
      const { name, text, original } = changed(job.one, job.number);
      if (only) console.log(text);
      const wrong = await compare(job.one, text, !original, own);
      const reason = wrong && original && known.find(([part]) => part.test(wrong.message));
      if (!wrong) passed += 1;
      else if (reason) reasons.set(reason[1], (reasons.get(reason[1]) ?? 0) + 1);
      else {
        failed += 1;
        console.log(`failed: ${wrong.what} change ${job.one.version}:${job.number} of seed ${seed}, of ${name}: ${wrong.message.trim()}`);
        const before = new Set(original?.split("\n"));
        if (original) for (const line of text.split("\n")) if (!before.has(line)) console.log(`    ${line}`);
      }
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
} finally {
  rmSync(room, { recursive: true });
}
for (const [reason, times] of reasons) {
  skipped += times;
  console.log(`skipped: ${times} changes: ${reason}`);
}
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
