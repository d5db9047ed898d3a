#include "rounds.hpp"
#include "../storage/storage_fixtures.hpp"

#include <kiosk/storage/unsynced_vfs.hpp>

#include <catch2/catch_test_macros.hpp>

#include <string.h>

#include <fstream>
#include <iostream>
#include <set>
#include <unordered_map>

using namespace kiosk;
using namespace kiosk::test;

namespace {

// A text no file holds by chance, kept in memory only under a mask, so that what is found is what the store left behind.
class Canary {
  public:
    explicit Canary(std::uint64_t seed) {
        core::SeededRandom random(seed);
        for (char& letter : masked_) letter = static_cast<char>(('a' + random.below(26)) ^ kMask);
    }

    // Writes the text; the caller wipes it.
    void write(char* into) const {
        for (std::size_t index = 0; index < masked_.size(); ++index) into[index] = static_cast<char>(masked_[index] ^ kMask);
    }

    bool is_at(const char* text) const {
        for (std::size_t index = 0; index < masked_.size(); ++index)
            if ((text[index] ^ kMask) != masked_[index]) return false;
        return true;
    }

    std::size_t size() const { return masked_.size(); }
    std::string text() const {
        std::string text(size(), ' ');
        write(text.data());
        return text;
    }

  private:
    static constexpr char kMask = 0x2a;
    std::array<char, 24> masked_{};
};

std::string utf16(const std::string& text, bool is_big_endian) {
    std::string encoded;
    for (const char letter : text) encoded += is_big_endian ? std::string{'\0', letter} : std::string{letter, '\0'};
    return encoded;
}

std::string hex(const std::string& text) { return core::to_hex(std::as_bytes(std::span(text))); }

std::string upper(std::string text) {
    for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return text;
}

// What is certain of the base64 of a longer text that has this one at the given distance from a group of three bytes.
std::string base64_inside(const std::string& text, std::size_t distance) {
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string encoded;
    for (std::size_t at = (3 - distance) % 3; at + 3 <= text.size(); at += 3) {
        const auto byte = [&](std::size_t index) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[at + index])); };
        const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (const int shift : {18, 12, 6, 0}) encoded += kLetters[group >> shift & 63];
    }
    return encoded;
}

std::vector<std::string> disguises(const std::string& text) {
    return {text, utf16(text, false), utf16(text, true), hex(text), upper(hex(text)), base64_inside(text, 0),
            base64_inside(text, 1), base64_inside(text, 2), std::string(text.rbegin(), text.rend())};
}

// How many disguises of the texts stand in raw, in one pass over it.
int found_in(const std::string& raw, const std::vector<std::string>& texts) {
    const auto beginning = [](const char* at) {
        std::uint64_t eight_bytes = 0;
        std::memcpy(&eight_bytes, at, sizeof eight_bytes);
        return eight_bytes;
    };
    std::unordered_multimap<std::uint64_t, std::string> sought;
    for (const std::string& text : texts)
        for (std::string& disguise : disguises(text)) sought.emplace(beginning(disguise.data()), std::move(disguise));
    std::set<std::string> found;
    for (std::size_t at = 0; at + 8 <= raw.size(); ++at) {
        const auto [first, last] = sought.equal_range(beginning(raw.data() + at));
        for (auto entry = first; entry != last; ++entry)
            if (raw.compare(at, entry->second.size(), entry->second) == 0) found.insert(entry->second);
    }
    return static_cast<int>(found.size());
}

// How often the canary stands in this process's writable memory.
int found_in_memory(const Canary& canary) {
    std::ifstream maps("/proc/self/maps");
    std::ifstream memory("/proc/self/mem", std::ios::binary);
    int found = 0;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0;
        unsigned long to = 0;
        if (std::sscanf(line.c_str(), "%lx-%lx", &from, &to) != 2 || line.find(" rw") == std::string::npos) continue;
        std::vector<char> content(to - from);
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(from));
        memory.read(content.data(), static_cast<std::streamsize>(content.size()));
        const auto read = static_cast<std::size_t>(std::max<std::streamsize>(0, memory.gcount()));
        for (std::size_t at = 0; at + canary.size() <= read; ++at) found += canary.is_at(content.data() + at) ? 1 : 0;
        ::explicit_bzero(content.data(), content.size());
    }
    return found;
}

// A small ext4 file system in a file, mounted where the machine lets us, so that all of its blocks can be looked at.
class Ext4Image {
  public:
    Ext4Image() {
        std::filesystem::create_directory(mount_point());
        std::ofstream(image()).close();
        std::filesystem::resize_file(image(), 32 << 20);
        is_mounted_ = runs("mkfs.ext4 -q " + image()) && runs("mount -o loop " + image() + " " + mount_point());
    }
    ~Ext4Image() { unmount(); }
    Ext4Image(const Ext4Image&) = delete;
    Ext4Image& operator=(const Ext4Image&) = delete;

    bool is_mounted() const { return is_mounted_; }
    void unmount() {
        if (is_mounted_) is_mounted_ = !runs("umount " + mount_point());
    }
    std::string image() const { return directory_.file("image"); }
    std::string mount_point() const { return directory_.file("mounted"); }

  private:
    static bool runs(const std::string& command) { return std::system((command + " >/dev/null 2>&1").c_str()) == 0; }

