// What `doctor --memory` says the kiosk's memory is for.
#include "memory_command.hpp"

#include <catch2/catch_test_macros.hpp>

#include <sstream>
#include <string>

using namespace kiosk;
using commands::MemoryPurpose;
using commands::memory_purposes;

TEST_CASE("memory is told by what it serves, largest first, libraries of one purpose together") {
    const std::vector<MemoryPurpose> all = memory_purposes({{"/usr/lib/x86_64-linux-gnu/libcairo.so.2.11600.0", 900, 40},
                                                            {"anonymous", 5000, 5000},
                                                            {"heap", 3000, 3000},
                                                            {"shared with the X server", 4050, 0},
                                                            {"/usr/lib/x86_64-linux-gnu/libpango-1.0.so.0.5000.12", 300, 10},
                                                            {"/memfd:opinion_poll.so (deleted)", 60, 20},
                                                            {"/opt/strange/libunknown.so", 7, 1}});
    REQUIRE(all.size() == 5);
    CHECK(all[0].what.en.starts_with("heap"));
    CHECK(all[0].proportional_kib == 8000);
    CHECK(all[1].what.en == "the picture on the screen, shared with the X server");
    CHECK(all[2].what.en == "printed pages");
    CHECK(all[2].proportional_kib == 1200);
    CHECK(all[2].private_dirty_kib == 50);
    CHECK(all[3].what.en == "plugins");
    CHECK(all[4].what.vi == "/opt/strange/libunknown.so");
}

TEST_CASE("where no kiosk runs that is said, with what to do") {
    std::ostringstream out, err;
    CHECK(commands::show_memory(false, {out, err, "en"}) == commands::kRefused);
    CHECK(out.str().empty());
    CHECK(err.str().find("Open the kiosk first") != std::string::npos);
}
