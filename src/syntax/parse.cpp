#include "syntax/parse.hpp"

#include "grammar/pavise.hpp"
#include "syntax/actions.hpp"
#include "syntax/control.hpp"

namespace pavise::syntax {

Tree parse(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics) {
    namespace pegtl = tao::pegtl;
    Builder builder(sources, file, diagnostics);
    pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*> input(builder.source(), "");
    (void)pegtl::parse<rules::file, Action, Control>(input, builder);
    return {file, builder.source(), builder.take_nodes()};
}

}  // namespace pavise::syntax
