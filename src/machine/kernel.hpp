// The kernel: its release, its security modules, AppArmor's state and what of it the kernel mediates.
//
//   const Features features = *kernel_features(files);
//   Findings all = kernel_findings(files, &features);
#pragma once

#include "machine/files.hpp"
#include "machine/finding.hpp"

#include <set>
#include <string>

namespace pavise::machine {

using Features = std::set<std::string, std::less<>>;

// Of the securityfs below the files. None: it is not mounted there, or has no AppArmor.
std::optional<Features> kernel_features(const Files& files);

// `features` is null where nobody knows them.
Findings kernel_findings(const Files& files, const Features* features);

}  // namespace pavise::machine
