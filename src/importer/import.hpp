// AppArmor text to a policy of the language that says the same, or the reasons why not.
//
//   const Imported imported = import_profile(sources, file, options, diagnostics);
//   imported.text        // laid out; empty: it was left out, and `diagnostics` or `differences` say why
//
// The result is checked: it is compiled, emitted, read again and compared with the original, rule for rule.
#pragma once

#include "apparmor/read.hpp"
#include "apparmor/target.hpp"
#include "importer/write.hpp"
#include "text/diagnostic.hpp"

#include <string>
#include <vector>

namespace pavise::importer {

struct Options {
    const apparmor::Target* target = nullptr;
    apparmor::ReadOptions read;
    Shared* shared = nullptr;  // with one, includes become abstractions; with a prefix, in a module of their own
};

struct Imported {
    std::string name;  // of the policy's file, from the original's
    std::string text;
    std::string emitted;       // the AppArmor text that it becomes
    std::size_t profiles = 0;  // with children and hats; none: it is an abstraction
    std::vector<std::string> differences;
};

// A file that stands in profiles becomes the abstraction that a profile which includes it would `use`, with what it includes itself.
//
// What the language has no form for, and what is not equal, is in `diagnostics` (E0813), as is what can't be read.
Imported import_profile(text::Sources& sources, text::FileId file, const Options& options, text::Diagnostics& diagnostics);

// The module of the abstractions, laid out.
std::string shared_module(const Shared& shared);

}  // namespace pavise::importer
