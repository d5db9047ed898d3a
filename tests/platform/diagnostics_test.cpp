#include <kiosk/platform/memory_report.hpp>
#include <kiosk/platform/startup_trace.hpp>

#include <catch2/catch_test_macros.hpp>

#include <malloc.h>
#include <sstream>
#include <thread>

using namespace kiosk::platform;

TEST_CASE("memory is added up by what it is for, largest first, and nothing for what is not there") {
    std::istringstream smaps(
        "55e0-55e8 r--p 00000000 fe:00 12   /usr/bin/feedback-kiosk\n"
        "Size:  8 kB\nPss:  8 kB\nPss_Dirty:  0 kB\nPrivate_Dirty:  0 kB\nVmFlags: rd mr\n"
        "55e8-55ff rw-p 00001000 fe:00 12   /usr/bin/feedback-kiosk\n"
        "Pss:  4 kB\nPrivate_Dirty:  4 kB\n"
        "7f00-7f10 rw-s 00000000 00:01 3    /SYSV00000000 (deleted)\n"
        "Pss:  4050 kB\nPrivate_Dirty:  0 kB\n"
        "7f20-7f30 rw-p 00000000 00:00 0\n"
        "Pss:  20 kB\nPrivate_Dirty:  20 kB\n"
        "7f40-7f50 r--p 00000000 fe:00 9    /usr/share/fonts/Noto Sans.ttf\n"
        "Pss:  0 kB\nPrivate_Dirty:  0 kB\n");
    CHECK(memory_report(smaps) == std::vector<MappedMemory>{{"shared with the X server", 4050, 0},
                                                            {"anonymous", 20, 20},
                                                            {"/usr/bin/feedback-kiosk", 12, 4}});
}

TEST_CASE("this process has a stack and its own program in memory") {
    bool has_stack = false, has_program = false;
    for (const MappedMemory& memory : memory_report()) {
        has_stack |= memory.what == "stack";
        has_program |= memory.what.ends_with("test_platform");
    }
    CHECK(has_stack);
    CHECK(has_program);
}

TEST_CASE("a startup trace tells each stage's time since the start and since the one before") {
    StartupTrace trace;
    trace.mark("configuration");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    trace.mark("first picture");
    REQUIRE(trace.marks().size() == 2);
    CHECK(trace.marks()[1].since_start - trace.marks()[0].since_start >= std::chrono::milliseconds(20));
    CHECK((trace.marks()[1].heap_kib > 0) == (mallinfo2().uordblks > 1023));   // sanitizers bring an allocator that does not tell
    CHECK(trace.table().find("configuration\n") != std::string::npos);
    CHECK(trace.table().ends_with("first picture\n"));
}

TEST_CASE("a program that replaces itself goes on counting from its first start") {
    const auto first = StartupTrace::program_start();
    StartupTrace::hand_on(first);
    CHECK(StartupTrace::program_start() == first);
    CHECK(StartupTrace::program_start() >= first);      // handed on once
    CHECK(std::getenv("FEEDBACK_KIOSK_STARTED") == nullptr);
    setenv("FEEDBACK_KIOSK_STARTED", "soon", 1);
    CHECK(StartupTrace::program_start() >= first);
    CHECK(std::getenv("FEEDBACK_KIOSK_STARTED") == nullptr);
}
