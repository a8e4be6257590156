#include "syntax/parse.hpp"

#include "grammar/pavise.hpp"
#include "syntax/actions.hpp"
#include "syntax/bytes.hpp"
#include "syntax/control.hpp"

namespace pavise::syntax {

Tree parse(const text::Sources& sources, text::FileId file, text::Diagnostics& diagnostics) {
    namespace pegtl = tao::pegtl;
    const std::string_view source = sources[file].text;
    if (!check_bytes(source, file, diagnostics)) {
        const auto end = static_cast<std::uint32_t>(std::min<std::size_t>(source.size(), std::numeric_limits<std::uint32_t>::max()));
        return {file, source, {{Kind::File, 0, end, 2}, {Kind::Bad, 0, end, 2}}};
    }
    Builder builder(sources, file, diagnostics);
    pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*> input(source, "");
    // The root rule matches any text: what it can't read, it skips.
    (void)pegtl::parse<rules::file, Action, Control>(input, builder);
    return {file, source, builder.take_nodes()};
}

}  // namespace pavise::syntax
