// pavise docs: reference pages from `##` comments.
#include "cli/commands.hpp"
#include "cli/docs_page.hpp"
#include "cli/pipeline.hpp"
#include "syntax/parse.hpp"
#include "text/file.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <filesystem>

namespace pavise::cli {
namespace {

struct Page {
    std::string name;  // `web`
    std::string summary;
    std::string text;
};

std::vector<Page> make_pages(Run& run) {
    std::vector<Page> pages;
    for (const text::FileId file : run.inputs) {
        const syntax::Tree tree = syntax::parse(run.sources, file, run.diagnostics);
        const std::string& source = run.sources[file].name;
        const std::string name = source == "<stdin>" ? "stdin" : std::filesystem::path(source).stem().string();
        pages.push_back({name, docs_summary(tree), docs_page(tree, name)});
    }
    return pages;
}

void write_pages(const std::vector<Page>& pages, const std::string& folder, text::Diagnostics& diagnostics) {
    std::vector<text::OutputText> files;
    std::string index = "# Index\n\n| page | about |\n|---|---|\n";
    for (const Page& page : pages) {
        const std::string path = fmt::format("{}/{}.md", folder, page.name);
        const bool taken = std::any_of(files.begin(), files.end(), [&](const text::OutputText& file) { return file.path == path; });
        if (taken || page.name == "index") {
            diagnostics.add(text::Code::E0704, std::nullopt, fmt::format("two pages would be {}", text::quoted(path)))
                .help("run it for each of the files with a folder of its own");
            return;
        }
        files.push_back({path, page.text});
        index += fmt::format("| [{0}]({0}.md) | {1} |\n", page.name, page.summary);
    }
    files.push_back({folder + "/index.md", index});
    if (const std::optional<text::FileError> error = text::write_files(files))
        diagnostics.add(text::Code::E0704, std::nullopt, fmt::format("can't write {}: {}", text::quoted(error->path), error->reason));
}

}  // namespace

int docs(const Arguments& arguments, Console& console) {
    Run run = read_inputs(arguments.operands, {});
    const std::vector<Page> pages = make_pages(run);
    if (!run.diagnostics.has_errors()) {
        if (const std::optional<std::string> folder = arguments.value("output")) {
            write_pages(pages, *folder, run.diagnostics);
        } else {
            for (const Page& page : pages) console.out += (console.out.empty() ? "" : "\n") + page.text;
        }
    }
    report(run.diagnostics, run.sources, arguments, console, false);
    return status_of(run.diagnostics);
}

}  // namespace pavise::cli
