#include "apparmor/target.hpp"

#include "catch.hpp"
#include "parsers.hpp"

#include <cctype>

using namespace pavise;
using namespace pavise::apparmor;
using policy::RuleClass;

namespace {

// The paths of an abi file: `name {…}` nests, other words are leaves. What it says `no` to is left out.
struct AbiReader {
    std::string_view text;
    std::set<std::string, std::less<>> paths;

    std::string_view word() {
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
        if (text.empty()) return {};
        std::size_t end = text.find_first_of(" \t\n{}");
        if (end == 0) end = 1;
        const std::string_view found = text.substr(0, end);
        text.remove_prefix(found.size());
        return found;
    }
    void read(const std::string& above) {
        for (std::string_view next = word(); !next.empty() && next != "}"; next = word()) {
            const std::string path = above.empty() ? std::string(next) : above + "/" + std::string(next);
            const std::string_view ahead = text.substr(std::min(text.find_first_not_of(" \t\n"), text.size()));
            if (!ahead.starts_with('{')) {
                if (next == "no") {
                    paths.erase(above);
                } else {
                    paths.insert(path);
                }
                continue;
            }
            word();
            paths.insert(path);
            read(path);
        }
    }
};

}  // namespace

TEST_CASE("the features are those of the abi files") {
    std::size_t compared = 0;
    for (const char* version : {"3.0", "4.1", "5.0"}) {
        const char* root = std::getenv("PAVISE_SOURCE_DIR");
        const std::string script = std::string(root != nullptr ? root : ".") + "/scripts/parsers";
        FILE* pipe = popen(("'" + script + "' path " + version + " 2>/dev/null").c_str(), "r");
        std::string folder;
        for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe))
            if (c != '\n') folder += static_cast<char>(c);
        pclose(pipe);
        for (const Abi& abi : abis()) {
            const std::filesystem::path file = std::filesystem::path(folder) / "etc/apparmor.d" / abi.name.substr(1, abi.name.size() - 2);
            if (folder.empty() || !std::filesystem::exists(file)) continue;
            const std::string text = slurp(file);
            AbiReader reader{text, {}};
            reader.read("");
            INFO(file);
            CHECK(reader.paths == features(abi));
            ++compared;
        }
    }
    if (compared == 0) SKIP_TEST("there are no abi files here");
}

TEST_CASE("targets and what they mediate") {
    REQUIRE(targets().size() == 4);
    CHECK(find_target("apparmor-4.1")->abi == "<abi/4.0>");
    CHECK(find_target("apparmor-9") == nullptr);
    CHECK(unmediated(*find_target("apparmor-3.0")) == std::vector{RuleClass::mqueue, RuleClass::userns, RuleClass::io_uring});
    CHECK(unmediated(*find_target("apparmor-4.1")) == std::vector{RuleClass::io_uring});
    CHECK(unmediated(*find_target("apparmor-5.0")).empty());
    CHECK(features(*find_target("apparmor-3.0")).contains("network/af_unix"));
    CHECK_FALSE(features(*find_target("apparmor-3.0")).contains("namespaces/pivot_root"));
    for (const ConstructInfo& one : constructs()) CHECK(info(one.construct).name == one.name);
}

TEST_CASE("a class that the abi does not mediate compiles to nothing") {
    const Compiled with = compile("4.1", "abi <abi/3.0>,\nprofile p { userns, }\n");
    if (with.missing) SKIP_TEST(with.error);
    CHECK((with.binary == compile("4.1", "abi <abi/3.0>,\nprofile p { }\n").binary));
    CHECK((compile("4.1", "abi <abi/4.0>,\nprofile p { userns, }\n").binary != compile("4.1", "abi <abi/4.0>,\nprofile p { }\n").binary));
}
