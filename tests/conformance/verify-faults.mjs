#!/usr/bin/env node
// Seeds faults: changes one rule, permission, character or exec mode of what Pavise emits for the examples, has the real parser compile it,
// and asks `pavise verify --binary` whether that is still what the policy means. The judge is another path: the parser's own dump of its
// automata (`-D dfa-states`), with states numbered in the order of a walk, and the rest of the binary.
//
//   tests/conformance/verify-faults.mjs PAVISE [COUNT [SEED]]     COUNT mutants, 120 without it
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [pavise, countWord = "120", seedWord = "1"] = process.argv.slice(2);
const count = Number(countWord);
let state = Number(seedWord) >>> 0;
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
const pick = (list) => list[random(list.length)];

const parser = "3.0";
const where = spawnSync("scripts/parsers", ["path", parser], { encoding: "utf8" });
if (where.status !== 0) {
  console.log(`skipped: ${where.stderr.trim()}\n0 passed, 0 failed, 1 skipped`);
  process.exit(0);
}
const base = join(where.stdout.trim(), "etc/apparmor.d");
const room = mkdtempSync(join(tmpdir(), "verify-faults-"));
process.on("exit", () => rmSync(room, { recursive: true, force: true }));
const file = (name) => join(room, name);

// What the parser makes of a text: its binary, and the dump of its automata. Null: it refuses the text.
function compile(text, name) {
  writeFileSync(file(name), text);
  const binary = file(`${name}.bin`);
  rmSync(binary, { force: true });
  const made = spawnSync("scripts/parsers", ["run", parser, "-D", "dfa-states", "-o", binary, file(name)], { encoding: "latin1", maxBuffer: 1 << 28 });
  if (made.status !== 0 || !existsSync(binary)) return null;
  return { binary, bytes: readFileSync(binary), dump: made.stdout + made.stderr };
}

// The automata of a dump, each as the text of a walk from its start.
function automata(dump) {
  const all = [];
  let one;
  let at;
  for (const line of dump.split("\n")) {
    if (/^\{\d+\} <==/.test(line)) all.push((one = { start: line.match(/^\{(\d+)\}/)[1], accepts: new Map(), moves: new Map() }));
    else if (!one) continue;
    else if (/^\{\d+\} perms:/.test(line)) one.moves.set((at = line.match(/^\{(\d+)\}/)[1]), []);
    else if (/^\{\d+\}/.test(line)) one.accepts.set(line.match(/^\{(\d+)\}/)[1], line.replace(/^\{\d+\}/, ""));
    else if (/ -> \{\d+\}/.test(line)) {
      const [, character, to] = line.match(/^(.*) -> \{(\d+)\}/s);
      one.moves.get(at).push([character, to]);
    }
  }
  return all.map(({ start, accepts, moves }) => {
    const numbers = new Map([[start, 0]]);
    const order = [start];
    let out = "";
    for (let i = 0; i < order.length; ++i) {
      // allow/deny/audit/quiet: what is denied has been taken from what is allowed, and no binary holds it.
      out += `${i}${(accepts.get(order[i]) ?? "").replace(/^([^/]*)\/[^/]*\//, "$1/")}\n`;
      for (const [character, to] of (moves.get(order[i]) ?? []).sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
        if (!numbers.has(to)) {
          numbers.set(to, order.length);
          order.push(to);
        }
        out += `${character} ${numbers.get(to)}\n`;
      }
    }
    return out;
  });
}

// The binary but for the blocks of its automata.
function rest(bytes) {
  const mark = Buffer.from("\x04\x06\x00aadfa\x00\x06", "latin1");
  const parts = [];
  for (let from = 0; ; ) {
    const found = bytes.indexOf(mark, from);
    if (found < 0) return Buffer.concat([...parts, bytes.subarray(from)]).toString("latin1");
    parts.push(bytes.subarray(from, found));
    from = found + mark.length + 4 + bytes.readUInt32LE(found + mark.length);
  }
}
const meaning = (made) => JSON.stringify([automata(made.dump), rest(made.bytes)]);

