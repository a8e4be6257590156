// The compiler's words, as the editors' files need them: `pavise words --format json`, read and checked.
//
//   const compiler = readWords(JSON.parse(text));
//   compiler.capabilities   // ["chown", …]
//   compiler.classes        // [{keyword: "signal", access: ["send", …], conditions: [{name: "set", in_peer: false, value: "signal"}, …]}, …]

const names = (table) => table.map((entry) => (typeof entry === "string" ? entry : entry.name));

export function readWords(json) {
  const table = (key) => {
    if (!Array.isArray(json[key])) throw new Error(`the compiler's words have no table \`${key}\``);
    return json[key];
  };
  return {
    operations: names(table("operations")),
    capabilities: names(table("capabilities")),
    families: names(table("families")),
    socketTypes: names(table("socket_types")),
    protocols: names(table("protocols")),
    signals: names(table("signals")),
    mountOptions: names(table("mount_options")),
    modes: names(table("modes")),
    flags: names(table("flags")),
    limits: names(table("limits")),
    settings: names(table("settings")),
    types: names(table("types")),
    units: names(table("units")),
    // `link` and `file` are operations as well; as a class they would colour nothing more.
    classes: table("classes")
      .filter((entry) => entry.keyword !== "file" && entry.keyword !== "link")
      .map((entry) => ({ ...entry, access: names(entry.access) })),
  };
}
