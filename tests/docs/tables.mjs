#!/usr/bin/env node
// Prints a page with its tables filled from the compiler's words: `tests/docs/tables.mjs PAVISE PAGE`.
//
// A table stands between `<!-- table NAME -->` and `<!-- end -->`; NAME is a table of `pavise words --format json`, `diagnostics`, the
// pages of docs/diagnostics by their titles, or `layers`, a table of `pavise reference`.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

const [pavise, page] = process.argv.slice(2);
const words = JSON.parse(execFileSync(pavise, ["words", "--format", "json"], { encoding: "utf8" }));
const cell = (text) => String(text ?? "").replaceAll("|", "\\|");
const code = (text) => `\`${cell(text)}\``;
const rows = (head, lines) => [`| ${head.join(" | ")} |`, `|${head.map(() => "---").join("|")}|`, ...lines.map((line) => `| ${line.join(" | ")} |`)];

function table(name) {
  if (name === "diagnostics") {
    const pages = readdirSync("docs/diagnostics").filter((file) => /^[EWN]\d+\.md$/.test(file)).sort();
    return rows(["code", "what"], pages.map((file) => {
      const [title, text] = readFileSync(`docs/diagnostics/${file}`, "utf8").split("\n", 1)[0].replace(/^# /, "").split(/: (.*)/s);
      return [`[${title}](${file})`, cell(text)];
    }));
  }
  if (name === "classes") {
    return rows(["class", "access", "conditions", "what it is"], words.classes.map((entry) => [
      code(entry.keyword),
      entry.access.map((word) => code(word.name)).join(" "),
      entry.conditions.map((word) => code(word.in_peer ? `peer=[${word.name}=]` : `${word.name}=`)).join(" "),
      cell(entry.meaning),
    ]));
  }
  if (name === "layers") return execFileSync(pavise, ["reference", "layers"], { encoding: "utf8" }).trimEnd().split("\n");
  const list = name.split(".").reduce((from, key) => from?.[key], words);
  if (!Array.isArray(list)) throw new Error(`${page}: there is no table \`${name}\``);
  if (typeof list[0] === "string") return [list.map(code).join(" ")];
  return rows(["word", "meaning"], list.map((word) => [code(word.name), cell(word.meaning)]));
}

const text = readFileSync(page, "utf8");
process.stdout.write(text.replace(/(<!-- table ([\w.]+) -->\n)[^]*?(<!-- end -->)/g, (_, begin, name, end) => `${begin}\n${table(name).join("\n")}\n\n${end}`));
