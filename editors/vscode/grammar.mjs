// The TextMate grammar, as a function of the compiler's words. `editors/generate.mjs` writes syntaxes/pavise.tmLanguage.json from it.
//
// Regions nest as the language does: a statement runs to the end of its line or to the `}` of its block; lists and parentheses inside it
// may take more lines. A rule's class (`capability`, `signal`, …) opens a region of its own, so that only words of that class are coloured
// there.

const before = "(?<![\\w./@:+-])";
const after = "(?![\\w./@:+-])";
const statementEnd = "(?=\\})|$";
const headEnd = "(?<=\\s)(?=\\{)|$";
const escaped = (word) => word.replace(/[.+*?^$()[\]{}|\\]/g, "\\$&");
// Longest first: an alternation takes the first that matches.
const anyOf = (words) => [...words].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).map(escaped).join("|");
const words = (list) => `${before}(?:${anyOf(list)})${after}`;
const captured = (list) => `${before}(${anyOf(list)})${after}`;
const spaced = (list) => `${before}(${list.map((word) => escaped(word).replaceAll(" ", "\\s+")).join("|")})${after}`;

const include = (...names) => names.map((name) => ({ include: `#${name}` }));
const match = (name, regex) => ({ name: `${name}.pavise`, match: regex });
const captures = (...names) =>
  Object.fromEntries(names.map((name, index) => [String(index + 1), { name: `${name}.pavise` }]).filter(([, { name }]) => name !== ".pavise"));
const matchParts = (regex, ...names) => ({ match: regex, captures: captures(...names) });
const region = (begin, names, end, patterns) => ({ begin, beginCaptures: captures(...names), end, patterns });
const bracketed = (open, close, part, patterns) => ({
  begin: `\\${open}`,
  beginCaptures: { 0: { name: `punctuation.section.${part}.begin.pavise` } },
  end: `\\${close}`,
  endCaptures: { 0: { name: `punctuation.section.${part}.end.pavise` } },
  patterns,
});
const list = (patterns) => bracketed("[", "]", "list", patterns);

const name = "[A-Za-z][\\w-]*";
const dotted = `${name}(?:\\.${name})*`;
const bareName = '[^\\s{}\\[\\]"/@][^\\s{}\\[\\]]*';

// What may stand as the value of a condition, by its kind.
function conditionValues(kind, compiler) {
  const vocabulary = {
    signal: [match("support.constant.signal", `${before}(?:${anyOf(compiler.signals)}|rtmin\\+[0-9]+)${after}`)],
    socket_type: [match("support.constant.socket-type", words(compiler.socketTypes))],
    mount_option: [match("support.constant.mount-option", words(compiler.mountOptions))],
  }[kind];
  return [...(vocabulary ?? []), ...include("value")];
}

function condition(info, inside, compiler) {
  const items = [...inside, ...conditionValues(info.value, compiler)];
  return region(`(?<![\\w.-])(${escaped(info.name)})(=)`, ["entity.other.attribute-name", "keyword.operator.assignment"], "(?=[\\s\\])}])|$", [
    list([...include("comment"), ...items]),
    ...items,
  ]);
}

// The words of a class, wherever they stand in its region: access words, conditions, and the objects that have a vocabulary.
function classWords(info, compiler) {
  const inPeer = info.conditions.filter((entry) => entry.in_peer).map((entry) => condition(entry, [], compiler));
  const own = info.conditions.filter((entry) => !entry.in_peer);
  const conditions = own.map((entry) => condition(entry, entry.name === "peer" ? inPeer : [], compiler));
  if (inPeer.length > 0 && !own.some((entry) => entry.name === "peer")) {
    conditions.push(condition({ name: "peer", value: "label" }, inPeer, compiler));
  }
  const objects = {
    capability: [match("support.constant.capability", words(compiler.capabilities))],
    network: [
      match("support.constant.network-family", words(compiler.families)),
      match("support.constant.socket-type", words([...compiler.socketTypes, ...compiler.protocols])),
      match("keyword.other", words(["type"])),
    ],
  }[info.keyword];
  const access = info.access.length > 0 ? [match("support.function.access", words(info.access))] : [];
  return [...conditions, ...access, ...(objects ?? [])];
}

