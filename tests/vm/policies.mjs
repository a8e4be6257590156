// Generated policies, a few profiles each of one rule class, and the operations that are tried under them.
//
//   const { text, operations } = generate("file", random, { name: "g7", profiles: 6, tries: 20 });
//
// `text` is a .pav file. An operation has the `scene` that the probe sets before it, what the probe is to `do`, and what it `needs`: a
// permission of a profile in the words of an `expect`, for a file also whose it is. It is allowed if all of them are.
import { capabilities, families, limits, signals, types } from "./words.mjs";

// The same start gives the same choices (xorshift).
export function randomness(start) {
  let state = start | 0 || 1;
  const below = (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
  for (let i = 0; i < 8; i++) below(1);
  const pick = (list) => list[below(list.length)];
  const some = (list, share = 50) => list.filter(() => below(100) < share);
  const chance = (percent) => below(100) < percent;
  return { below, pick, some, chance };
}

const list = (words) => (words.length === 1 ? words[0] : `[${words.join(" ")}]`);
const repeat = (count, make) => Array.from({ length: count }, (_, i) => make(i));

// Files
const folders = ["/t/a", "/t/b", "/t/a/d", "/t/c.x"];
const leaves = ["f", "g", "fg", "x.so", "y.txt", ".h"];
const globs = ["/t/**", "/t/a/*", "/t/a/**", "/t/{a,b}/*", "/t/{a,c*}/**", "/t/*/f", "/t/*/[fg]", "/t/a/[^f]*", "/t/**.so", "/t/**.{so,txt}", "/t/?/g", "/t/a/d/**",
  "/t/a/d/?", "/t/b/*.*", "/t/**/f*", "/t/*/.*", "/t/*.x/**", "/t/a/f", "/t/b/g", "/t/a/d/fg", "/t/c.x/{f,g,x.so}", "/t/*/", "/t/**/", "/t/a/{n,m}*/"];
const operations_of_files = ["read", "write", "append", "lock", "map", "link"];

function file_rule({ pick, some, chance }) {
  const chosen = some(operations_of_files, 40);
  const words = chosen.length ? chosen : [pick(operations_of_files)];
  const effect = chance(75) ? "allow" : "deny";
  // What a test calls write is both of the kernel's bits, and an operation asks for one: they are denied together.
  if (effect === "deny" && words.includes("append") && !words.includes("write")) words.unshift("write");
  const owner = chance(25) ? "owner " : "";
  const linked = words.includes("link") && chance(40);
  // Every link that is allowed has `subset`, as one without a target has: two that overlap must not differ in it.
  if (linked) return `${effect} ${owner}link ${effect === "allow" ? "subset " : ""}${pick(globs)} -> ${pick(globs)}`;
  const objects = chance(30) ? `[${pick(globs)} ${pick(globs)}]` : pick(globs);
  // Only what has a form in AppArmor: a difference of two globs need not.
  if (chance(20) && !words.includes("link")) return `${effect} ${owner}${list(words)} ${pick(["/t/**", "/t/a/**", "/t/{a,b}/**"])} except ${pick(["/t/a/d/**", "/t/a/f", "/t/a/d/fg", "/t/a/d/f*"])}`;
  return `${effect} ${owner}${list(words)} ${objects}`;
}

// The name of each operation: what it needs of its path, or of its two.
const one_path = {
  read: ["read"], write: ["write"], append: ["append"], "read-write": ["read", "write"], truncate: ["write"], chmod: ["write"], chown: ["write"],
  unlink: ["write"], "lock-shared": ["read", "lock"], lock: ["read", "lock", "write"], map: ["read", "map"], stat: [],
};
const new_path = { create: ["write"], "create-to-read": ["write", "read"], mkfifo: ["write"], symlink: ["write"] };
const folder = { mkdir: ["write"], rmdir: ["write"], list: ["read"] };

function file_operation({ pick, chance }, profile) {
  const path = `${pick(folders)}/${pick(leaves)}`;
  const owner = chance(50) ? "0" : "1000";
  const whose = owner === "0" ? "owner" : "other";
  const need = (word, object, half = whose) => ({ profile, words: `${word} ${object}`, half });
  const kind = pick(["one", "one", "one", "one", "new", "new", "folder", "rename", "link", "link"]);
  if (kind === "one") {
    const name = pick(Object.keys(one_path));
    return { scene: [["file", path, owner]], do: [name, path], needs: one_path[name].map((word) => need(word, path)) };
  }
  if (kind === "new") {
    const name = pick(Object.keys(new_path));
    return { scene: [["absent", path]], do: [name, path], needs: new_path[name].map((word) => need(word, path, "owner")) };
  }
  if (kind === "folder") {
    const name = pick(Object.keys(folder));
    const place = `${pick(["/t/a", "/t/b"])}/${pick(["n", "m1", "o"])}`;
    const scene = name === "mkdir" ? ["absent", place] : ["folder", place, owner];
    return { scene: [scene], do: [name, place], needs: folder[name].map((word) => need(word, `${place}/`, name === "mkdir" ? "owner" : whose)) };
  }
  let other = path;
  while (other === path) other = `${pick(folders)}/${pick(leaves)}`;
  const scene = [["file", path, owner], ["absent", other]];
  if (kind === "rename") return { scene, do: ["rename", path, other], needs: [need("read", path), need("write", path), need("write", other)] };
  return { scene, do: ["link", other, path], needs: [{ ...need("link", `${other} -> ${path}`), pair: [other, path] }] };
}

// Programs: each rule has a folder of its own, since two globs must not send one path to two targets.
function exec_profile(random, index, names) {
  const { pick, chance } = random;
  const rules = [];
  const targets = {};
  for (const place of ["/t/p", "/t/q", "/t/r", "/t/s"]) {
    if (chance(25)) continue;
    const objects = pick([`${place}/*`, `${place}/{f,g}`, `${place}/[^f]*`, `${place}/f`, `${place}/**`]);
    const other = pick(names);
    const target = pick(["inherit", "inherit", "unconfined", `profile ${other}`, `profile ${other}`, `child kid${index}`]);
    targets[place] = target;
    rules.push(`allow exec ${objects}${target === "inherit" ? "" : ` -> ${target}`}`);
  }
  if (chance(40)) rules.push(`deny exec ${pick(["/t/p/f", "/t/*/g", "/t/q/**", "/t/{r,s}/f*"])}`);
  if (chance(50)) rules.push(`allow [read map] ${pick(["/t/**", "/t/{p,q}/**", "/t/*/f"])}`);
  rules.push(`profile kid${index} {\n    allow [read map] ${pick(["/t/**", "/t/*/f", "/t/r/*"])}\n    allow capability\n  }`);
  return { rules, targets, kid: `kid${index}` };
}

const classes = {
  file(random, names, tries) {
    const profiles = names.map(() => [...repeat(2 + random.below(6), () => file_rule(random)), "allow capability"]);
    return { profiles, operations: names.flatMap((name) => repeat(tries, () => ({ profile: name, ...file_operation(random, name) }))) };
  },

  exec(random, names, tries) {
    const made = names.map((_, i) => exec_profile(random, i, names));
    const operations = names.flatMap((profile, i) => repeat(tries, () => {
      const { pick } = random;
      const place = pick(["/t/p", "/t/q", "/t/r", "/t/s"]);
      const path = `${place}/${pick(["f", "g", "fh"])}`;
      const target = made[i].targets[place] ?? "inherit";
      const label = target === "inherit" ? profile : target.startsWith("child ") ? `${profile}//${made[i].kid}` : target.replace(/^profile /, "");
      // The new program's own profile is asked about its file, unless the label stays.
      const after = label === profile || label === "unconfined" ? [] : ["read", "map"].map((word) => ({ profile: label, words: `${word} ${path}`, half: "owner" }));
      return { profile, scene: [["program", path, "0"]], do: ["exec", path], label, needs: [{ profile, words: `exec ${path}`, half: "owner" }], after };
    }));
    return { profiles: made.map(({ rules }) => [...rules, "allow capability"]), operations };
  },

  network(random, names, tries) {
    const { pick, some, chance, below } = random;
    const rule = () => {
      const effect = chance(70) ? "allow" : "deny";
      const domain = chance(60) ? list(some(Object.keys(families), 20).slice(0, 12).concat(pick(["inet", "unix", "netlink"]))) : "";
      const type = chance(60) ? list(some(Object.keys(types), 40).concat(pick(Object.keys(types)))) : "";
      if (domain === "" && type === "") return `${effect} network inet stream`;
      return domain === "" ? `${effect} network type ${type}` : `${effect} network ${domain} ${type}`.trimEnd();
    };
    const profiles = names.map(() => [...repeat(1 + below(4), rule), "allow capability", "allow file"]);
    const operations = names.flatMap((profile) => repeat(tries, () => {
      const family = chance(50) ? pick(["inet", "inet6", "unix", "netlink", "packet"]) : pick(Object.keys(families));
      const type = pick(Object.keys(types));
      return { profile, scene: [], do: ["socket", `${families[family]}`, `${types[type]}`], any: true, needs: [{ profile, words: `network ${family} ${type}` }] };
    }));
    return { profiles, operations };
  },

  capability(random, names) {
    const { some, chance } = random;
    const profiles = names.map(() => {
      const rules = ["allow file", "allow network"];
      const allowed = some(capabilities);
      if (allowed.length) rules.push(`allow capability ${list(allowed)}`);
      const denied = some(capabilities, 10);
      if (denied.length && chance(50)) rules.push(`deny capability ${list(denied)}`);
      return rules;
    });
    const scene = [["folder", "/t/foreign", "1000"], ["secret", "/t/foreign/file", "1000"], ["file", "/t/public", "1000"], ["absent", "/t/null"]];
    const operations = names.flatMap((profile) => capabilities.map((name) => ({ profile, scene, do: [`capability-${name}`], needs: [{ profile, words: `capability ${name}` }] })));
    return { profiles, operations };
  },

  signal(random, names, tries) {
    const { pick, some, chance, below } = random;
    const rule = () => {
      const access = pick(["send", "receive", "send", "receive", "[send receive]"]);
      const chosen = some(Object.keys(signals), 30);
      const set = chosen.length && chance(60) ? ` set=[${chosen.join(" ")}]` : "";
      const peer = chance(70) ? ` peer=${pick([...names, "unconfined", "self", `"g*"`])}` : "";
      return `${chance(80) ? "allow" : "deny"} signal ${access}${set}${peer}`;
    };
    const profiles = names.map(() => [...repeat(2 + below(4), rule), "allow capability", "allow file"]);
    const operations = names.flatMap((profile) => repeat(tries, () => {
      const peer = chance(15) ? "unconfined" : pick(names);
      const word = pick(Object.keys(signals));
      const needs = [{ profile, words: `signal send set=${word} peer=${peer}` }];
      if (peer !== "unconfined") needs.push({ profile: peer, words: `signal receive set=${word} peer=${profile}` });
      return { profile, scene: [], peer, do: ["signal", `${signals[word]}`], needs };
    }));
    return { profiles, operations };
  },

  ptrace(random, names, tries) {
    const { pick, some, chance, below } = random;
    const rule = () => {
      const access = some(["trace", "read", "tracedby", "readby"]);
      const peer = chance(70) ? ` peer=${pick([...names, "unconfined", `"g*"`])}` : "";
      return `${chance(80) ? "allow" : "deny"} ptrace ${list(access.length ? access : ["trace"])}${peer}`;
    };
    const profiles = names.map(() => [...repeat(2 + below(4), rule), "allow capability", "allow file"]);
    const operations = names.flatMap((profile) => repeat(tries, () => {
      const peer = chance(15) ? "unconfined" : pick(names);
      const [name, mine, theirs] = pick([["trace", "trace", "tracedby"], ["inspect", "read", "readby"]]);
      const needs = [{ profile, words: `ptrace ${mine} peer=${peer}` }];
      if (peer !== "unconfined") needs.push({ profile: peer, words: `ptrace ${theirs} peer=${profile}` });
      return { profile, scene: [], peer, do: [name], needs };
    }));
    return { profiles, operations };
  },

  change_profile(random, names, tries) {
    const { pick, chance, below } = random;
    const rule = () => `allow change_profile -> ${pick([...names, "unconfined", `"g*[02]"`])}`;
    const profiles = names.map(() => [...new Set(repeat(below(3), rule)), "allow capability", "allow [read map] /t/**"]);
    const operations = names.flatMap((profile) => repeat(tries, () => {
      const target = chance(20) ? "unconfined" : pick(names);
      const needs = [{ profile, words: `change_profile -> ${target}` }];
      if (chance(60)) return { profile, scene: [], do: ["change-profile", target], needs };
      return { profile, scene: [["program", "/t/p/f", "0"]], do: ["exec-as", target, "/t/p/f"], label: target, needs, after: [] };
    }));
    return { profiles, operations };
  },

  mount(random, names, tries) {
    const { pick, some, chance, below } = random;
    const options = ["ro", "nosuid", "nodev", "noexec", "noatime"];
    const points = ["/t/m/", "/t/n/", "/t/m/*/", "/t/*/", "/t/{m,n}/"];
    const rule = () => {
      const effect = chance(80) ? "allow" : "deny";
      const flags = some(options, 30);
      const form = below(9);
      if (form === 0) return `${effect} mount`;
      if (form === 1) return `${effect} umount ${pick(points)}`;
      if (form === 2) return `${effect} remount ${pick(points)} options=[${flags.join(" ") || pick(options)}]`;
      if (form === 3) return `${effect} mount ${pick(["/t/m/", "/t/*/", "/t/n/"])} -> ${pick(points)} options=[${pick(["bind", "rbind", "move"])}]`;
      if (form === 4) return `${effect} mount -> ${pick(points)} options=[${pick(["private", "rprivate", "shared", "slave", "unbindable"])}]`;
      if (form === 5) return `${effect} pivot_root${chance(70) ? ` ${pick(points)}` : ""}${chance(50) ? ` oldroot=${pick(["/t/m/old/", "/t/*/*/"])}` : ""}`;
      const filesystem = chance(60) ? ` fstype=${pick(["tmpfs", "[tmpfs proc]", "proc"])}` : "";
      const kind = flags.length ? ` ${pick(["options", "options-in"])}=[${flags.join(" ")}]` : "";
      return `${effect} mount${chance(50) ? " tmpfs" : ""} -> ${pick(points)}${filesystem}${kind}`;
    };
    const profiles = names.map(() => [...repeat(2 + below(4), rule), "allow capability", "allow file"]);
    const operations = names.flatMap((profile) => repeat(tries, () => {
      const flags = some(options, 30);
      const point = pick(["/t/m", "/t/n"]);
      const other = point === "/t/m" ? "/t/n" : "/t/m";
      const need = (words) => [{ profile, words }];
      const shown = (extra = []) => `options=[${[...flags, ...extra].join(" ") || "rw"}]`;
      const kind = below(7);
      const mounted = [["mounted", "/t/m"], ["folder", "/t/m/old", "0"], ["mounted", "/t/n"]];
      if (kind === 0) return { profile, scene: mounted, do: ["umount", point], needs: need(`umount ${point}/`) };
      if (kind === 1) return { profile, scene: mounted, do: ["mount", "-", point, "-", ["remount", ...flags].join(","), "-"], needs: need(`remount ${point}/ ${shown()}`) };
      if (kind === 2) {
        const word = pick(["bind", "rbind", "move"]);
        return { profile, scene: mounted, do: ["mount", other, point, "-", word, "-"], needs: need(`mount ${other}/ -> ${point}/ options=[${word}]`) };
      }
      if (kind === 3) {
        const word = pick(["private", "rprivate", "shared", "slave", "unbindable"]);
        return { profile, scene: mounted, do: ["mount", "-", point, "-", `make-${word}`, "-"], needs: need(`mount -> ${point}/ options=[${word}]`) };
      }
      if (kind === 4) return { profile, scene: mounted, do: ["pivot-root", "/t/m", "/t/m/old"], needs: need("pivot_root /t/m/ oldroot=/t/m/old/") };
      return { profile, scene: mounted, do: ["mount", "tmpfs", point, "tmpfs", flags.join(",") || "-", "-"], needs: need(`mount tmpfs -> ${point}/ fstype=tmpfs ${shown()}`) };
    }));
    return { profiles, operations };
  },

  // Judged by its own words: an `expect` says nothing of limits.
  limit(random, names, tries) {
    const { pick, some, below } = random;
    const set = names.map(() => new Map(some(Object.keys(limits), 60).map((name) => [name, 64 + below(64)])));
    const profiles = set.map((of) => [...[...of].map(([name, value]) => `limit ${name} <= ${value}`), "allow file"]);
    const operations = names.flatMap((profile, i) => repeat(tries, () => {
      const name = pick(Object.keys(limits));
      const value = 60 + below(80);
      return { profile, scene: [], do: ["limit", `${limits[name]}`, `${value}`], needs: [], holds: !set[i].has(name) || value <= set[i].get(name) };
    }));
    return { profiles, operations };
  },

  kernel(random, names) {
    const { chance } = random;
    const profiles = names.map(() => ["allow capability", "allow file", "allow network", ...(chance(50) ? ["allow userns"] : []), ...(chance(50) ? ["allow io_uring sqpoll"] : [])]);
    const operations = names.flatMap((profile) => [
      { profile, scene: [], do: ["user-namespace"], needs: [{ profile, words: "userns create" }] },
      { profile, scene: [], do: ["ring-with-thread"], needs: [{ profile, words: "io_uring sqpoll" }] },
    ]);
    return { profiles, operations };
  },
};
export const class_names = Object.keys(classes);

export function generate(kind, random, { name, profiles, tries }) {
  const names = repeat(profiles, (i) => `${name}p${i}`);
  const made = classes[kind](random, names, tries);
  const text = names.map((profile, i) => `profile ${profile} {\n${made.profiles[i].map((rule) => `  ${rule}\n`).join("")}}\n`).join("\n");
  return { text, names, operations: made.operations };
}
