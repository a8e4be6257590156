#include "language/container.hpp"

#include "language/container_settings.hpp"
#include "text/nearest.hpp"

#include <fmt/format.h>

namespace pavise::language {

using syntax::Kind;
using syntax::Node;
using text::Code;

text::Span container_word(Node container) {
    text::Span span = container.span();
    span.end = span.begin + static_cast<std::uint32_t>(std::string_view("container").size());
    return span;
}

void container_block(Context& context, Node container, policy::Profile& into) {
    const std::optional<Node> block = container.child(Kind::Block);
    if (!block) return;
    const text::Span word = container_word(container);
    if (into.container) {
        report(context, Code::E0224, word, "the profile has two `container` blocks")
            .also(into.container->origin.span, "the other is here")
            .help("write the settings of both in one");
        return;
    }
    into.container.emplace();
    into.container->origin = {word, context.via};
    SettingsReader reader(context, *into.container);
    for (const Node setting : *block)
        if (setting.kind() == Kind::Setting) reader.read(setting);
}

}  // namespace pavise::language
