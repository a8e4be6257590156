// The text of a policy while it is written: comments and blank lines where they stood, rules that belong together as one statement.
//
//   Document document;
//   document.comment("# files");
//   document.rules({rule}, {});         // as many as follow one another are joined where they can be…
//   document.trailing("# why");         // …unless a comment speaks of one
//   std::string text = document.take();
//
// The layout is `syntax::format`'s.
#pragma once

#include "importer/statement.hpp"

#include <string>
#include <vector>

namespace pavise::importer {

class Document {
public:
    void comment(std::string_view text);   // a line of its own
    void trailing(std::string_view text);  // after what was written last
    void blank();
    void line(std::string_view text);
    void rules(const std::vector<policy::Rule>& rules, std::vector<std::string> above);  // what one rule of AppArmor's says
    std::string take();

private:
    struct Pending {
        Statement statement;
        std::vector<std::string> above;  // comments before it
        std::string trailing;
    };
    void flush();

    std::string out_;
    std::vector<Pending> pending_;
};

// The comment as the language takes it: UTF-8, and no documentation of a declaration. Empty: it is for AppArmor's tools or Pavise's own.
std::string comment_text(std::string_view text);

}  // namespace pavise::importer
