// Runs the unit tests and ends with `N passed, N failed, N skipped`.
#define CATCH_CONFIG_RUNNER
#include "catch.hpp"

#include <cstdio>

int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }

namespace {

#ifdef PAVISE_CATCH2_V3
using Listener = Catch::EventListenerBase;
#else
using Listener = Catch::TestEventListenerBase;
#endif

class ClosingLine : public Listener {
public:
    using Listener::Listener;
    void testRunEnded(const Catch::TestRunStats& stats) override {
        const auto skipped = static_cast<unsigned long long>(pavise::test::skipped);
        const auto& cases = stats.totals.testCases;
        std::printf("%llu passed, %llu failed, %llu skipped\n", static_cast<unsigned long long>(cases.passed + cases.failedButOk) - skipped,
                    static_cast<unsigned long long>(cases.failed), skipped);
        std::fflush(stdout);
    }
};

}  // namespace

CATCH_REGISTER_LISTENER(ClosingLine)
