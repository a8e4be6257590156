#!/usr/bin/env node
// Asks a kernel whether it does what Pavise says: generated policies are enforced in a guest, operations are tried under them, and each
// answer must be the one that `pavise test` proves.
//
//   tests/vm/agree.mjs BUILD KERNEL TARGET [GROUPS [SEED]]     6.1 apparmor-3.0: each group is a file of a few profiles of one rule class
//
// A difference is printed with its policy, or is one of those below that a feature of the kernel explains. The last line is
// `N passed, N failed, N skipped`. The same seed gives the same policies.
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { features_text } from "./features.mjs";
import { class_names, generate, randomness } from "./policies.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, "../..");
const [build = "build/release", kernel = "6.1", target = "apparmor-3.0", groups = "20", seed = "1"] = process.argv.slice(2);
const pavise = join(build, "pavise");
const parser = { "apparmor-3.0": "3.0", "apparmor-4.0": "4.1", "apparmor-4.1": "4.1", "apparmor-5.0": "5.0" }[target];
const features = join(here, "features", kernel);
const room = mkdtempSync(join(tmpdir(), "pavise-vm-"));
process.on("exit", () => rmSync(room, { recursive: true, force: true }));

function call(program, words, options = {}) {
  return new Promise((resolve) => {
    execFile(program, words, { maxBuffer: 1 << 28, timeout: 300000, ...options }, (error, stdout, stderr) => resolve({ status: error ? (error.code ?? 1) : 0, stdout, stderr }));
  });
}
function fail(message) {
  console.log(`failed: ${message}\n0 passed, 1 failed, 0 skipped`);
  process.exit(1);
}

// `LINE: message` of each error among diagnostics in JSON.
function errors_of(diagnostics) {
  const all = diagnostics.startsWith("{") ? JSON.parse(diagnostics).diagnostics : [];
  return all.filter((one) => one.severity === "error").map((one) => `${one.place?.line}: ${one.message}`).join("\n") || diagnostics;
}

// The permission that a need is, as a test of its own.
const expectation = ({ words, half }) => `expect allow ${half ? `${half} ` : ""}${words}`;

// What is asked about a need. A link with `subset` is allowed if the new name's permissions are among the target's, which the kernel tests for
// the owner's half alone, since no parser asks for more.
const bits = ["read", "write", "append", "lock", "map"];
const question = (need, words) => ({ profile: need.profile, half: need.half, words });
function questions(need) {
  if (need.pair === undefined) return [need];
  return [need, question(need, need.words.replace("link", "link subset")), ...bits.flatMap((bit) => need.pair.map((path) => question(need, `${bit} ${path}`)))];
}
function is_allowed(need, holds) {
  if (holds(need)) return true;
  if (need.pair === undefined || !holds(question(need, need.words.replace("link", "link subset")))) return false;
  const [name, target] = need.pair;
  return need.half === "other" || bits.every((bit) => !holds(question(need, `${bit} ${name}`)) || holds(question(need, `${bit} ${target}`)));
}

// Predicts a group's operations, and compiles it with the real parser.
async function prepare(group) {
  const needs = group.operations.flatMap((one) => [...one.needs, ...(one.after ?? [])]).flatMap(questions);
  const tests = new Map();
  for (const need of needs) {
    const key = `${need.profile} ${expectation(need)}`;
    if (!tests.has(key)) tests.set(key, { number: tests.size, need });
  }
  const source = join(room, `${group.name}.pav`);
  writeFileSync(source, group.text);
  const asked = join(room, `${group.name}-asked.pav`);
  writeFileSync(asked, group.text + [...tests.values()].map(({ number, need }) => `\ntest "${number}" for "${need.profile}" {\n  ${expectation(need)}\n}\n`).join(""));
  const proved = await call(pavise, ["test", "--format", "json", "--target", target, "--kernel", features, asked]);
  const said = proved.stdout === "" ? { tests: [] } : JSON.parse(proved.stdout);
  if (said.tests.length !== tests.size) throw new Error(`pavise test answers ${said.tests.length} of ${tests.size} questions about ${group.name}:\n${group.text}\n${errors_of(proved.stderr)}`);
  const verdicts = said.tests.map((test) => test.verdict);
  const holds = (need) => {
    const verdict = verdicts[tests.get(`${need.profile} ${expectation(need)}`).number];
    if (verdict !== "holds" && verdict !== "fails") throw new Error(`pavise test has no answer (${verdict}) for ${need.profile} ${expectation(need)}:\n${group.text}`);
    return verdict === "holds";
  };
  for (const one of group.operations) {
    one.allowed = one.holds ?? one.needs.every((need) => is_allowed(need, holds));
    one.starts = (one.after ?? []).every(holds);
  }
  const written = await call(pavise, ["build", "--target", target, "--kernel", features, source]);
  if (written.status !== 0) throw new Error(`pavise build refuses ${group.name}:\n${group.text}\n${written.stderr}`);
  const profile = join(room, `${group.name}.profile`);
  writeFileSync(profile, written.stdout);
  const binary = join(room, `${group.name}.bin`);
  const compiled = await call(join(top, "scripts/parsers"), ["run", parser, "--kernel-features", features, "-o", binary, "--", profile]);
  if (compiled.status === 77) {
    console.log(`${compiled.stderr}\n0 passed, 0 failed, 1 skipped`);
    process.exit(0);
  }
  if (compiled.status !== 0) throw new Error(`the parser refuses ${group.name}:\n${written.stdout}\n${compiled.stderr}`);
  group.binary = readFileSync(binary);
}