function classes(compiler) {
  const repository = {};
  const regions = [];
  for (const info of compiler.classes) {
    const wordsOf = `words-of-${info.keyword}`;
    repository[wordsOf] = {
      patterns: [
        ...include("comment", "continuation"),
        ...classWords(info, compiler),
        ...include("clause"),
        list(include("comment", wordsOf)),
        ...include("value"),
      ],
    };
    regions.push(region(captured([info.keyword]), ["support.type.class"], statementEnd, include(wordsOf)));
  }
  return { ...repository, class: { patterns: regions } };
}

export function grammar(compiler) {
  const head = (keyword, patterns) => region(captured([keyword]), ["storage.type"], headEnd, patterns);
  const named = (keyword, nameScope, patterns, end = statementEnd) =>
    region(`${before}(${keyword})\\s+(${name})`, ["storage.type", nameScope], end, patterns);

  return {
    name: "Pavise",
    scopeName: "source.pavise",
    fileTypes: ["pav"],
    patterns: include("comment", "declaration", "statement", "continued-conditions", "block"),
    repository: {
      comment: {
        patterns: [
          match("comment.line.documentation", "(?<![^\\s\\[\\](){}=])##(?!#).*$"),
          match("comment.line.number-sign", "(?<![^\\s\\[\\](){}=])#.*$"),
        ],
      },
      block: {
        patterns: [match("punctuation.section.block.begin", "\\{"), match("punctuation.section.block.end", "\\}")],
      },
      // A line that starts with KEY= continues the statement before.
      "continued-conditions": region("^\\s*(?=[a-z][a-z_-]*=)", [], statementEnd, include("comment", "continuation", "any-condition", "clause", "value")),
      "any-condition": {
        patterns: [...new Map(compiler.classes.flatMap((info) => info.conditions).map((info) => [info.name, info])).values(), { name: "peer", value: "label" }].map(
          (info) => condition(info, [{ match: `(?<![\\w.-])(${anyOf(["name", "label", "addr", "ip", "port"])})(=)`, captures: captures("entity.other.attribute-name", "keyword.operator.assignment") }], compiler),
        ),
      },

      declaration: {
        patterns: include("import", "include", "abi", "let", "variable", "alias", "option", "abstraction", "profile", "test", "container"),
      },
      import: region(captured(["import"]), ["keyword.control.import"], statementEnd, [
        ...include("comment", "string"),
        matchParts(`${before}(as)\\s+(${name})`, "keyword.control.import", "entity.name.namespace"),
        match("entity.name.namespace", dotted),
      ]),
      include: region(captured(["include"]), ["keyword.control.import"], statementEnd, [
        ...include("comment", "include-name"),
        match("keyword.control.import", spaced(["if exists"])),
      ]),
      "include-name": {
        patterns: [match("string.quoted.other.include", "<[^>\\s]*>"), ...include("string")],
      },
      abi: region(captured(["abi"]), ["keyword.control.import"], statementEnd, [
        ...include("comment", "include-name"),
        match("constant.language", words(["none"])),
      ]),
      let: named("let", "variable.other.constant", include("comment", "assignment", "value")),
      variable: named("variable", "variable.other.constant", include("comment", "assignment", "value")),
      alias: region(captured(["alias"]), ["storage.type"], statementEnd, include("comment", "continuation", "arrow", "value")),
      option: named("option", "variable.other.constant", include("comment", "type", "assignment", "value")),
      type: {
        begin: ":",
        beginCaptures: { 0: { name: "punctuation.separator.type.pavise" } },
        end: "(?=[=,)}])|$",
        patterns: [
          ...include("comment"),
          match("support.type", spaced(["list of"])),
          match("support.type", words(compiler.types)),
          match("keyword.operator.choice", "\\|"),
          match("constant.other.choice", "[A-Za-z0-9][\\w.-]*"),
        ],
      },
      assignment: match("keyword.operator.assignment", '\\+?=(?=\\s|$|[\\["/@\\w-])'),
      comma: match("punctuation.separator", ","),
      abstraction: named(
        "abstraction",
        "entity.name.function",
        [
          ...include("comment"),
          bracketed("(", ")", "parameters", [
            ...include("comment"),
            match("variable.parameter", `(?<=[(,\\s])${name}(?=\\s*(?:[:,)=]|$))`),
            ...include("type", "assignment", "comma", "value"),
          ]),
        ],
        headEnd,
      ),
      profile: region(captured(["profile", "hat"]), ["storage.type"], headEnd, include("comment", "profile-name")),
      "profile-name": { patterns: [...include("path", "string"), match("entity.name.type.profile", `(?<=\\s)${bareName}`)] },
      test: head("test", [
        ...include("comment", "string"),
        match("keyword.other", words(["for", "in"])),
        match("keyword.operator.wildcard", "(?<=\\s)\\*(?=\\s|$)"),
        ...include("profile-name"),
      ]),

      container: {
        begin: `${before}(container)\\s+(\\{)`,
        beginCaptures: captures("storage.type", "punctuation.section.block.begin"),
        end: "\\}",
        endCaptures: { 0: { name: "punctuation.section.block.end.pavise" } },
        patterns: include("comment", "setting", "container-if"),
      },
      setting: region(captured(compiler.settings), ["support.type.property-name"], statementEnd, [
        ...include("comment"),
        match("keyword.other", spaced(["signed by", "from", "because"])),
        match("constant.language", words(["default", "strict"])),
        matchParts("(?<![\\w.-])([a-z][a-z_-]*)(=)", "entity.other.attribute-name", "keyword.operator.assignment"),
        match("support.constant.limit", words(compiler.limits)),
        ...include("value"),
      ]),
      "container-if": region(captured(["if", "else"]), ["keyword.control.conditional"], "(?<=\\})", [
        match("keyword.control.conditional", words(["if"])),
        {
          ...bracketed("{", "}", "block", include("comment", "setting", "container-if")),
          begin: "(?<=\\s)\\{",
        },
        ...include("comment", "expression"),
      ]),

      statement: { patterns: include("use", "flags", "mode", "xattrs", "if", "limit", "expect", "rule") },
      use: region(`${before}(use)\\s+(${dotted})`, ["keyword.other.use", "entity.name.function"], statementEnd, [
        ...include("comment"),
        bracketed("(", ")", "arguments", [
          ...include("comment"),
          matchParts(`(${name})\\s*(=)`, "variable.parameter", "keyword.operator.assignment"),
          ...include("comma", "value"),
        ]),
      ]),
      flags: region(captured(["flags"]), ["keyword.other"], statementEnd, [
        ...include("comment"),
        list([
          ...include("comment"),
          match("support.constant.flag", `${before}(?:${anyOf(compiler.flags)})(?![\\w./@:+-])`),
          match("keyword.operator.assignment", "="),
          match("support.constant.signal", words(compiler.signals)),
          ...include("value"),
        ]),
      ]),
      mode: region(captured(["mode"]), ["keyword.other"], statementEnd, [...include("comment"), match("support.constant.mode", words(compiler.modes))]),
      xattrs: region(captured(["xattrs"]), ["keyword.other"], statementEnd, [
        ...include("comment"),
        list([
          ...include("comment"),
          matchParts("([\\w.-]+)(=)", "entity.other.attribute-name", "keyword.operator.assignment"),
          ...include("value"),
        ]),
      ]),
      if: region(captured(["if", "else"]), ["keyword.control.conditional"], "(?<=\\s)(?=\\{)", [
        match("keyword.control.conditional", words(["if"])),
        ...include("comment", "expression"),
      ]),
      expression: {
        patterns: [
          match("keyword.operator.logical", words(["not", "and", "or", "in"])),
          matchParts(`${before}(feature)\\s*(?=\\()`, "support.function"),
          bracketed("(", ")", "group", include("comment", "expression")),
          ...include("comparison", "value"),
        ],
      },
      comparison: {
        patterns: [match("keyword.operator.comparison", "==|!=|<=|>=|<|>"), match("keyword.operator.mask", "&")],
      },
      limit: region(captured(["limit"]), ["keyword.other"], statementEnd, [
        ...include("comment"),
        match("support.constant.limit", words(compiler.limits)),
        ...include("comparison", "value"),
      ]),

      expect: region(captured(["expect"]), ["keyword.other.expect"], statementEnd, [
        matchParts(`${before}(never)\\s+(reach)${after}(?:\\s+(${bareName}))?`, "keyword.other.expect", "keyword.other.expect", "entity.name.type.profile"),
        region(captured(["within"]), ["keyword.other.expect"], statementEnd, [
          ...include("comment", "string", "path"),
          match("keyword.other", words(["in"])),
          match("entity.name.type.profile", bareName),
        ]),
        match("keyword.other.expect", words(["allow", "deny", "disjoint", "never"])),
        match("keyword.other.expect", "(?<=expect\\s)only(?=\\s)"),
        ...include("rule-body"),
      ]),
      rule: region(`${before}(?=(?:${anyOf(["priority", "audit", "allow", "deny", "prompt"])})\\s)`, [], statementEnd, [
        matchParts(`${before}(priority)\\s+(-?\\d+)`, "storage.modifier", "constant.numeric"),
        match("storage.modifier", words(["audit"])),
        ...["allow", "deny", "prompt"].map((effect) => match(`keyword.other.effect.${effect}`, words([effect]))),
        ...include("rule-body"),
      ]),
      "rule-body": {
        patterns: [
          ...include("comment", "continuation", "class", "operation", "clause"),
          list(include("comment", "operation", "value")),
          ...include("value"),
        ],
      },
      operation: match("support.function.operation", words(compiler.operations)),
      ...classes(compiler),
      clause: {
        patterns: [
          match("keyword.operator.word", words(["except"])),
          ...include("target"),
          match("storage.modifier", words(["owner", "other", "unsafe", "subset", "only"])),
          region(captured(["where"]), ["keyword.operator.word"], statementEnd, [
            ...include("comment"),
            match("variable.language", words(["arg0", "arg1", "arg2", "arg3", "arg4", "arg5"])),
            ...include("expression"),
          ]),
        ],
      },
      // A line may break after `except`, `->` and `or`.
      continuation: region(
        `(?:${before}(except|or)|(->))(?=\\s*(?:#.*)?$)`,
        ["keyword.operator.word", "keyword.operator.arrow"],
        "^(?=\\s*[^\\s#])",
        include("comment"),
      ),
      target: {
        patterns: [
          matchParts(`(->)\\s+(profile|child)${after}(?:\\s+(?!or\\s)(${bareName}))?`, "keyword.operator.arrow", "keyword.other.target", "entity.name.type.profile"),
          matchParts(`(->)\\s+(inherit|unconfined)${after}`, "keyword.operator.arrow", "keyword.other.target"),
          matchParts(`${before}(or)\\s+(inherit|unconfined)${after}`, "keyword.operator.word", "keyword.other.target"),
          matchParts(`(->)\\s+(${bareName})`, "keyword.operator.arrow", "entity.name.type.profile"),
          ...include("arrow"),
        ],
      },
      arrow: match("keyword.operator.arrow", "->"),

      value: { patterns: include("list", "path", "string", "number", "boolean", "word") },
      list: list(include("comment", "value")),
      number: match(
        "constant.numeric",
        `${before}(?:-?(?:0x[0-9a-fA-F]+|[0-9]+(?:\\.[0-9]+)?(?::[0-9]+)*)(?:${anyOf(compiler.units)})?|infinity)${after}`,
      ),
      boolean: match("constant.language", words(["true", "false"])),
      word: match("string.unquoted.word", '[^\\s\\[\\](){}",#=<>&|][^\\s\\[\\](){}",=]*'),
      path: {
        name: "string.unquoted.path.pavise",
        begin: "(?<=^|[\\s\\[\\](=,])(?=/|@\\{)",
        end: "(?=[\\s\\]),])|$",
        patterns: include("glob"),
      },
      string: { name: "string.quoted.double.pavise", begin: '"', end: '"|$', patterns: include("glob") },
      glob: {
        patterns: [
          match("constant.character.escape", "\\\\(?:[0-7]{3}|x[0-9a-fA-F]{2}|d[0-9]{3}|.)"),
          {
            match: '(@\\{)[^}\\s"]*(\\})',
            captures: { 0: { name: "variable.other.pavise" }, ...captures("punctuation.definition.variable.begin", "punctuation.definition.variable.end") },
          },
          match("keyword.operator.glob", "\\*+|\\?"),
          match("constant.other.character-class", '\\[(?:\\\\.|[^\\]\\s"])*\\]'),
          {
            begin: "\\{",
            beginCaptures: { 0: { name: "keyword.operator.glob.pavise" } },
            end: '\\}|(?=[\\s"])|$',
            endCaptures: { 0: { name: "keyword.operator.glob.pavise" } },
            patterns: [match("keyword.operator.glob", ","), ...include("glob")],
          },
        ],
      },
    },
  };
}