const isRule = (line) => /,(\s+#.*)?$/.test(line) && /^\s+\S/.test(line) && !/^\s*(include|#|\})/.test(line);
const split = (line) => line.match(/^(.*?,)(\s+#.*)?$/);

// Ways to change a rule; each answers with a text, or with nothing where it does not fit.
const changes = [
  (rule) => "",
  (rule) => rule.replace(/ ([rwalkm]+),$/, (_, letters) => ` ${letters.includes("k") ? letters.replace("k", "") || "r" : `${letters}k`},`),
  (rule) => rule.replace(/ ([rwalkm]+),$/, (_, letters) => ` ${letters.includes("r") ? letters.replace("r", "") || "w" : `r${letters}`},`),
  (rule) => rule.replace(/ ([rwalkm]+),$/, (_, letters) => ` ${letters.includes("w") ? letters.replace("w", "a") : letters.includes("a") ? letters.replace("a", "w") : `${letters}w`},`),
  (rule) => rule.replace(/([a-zA-Z]*?)(px|Px|cx|Cx|ix|ux|Ux)\b/, (_, before, mode) => before + pick(["px", "Px", "ix", "Ux", "ux", "pix"].filter((other) => other !== mode))),
  (rule) => (/^\s*(audit|deny|owner)\b/.test(rule) ? rule.replace(/\b(audit|deny|owner) /, "") : rule),
  (rule) => (/^\s*[/@]/.test(rule) ? rule.replace(/^(\s*)/, "$1owner ") : rule),
  (rule) => (/^\s*(audit|deny)\b/.test(rule) ? rule : rule.replace(/^(\s*)/, "$1audit ")),
  (rule) => rule.replace(/\*\*/, "*"),
  (rule) => rule.replace(/(?<!\*)\*(?!\*)/, "**"),
  (rule) => {
    const places = [...rule.matchAll(/(?<=[/\w.-])[a-z](?=[\w./-])/g)].map((found) => found.index);
    if (places.length === 0) return rule;
    const at = pick(places);
    return rule.slice(0, at) + pick([..."abcdefgxyz"]) + rule.slice(at + 1);
  },
  (rule) => rule.replace(/capability (\w+)/, () => `capability ${pick(["chown", "kill", "sys_admin", "net_raw", "bpf"])}`),
  (rule) => rule.replace(/network (\w+) (\w+)/, () => `network ${pick(["inet", "inet6", "netlink"])} ${pick(["stream", "dgram", "raw"])}`),
  (rule) => rule.replace(/signal \((\w+)\)/, (_, access) => `signal (${access === "send" ? "receive" : "send"})`),
];

const texts = [];
for (const folder of readdirSync("examples")) {
  const policy = `examples/${folder}/${folder}.pav`;
  if (!existsSync(policy)) continue;
  const built = spawnSync(pavise, ["build", "--base", base, policy], { encoding: "utf8" });
  if (built.status === 0) texts.push({ policy, text: built.stdout });
}

let passed = 0;
let failed = 0;
let changed = 0;
let tried = 0;
const originals = new Map();
while (passed + failed < count && tried < count * 10) {
  ++tried;
  const { policy, text } = pick(texts);
  const lines = text.split("\n");
  const rules = lines.flatMap((line, index) => (isRule(line) ? [index] : []));
  if (rules.length === 0) continue;
  const at = pick(rules);
  const [, rule, comment = ""] = split(lines[at]);
  const mutated = pick(changes)(rule);
  if (mutated === rule) continue;
  if (!originals.has(policy)) originals.set(policy, meaning(compile(text, "original")));
  lines[at] = mutated + comment;
  const made = compile(lines.join("\n"), "mutant");
  if (made === null) continue;
  const differs = meaning(made) !== originals.get(policy);
  const told = spawnSync(pavise, ["verify", "--base", base, "--binary", made.binary, policy], { encoding: "utf8" });
  changed += differs ? 1 : 0;
  if (told.status === (differs ? 1 : 0)) ++passed;
  else {
    ++failed;
    console.log(`${policy}: \`${rule.trim()}\` became \`${mutated.trim()}\`, which ${differs ? "changes" : "does not change"} the automata, and verify exits with ${told.status}`);
    console.log(told.stdout.replace(/^equal.*\n/gm, "").replace(/^/gm, "  "));
  }
}
console.log(`${passed + failed} mutants: ${changed} change the meaning, ${passed + failed - changed} do not`);
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exit(failed === 0 ? 0 : 1);
