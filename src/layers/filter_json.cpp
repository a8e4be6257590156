#include "layers/filter_json.hpp"

#include <algorithm>

namespace pavise::layers {
namespace {

using Json = nlohmann::ordered_json;

struct Architecture {
    std::string_view go;
    std::string_view libseccomp;
    std::vector<std::string_view> beside;  // whose calls a process of this one can make too, by libseccomp's names
};

// github.com/moby/profiles, seccomp/default_linux.go
const std::vector<Architecture>& architectures() {
    static const std::vector<Architecture> all = {
        {"amd64", "SCMP_ARCH_X86_64", {"SCMP_ARCH_X86", "SCMP_ARCH_X32"}},
        {"arm64", "SCMP_ARCH_AARCH64", {"SCMP_ARCH_ARM"}},
        {"mips64", "SCMP_ARCH_MIPS64", {"SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64N32"}},
        {"mips64n32", "SCMP_ARCH_MIPS64N32", {"SCMP_ARCH_MIPS", "SCMP_ARCH_MIPS64"}},
        {"mipsel64", "SCMP_ARCH_MIPSEL64", {"SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64N32"}},
        {"mipsel64n32", "SCMP_ARCH_MIPSEL64N32", {"SCMP_ARCH_MIPSEL", "SCMP_ARCH_MIPSEL64"}},
        {"s390x", "SCMP_ARCH_S390X", {"SCMP_ARCH_S390"}},
        {"riscv64", "SCMP_ARCH_RISCV64", {}},
        {"loong64", "SCMP_ARCH_LOONGARCH64", {}},
    };
    return all;
}

std::string_view op(Compare compare) {
    switch (compare) {
        case Compare::equal: return "SCMP_CMP_EQ";
        case Compare::not_equal: return "SCMP_CMP_NE";
        case Compare::less: return "SCMP_CMP_LT";
        case Compare::less_or_equal: return "SCMP_CMP_LE";
        case Compare::greater: return "SCMP_CMP_GT";
        case Compare::greater_or_equal: return "SCMP_CMP_GE";
        case Compare::masked_equal: return "SCMP_CMP_MASKED_EQ";
    }
    return {};
}

Json arguments(const FilterRule& rule) {
    Json out = Json::array();
    for (const ArgumentTest& test : rule.arguments) {
        Json one{{"index", test.index}, {"value", test.compare == Compare::masked_equal ? test.mask : test.value}};
        if (test.compare == Compare::masked_equal) one["valueTwo"] = test.value;
        one["op"] = op(test.compare);
        out.push_back(std::move(one));
    }
    return out;
}

Json rule_form(const FilterRule& rule) {
    std::vector<std::string> names = rule.names;
    std::sort(names.begin(), names.end());
    Json out{{"names", std::move(names)}, {"action", rule.error ? "SCMP_ACT_ERRNO" : "SCMP_ACT_ALLOW"}};
    if (rule.error) out["errnoRet"] = *rule.error;
    if (!rule.arguments.empty()) out["args"] = arguments(rule);
    return out;
}

Json head(const Filter& filter) { return {{"defaultAction", "SCMP_ACT_ERRNO"}, {"defaultErrnoRet", filter.default_error}}; }

}  // namespace

Json docker_form(const Filter& filter) {
    Json out = head(filter);
    Json map = Json::array();
    for (const Architecture& one : architectures()) map.push_back({{"architecture", one.libseccomp}, {"subArchitectures", one.beside}});
    out["archMap"] = std::move(map);
    Json rules = Json::array();
    for (const FilterRule& rule : filter.rules) {
        Json one = rule_form(rule);
        const auto add = [&](const char* part, const char* key, const std::vector<std::string>& values) {
            if (!values.empty()) one[part][key] = values;
        };
        add("includes", "caps", rule.when.capabilities);
        add("includes", "arches", rule.when.architectures);
        if (!rule.when.min_kernel.empty()) one["includes"]["minKernel"] = rule.when.min_kernel;
        add("excludes", "caps", rule.when.without_capabilities);
        add("excludes", "arches", rule.when.without_architectures);
        rules.push_back(std::move(one));
    }
    out["syscalls"] = std::move(rules);
    return out;
}

Json oci_form(const Filter& filter, const FilterMachine& machine) {
    Json out = head(filter);
    Json all = Json::array();
    for (const Architecture& one : architectures()) {
        if (one.go != machine.architecture) continue;
        all.push_back(one.libseccomp);
        for (const std::string_view other : one.beside) all.push_back(other);
    }
    out["architectures"] = std::move(all);
    Json rules = Json::array();
    for (const FilterRule& rule : rules_on(filter, machine)) rules.push_back(rule_form(rule));
    out["syscalls"] = std::move(rules);
    return out;
}

}  // namespace pavise::layers
