// The same as hygiene_test, of the kiosk as it stands in an office: `run`, in its window, typed into with a finger and with
// keys, its parent and its child both searched. And what is left when it dies in the middle of a visit.
#include "memory_search.hpp"
#include "stand.hpp"

#include <catch2/catch_test_macros.hpp>

#include <csignal>
#include <fstream>

using namespace kiosk::e2e;
using namespace std::chrono_literals;

namespace {

// The least number of pieces found within a while: a page that has gone is forgotten a moment later.
int left_in(KioskProgram& kiosk) {
    int least = 1;
    for (const auto end = std::chrono::steady_clock::now() + 20s; least > 0 && kiosk.is_running() && std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(500ms))
        least = found_in_family(kiosk.pid());
    return least;
}

struct Visit {
    Visit() {
        ask_for_words_and_a_signature(data);
        data.write("data/config.toml", "[seconds]\npersonal = 5\nwarning = 20\n");
    }
    void enter(Stand& stand) const {
        stand.take(typed_and_signed());
        CHECK(found_in_family(stand.kiosk().pid()) > kEntered);   // that the search finds what is there
    }

    DataFolder data;
};

int shared_memory_made_by(const std::vector<pid_t>& processes) {
    std::ifstream list("/proc/sysvipc/shm");
    std::string line;
    std::getline(list, line);
    int made = 0;
    while (std::getline(list, line)) {
        std::istringstream fields(line);
        long key = 0, id = 0, mode = 0, size = 0, maker = 0;
        fields >> key >> id >> mode >> size >> maker;
        for (const pid_t process : processes) made += maker == process;
    }
    return made;
}

}  // namespace

TEST_CASE("in a real window, nothing typed or signed is in memory after a visit that was finished") {
    const Visit visit;
    Stand stand(visit.data);
    visit.enter(stand);
    stand.take(tap("action.next") + tap("action.next") + tap("action.next"), typed_and_signed());
    CHECK(left_in(stand.kiosk()) == 0);
    CHECK(stand.kiosk().is_running());
    CHECK(found_in_files(visit.data.path()) == 0);   // what was kept is sealed
}

TEST_CASE("in a real window, nothing typed or signed is in memory after a visit that was broken off") {
    const Visit visit;
    Stand stand(visit.data);
    visit.enter(stand);
    stand.take(tap("action.end") + tap("action.end"), typed_and_signed());
    CHECK(left_in(stand.kiosk()) == 0);
    CHECK(found_in_files(visit.data.path()) == 0);
}

TEST_CASE("in a real window, nothing typed or signed is in memory after the visitor has walked away") {
    const Visit visit;
    Stand stand(visit.data);
    visit.enter(stand);
    std::this_thread::sleep_for(26s);
    CHECK(left_in(stand.kiosk()) == 0);
    CHECK(found_in_files(visit.data.path()) == 0);
}

TEST_CASE("a kiosk that dies in the middle of a visit leaves no core, no file, no shared memory, and begins anew with none of it") {
    const Visit visit;
    Stand stand(visit.data);
    visit.enter(stand);
    const std::vector<pid_t> family = family_of(stand.kiosk().pid());
    REQUIRE(family.size() >= 2);
    kill(family[1], SIGSEGV);
    for (const auto end = std::chrono::steady_clock::now() + 20s; std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(100ms)) {
        const std::vector<pid_t> now = family_of(stand.kiosk().pid());
        if (now.size() >= 2 && now[1] != family[1]) break;
    }
    stand.settle();
    REQUIRE(stand.kiosk().is_running());
    CHECK(left_in(stand.kiosk()) == 0);
    CHECK(found_in_files(visit.data.path()) == 0);
    CHECK(shared_memory_made_by({family[1]}) == 0);
    for (const auto& folder : {std::filesystem::current_path(), visit.data.path()})
        for (const auto& entry : std::filesystem::directory_iterator(folder)) CHECK_FALSE(entry.path().filename().string().starts_with("core"));
}
