#include "layers/write.hpp"

#include "layers/filter_json.hpp"

#include <fmt/format.h>

#include <charconv>

namespace pavise::layers {

std::vector<LayerFile> write(Layer layer, const Workload& workload, const WriteOptions& options, Losses& losses) {
    if (layer != Layer::seccomp) losses.add_settings(layer, workload);
    switch (layer) {
        case Layer::docker:
        case Layer::podman: return write_run_command(layer, workload, options, losses);
        case Layer::compose: return {write_compose(workload, options, losses)};
        case Layer::kubernetes: return {write_kubernetes(workload, losses)};
        case Layer::oci: return {write_oci(workload, losses)};
        case Layer::systemd: return {write_systemd(workload, losses)};
        case Layer::seccomp: return write_filter(workload);
    }
    return {};
}

std::vector<LayerFile> write_filter(const Workload& workload) {
    if (!workload.filter) return {};
    const FilterMachine machine{.held = granted(workload.capabilities)};
    return {{"seccomp", workload.file_name + ".json", docker_form(*workload.filter).dump(2) + '\n'},
            {"seccomp", workload.file_name + ".oci.json", oci_form(*workload.filter, machine).dump(2) + '\n', true}};
}

std::string decimal(std::uint64_t thousandths) {
    std::string text = fmt::format("{}.{:03}", thousandths / 1000, thousandths % 1000);
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
    return text;
}

std::string limit_value(const policy::Ulimit& limit, const std::optional<std::int64_t>& value) {
    if (!value) return "-1";
    // getrlimit(2): the limit of nice is 20 less the value.
    return std::to_string(limit.name == "nice" ? 20 - *value : *value);
}

std::optional<std::string> filter_option(Layer layer, const Workload& workload, const WriteOptions& options) {
    if (workload.filter) return fmt::format("seccomp={}.json", options.filter_file);
    if (!workload.container.seccomp) return std::nullopt;
    if (workload.container.seccomp->base == policy::SeccompBase::file) return "seccomp=" + workload.container.seccomp->file;
    // Podman's and Compose's word for the runtime's own filter is to say nothing.
    return layer == Layer::docker ? std::optional<std::string>("seccomp=builtin") : std::nullopt;
}

std::string device(const policy::Device& device) { return fmt::format("{}:{}:{}", device.host, device.inside, device.access); }

std::string tmpfs(const policy::Tmpfs& folder) { return folder.size ? fmt::format("{}:size={}", folder.path, *folder.size) : folder.path; }

std::optional<std::uint32_t> id_number(const std::string& name) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (name.empty() || error != std::errc{} || end != name.data() + name.size()) return std::nullopt;
    return number;
}

std::string user(const policy::User& user) { return user.group.empty() ? user.user : fmt::format("{}:{}", user.user, user.group); }

}  // namespace pavise::layers
