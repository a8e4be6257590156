// What must hold of the grammar over any policy: it colours every keyword of the compiler, leaves no word of a policy uncoloured, and is
// back at the file's level when the file ends.
//
//   node check.mjs NODE_MODULES WORDS.json POLICY…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const [modules, wordsFile, ...policies] = process.argv.slice(2);
const require = createRequire(join(modules, "package.json"));
const { INITIAL, Registry, parseRawGrammar } = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const wasm = readFileSync(join(modules, "vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const grammarFile = join(dirname(fileURLToPath(import.meta.url)), "syntaxes/pavise.tmLanguage.json");
const registry = new Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => parseRawGrammar(readFileSync(grammarFile, "utf8"), grammarFile),
});
const grammar = await registry.loadGrammar("source.pavise");

function tokens(text) {
  let stack = INITIAL;
  const found = [];
  for (const [number, line] of text.split("\n").entries()) {
    const result = grammar.tokenizeLine(line, stack);
    stack = result.ruleStack;
    for (const token of result.tokens) {
      found.push({ line: number + 1, text: line.slice(token.startIndex, token.endIndex), scope: token.scopes.at(-1) });
    }
  }
  return { found, depth: stack.depth };
}

let passed = 0;
let failed = 0;
function expect(holds, complaint) {
  if (holds) passed += 1;
  else {
    failed += 1;
    console.log(`failed: ${complaint}`);
  }
}

// A line that puts a keyword where it belongs.
const inPlace = {
  file: (word) => ({ test: 'test "x" for y {', profile: "profile x {", if: "if a {" })[word] ?? `${word} x`,
  body: (word) => ({ container: "container {", audit: "audit allow read /x", priority: "priority 1 allow read /x" })[word] ?? `${word} x`,
  test: (word) => `${word} allow read /x`,
  clauses: (word) => ({ or: "allow exec /x -> profile or inherit", where: "allow syscall x where arg0 == 1" })[word] ?? `allow exec ${word} /x`,
  owners: (word) => `allow ${word} read /x`,
  expectations: (word) => (word === "never" ? "expect never reach x" : `expect ${word} write /x`),
  conditions: (word) => `if ${word} x {`,
};
const json = JSON.parse(readFileSync(wordsFile, "utf8"));
for (const [place, line] of Object.entries(inPlace)) {
  for (const word of json.keywords[place]) {
    const token = tokens(line(word)).found.find((entry) => entry.text.trim() === word);
    expect(/^(keyword|storage|support)\./.test(token?.scope ?? ""), `the keyword \`${word}\` (${place}) is not coloured`);
  }
}
for (const word of json.settings) {
  const token = tokens(`container {\n${word} x\n}`).found.find((entry) => entry.text === word);
  expect(token?.scope === "support.type.property-name.pavise", `the setting \`${word}\` is not coloured`);
}

// A golden case holds further files after `#> file: NAME`; those that aren't policies are AppArmor's text, and left out line for line.
function policyText(text) {
  let ours = true;
  const lines = text.split("\n").map((line) => {
    const name = /^#> file: (.*)/.exec(line)?.[1];
    if (name !== undefined) ours = name.endsWith(".pav");
    else if (line.startsWith("#=")) ours = true;
    return ours ? line : "";
  });
  return lines.join("\n");
}

for (const policy of policies) {
  const { found, depth } = tokens(policyText(readFileSync(policy, "utf8")));
  const bare = found.find((token) => token.scope === "source.pavise" && /[A-Za-z0-9]/.test(token.text));
  expect(bare === undefined, `${policy}:${bare?.line}: \`${bare?.text}\` has no colour`);
  expect(depth === INITIAL.depth + 1 || depth === 1, `${policy}: a region is still open at the end of the file`);
}
console.log(`${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