    TemporaryDirectory directory_;
    bool is_mounted_ = false;
};

// Temporary files lie in this folder while it lives.
class TemporaryFilesIn {
  public:
    explicit TemporaryFilesIn(const std::string& folder) : before_(std::filesystem::temp_directory_path()) {
        ::setenv("TMPDIR", folder.c_str(), 1);
    }
    ~TemporaryFilesIn() { ::setenv("TMPDIR", before_.c_str(), 1); }
    TemporaryFilesIn(const TemporaryFilesIn&) = delete;
    TemporaryFilesIn& operator=(const TemporaryFilesIn&) = delete;

  private:
    std::string before_;
};

// Visit after visit, every second one personal; what each of them wrote.
std::vector<std::string> receive_visitors(StoreFixture& fixture, std::uint64_t visits) {
    std::vector<std::string> canaries;
    for (std::uint64_t visit = 0; visit < visits; ++visit) {
        canaries.push_back(Canary(visit).text());
        REQUIRE(fixture.store->record(visit % 2 == 0 ? fixture.poll(canaries.back()) : fixture.referral(canaries.back())));
        REQUIRE(fixture.store->count_visit("opinion_poll", {"started", "finished"}));
        REQUIRE(fixture.store->tidy());
    }
    return canaries;
}

// Everything leaves, is receipted and wiped; how many answers there were.
std::size_t export_and_wipe(StoreFixture& fixture) {
    const auto header = fixture.store->prepare();
    REQUIRE(header);
    const std::size_t answers = fixture.exported(header->sequence).size();
    REQUIRE(fixture.store->delivered(header->sequence, {}));
    REQUIRE(fixture.store->receipt(header->sequence, {}));
    return answers;
}

std::string text_of(const core::Bytes& bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

}  // namespace

TEST_CASE("after a thousand visits no trace of an answer is on the disk, before the wipe or after") {
    prefer_memory_for_temporary_files();
    StoreFixture fixture;
    fixture.options.sqlite_vfs = storage::unsynced_vfs();
    fixture.options.poll_slots = 256;
    fixture.options.retention = {std::chrono::days(0), std::chrono::days(0)};
    fixture.open();
    const std::uint64_t visits = rounds("KIOSK_CANARY_VISITS", 1000);
    const std::vector<std::string> canaries = receive_visitors(fixture, visits);
    CHECK(found_in(raw_content(fixture.directory.path()), canaries) == 0);
    CHECK(export_and_wipe(fixture) == visits);
    CHECK(found_in(raw_content(fixture.directory.path()), canaries) == 0);
    fixture.close();
    CHECK(found_in(raw_content(fixture.directory.path()), canaries) == 0);

    // The sweep can find: a file with one canary in each disguise.
    std::ofstream planted(fixture.directory.file("planted"), std::ios::binary);
    for (const std::string& disguise : disguises(canaries.front())) planted << disguise << "\n";
    planted << "-" << canaries.back();
    planted.close();
    CHECK(found_in(raw_content(fixture.directory.path()), canaries) == 10);
}

TEST_CASE("no block of an ext4 file system holds a trace of an answer, nor of a sealed one after the wipe") {
    prefer_memory_for_temporary_files();
    Ext4Image file_system;
    if (!file_system.is_mounted()) SKIP("this machine does not let us mount a file system");
    std::vector<std::string> canaries, sealed_pieces;
    {
        const TemporaryFilesIn there(file_system.mount_point());
        StoreFixture fixture;   // with the system's own VFS: every sync reaches the file system
        fixture.options.poll_slots = 256;
        fixture.options.retention = {std::chrono::days(0), std::chrono::days(0)};
        fixture.open();
        canaries = receive_visitors(fixture, rounds("KIOSK_CANARY_VISITS", 1000) / 4);
        const auto header = fixture.store->prepare();
        REQUIRE(header);
        REQUIRE(fixture.store->for_each_sealed(header->sequence, [&](core::ByteView sealed) -> core::Result<void> {
            sealed_pieces.push_back(text_of({sealed.begin() + 1024, sealed.begin() + 1048}));
            return {};
        }));
        CHECK(export_and_wipe(fixture) == canaries.size());
        fixture.close();
        std::ofstream(file_system.mount_point() + "/planted") << "-" << Canary(4711).text();
    }
    file_system.unmount();
    const std::string blocks = text_of(bytes_of(file_system.image()));
    CHECK(found_in(blocks, canaries) == 0);
    CHECK(found_in(blocks, sealed_pieces) == 0);
    CHECK(found_in(blocks, {Canary(4711).text()}) == 1);
}

TEST_CASE("the store leaves no answer behind in memory") {
    StoreFixture fixture;
    fixture.options.sqlite_vfs = storage::unsynced_vfs();
    fixture.open();
    const Canary canary(4711);
    for (int visit = 0; visit < 100; ++visit) {
        core::Response response = visit % 2 == 0 ? fixture.poll() : fixture.referral();
        response.document = "<data>" + std::string(canary.size(), ' ') + "</data>";
        canary.write(response.document.data() + 6);
        REQUIRE(fixture.store->record(response));
        if (visit == 0) CHECK(found_in_memory(canary) > 0);  // the visitor is still there
        ::explicit_bzero(response.document.data(), response.document.size());
    }
    CHECK(found_in_memory(canary) == 0);
}