const random = randomness(Number(seed) * 7919);
const all = Array.from({ length: Number(groups) }, (_, i) => {
  const kind = class_names[i % class_names.length];
  const name = `g${i}`;
  return { name, kind, ...generate(kind, random, { name, profiles: 6, tries: kind === "file" ? 24 : 10 }) };
});
let next = 0;
const broken = [];
async function work() {
  while (next < all.length) {
    const group = all[next++];
    try {
      await prepare(group);
    } catch (error) {
      broken.push(error.message);
    }
  }
}
await Promise.all(Array.from({ length: availableParallelism() }, work));
if (broken.length > 0) fail(broken.slice(0, 3).join("\n"));

// What a guest is given: all profiles for one write, and the operations.
const lines = [];
let number = 0;
for (const group of all) {
  for (const one of group.operations) {
    one.number = number++;
    for (const scene of one.scene) lines.push(scene.join("\t"));
    lines.push(["do", one.number, one.profile, one.peer ?? "-", ...one.do].join("\t"));
  }
}
writeFileSync(join(room, "policy"), Buffer.concat(all.map((group) => group.binary)));
writeFileSync(join(room, "operations"), `${lines.join("\n")}\n`);
const guest = ["run", kernel, "--seconds", String(400 + number / 5), "--with", `${join(build, "tests/vm_probe")}=/given/probe`, "--with", join(room, "policy"), "--with", join(room, "operations"),
  "--with", join(here, "guest/agree"), "--with", join(here, "guest/features"), "--append", "audit=0", "--", "sh", "agree"];
const ran = spawnSync(join(top, "scripts/vm"), guest, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] });
if (ran.status === 77) {
  console.log(`skipped: no guest with kernel ${kernel}\n0 passed, 0 failed, 1 skipped`);
  process.exit(0);
}
const answers = new Map();
const strange = [];
const mediated = [];
for (const line of ran.stdout.split("\n").filter(Boolean)) {
  const words = line.split("\t");
  if (words[0] === "feature") mediated.push(words.slice(1));
  else if (/^\d+$/.test(words[0])) answers.set(Number(words[0]), words.slice(1));
  else strange.push(line);
}
if (ran.status !== 0 || strange.length > 0) fail(`the guest ended with ${ran.status}: ${strange.slice(0, 10).join("\n")}`);

if (features_text(mediated) !== readFileSync(features, "utf8")) fail(`kernel ${kernel} has other features than ${features} says; tests/vm/features.mjs prints them`);

// Classes that are allowed where a kernel's features lack them, whatever a target's profile says: a test with `--kernel` judges by the target alone.
const lacking = Object.entries({ userns: "userns_create", io_uring: "io_uring {" }).filter(([, mark]) => !readFileSync(features, "utf8").includes(mark)).map(([word]) => word);
const is_unknown_to_kernel = (one, found) => found[0] === "ok" && one.needs.some((need) => lacking.includes(need.words.split(" ")[0]));

const refusals = ["EACCES", "EPERM"];
function agrees(one, [found, label]) {
  if (!one.allowed) return refusals.includes(found);
  if (one.any) return /^(ok|E[A-Z0-9]+)$/.test(found) && !refusals.includes(found);
  if (!one.starts) return found === "died" || refusals.includes(found);
  return found === "ok" && (one.label === undefined || one.label === label);
}

const counts = new Map(class_names.map((name) => [name, { allowed: 0, denied: 0, differ: 0 }]));
let differ = 0;
let explained = 0;
for (const group of all) {
  const count = counts.get(group.kind);
  for (const one of group.operations) {
    const found = answers.get(one.number) ?? ["no answer"];
    if (agrees(one, found)) {
      count[one.allowed && one.starts ? "allowed" : "denied"]++;
      continue;
    }
    if (is_unknown_to_kernel(one, found)) {
      explained++;
      continue;
    }
    count.differ++;
    if (differ++ < 12) {
      const text = group.text.split(/\n(?=profile )/).filter((profile) => one.needs.some((need) => profile.startsWith(`profile ${need.profile.split("//")[0]} `))).join("\n");
      console.log(`differs: under ${one.profile}${one.peer ? ` with ${one.peer}` : ""}, \`${one.do.join(" ")}\` is ${found.join(" ")}; Pavise says ${one.allowed ? `allowed${one.label ? `, as ${one.label}` : ""}${one.starts ? "" : ", but it does not start"}` : "denied"}`);
      console.log(`  scene: ${one.scene.map((scene) => scene.join(" ")).join("; ")}; needs: ${[...one.needs, ...(one.after ?? [])].map((need) => `${need.profile}: ${need.half ?? ""} ${need.words}`).join(", ")}\n${text.replace(/^/gm, "    ")}`);
    }
  }
}
for (const [name, { allowed, denied, differ: others }] of counts) console.log(`${name.padEnd(16)} ${allowed} allowed, ${denied} denied as predicted${others ? `, ${others} not as predicted` : ""}`);
if (explained > 0) console.log(`skipped: ${explained} allowed against the policy, since the kernel's features lack ${lacking.join(" and ")}`);
console.log(`kernel ${kernel}, ${target}: ${all.length * 6} profiles, ${number} operations, seed ${seed}`);
console.log(`${number - differ - explained} passed, ${differ} failed, ${explained} skipped`);
process.exit(differ === 0 ? 0 : 1);
