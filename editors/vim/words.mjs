// The marked region of syntax/pavise.vim, from the compiler's words: a keyword group a vocabulary, a region a rule class.

const wrap = (prefix, words) => {
  const lines = [];
  let line = prefix;
  for (const word of words) {
    if (line.length + word.length + 1 > 140) {
      lines.push(line);
      line = prefix;
    }
    line += ` ${word}`;
  }
  return words.length > 0 ? [...lines, line] : [];
};

const keywords = (group, words) => wrap(`syn keyword ${group} contained`, words);
const className = (keyword) => keyword.replace(/(^|_)([a-z])/g, (_, _underscore, letter) => letter.toUpperCase());

const vocabularies = { signal: "paviseSignal", socket_type: "paviseSocketType", mount_option: "paviseMountOption" };

function classRegion(info) {
  const name = className(info.keyword);
  const objects = {
    capability: ["paviseCapability"],
    network: ["paviseFamily", "paviseSocketType", "paviseProtocol", "paviseNetworkWord"],
  }[info.keyword];
  const groups = new Set(objects ?? []);
  for (const condition of info.conditions) if (vocabularies[condition.value]) groups.add(vocabularies[condition.value]);
  if (info.access.length > 0) groups.add(`paviseAccess${name}`);
  const contains = [...groups, `paviseList${name}`, "@paviseClause", "@paviseValue"].join(",");
  return [
    ...keywords(`paviseAccess${name}`, info.access),
    ...(info.access.length > 0 ? [`hi def link paviseAccess${name} paviseAccess`] : []),
    `syn region paviseClass${name} contained matchgroup=paviseClass start=/\\<${info.keyword}\\>/ end=/\\s\\@1<=\\ze}\\|$/ contains=${contains}`,
    `syn region paviseList${name} contained extend matchgroup=paviseBracket start=/\\[/ end=/\\]/ contains=paviseComment,${contains}`,
  ];
}

export function vimWords(compiler) {
  const conditionKeys = [...new Set([...compiler.classes.flatMap((info) => info.conditions.map((entry) => entry.name)), "peer"])];
  const lines = [
    ...keywords("paviseOperation", compiler.operations),
    ...keywords("paviseCapability", compiler.capabilities),
    ...keywords("paviseFamily", compiler.families),
    ...keywords("paviseSocketType", compiler.socketTypes),
    ...keywords("paviseProtocol", compiler.protocols),
    ...keywords("paviseSignal", compiler.signals),
    ...keywords("paviseMountOption", compiler.mountOptions),
    ...keywords("paviseMode", compiler.modes),
    ...keywords("paviseFlag", compiler.flags),
    ...keywords("paviseLimitName", compiler.limits),
    ...keywords("paviseSettingName", compiler.settings),
    ...keywords("paviseType", compiler.types),
    `syn match paviseKey contained /\\%(${[...conditionKeys].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).join("\\|")}\\)\\ze=/`,
    ...compiler.classes.flatMap(classRegion),
    `syn cluster paviseClasses contains=${compiler.classes.map((info) => `paviseClass${className(info.keyword)}`).join(",")}`,
  ];
  return lines.join("\n") + "\n";
}
