#include "minisign_keys.hpp"
#include "plugin_folder.hpp"

#include <kiosk/core/random.hpp>
#include <kiosk/plugin_host/check_plugin.hpp>

using namespace kiosk;
using core::PluginState;
using plugin_host::Trust;

namespace {

const std::vector<std::string> kFiles{"manifest.json", "opinion_poll.so", "locale/vi/LC_MESSAGES/opinion_poll.mo",
                                      "locale/en/LC_MESSAGES/opinion_poll.mo"};

void sign(const Supplier& supplier, const std::filesystem::path& plugin, const std::string& file,
          const std::string& version = "1.0.0") {
    write_text((plugin / file).string() + ".minisig",
               supplier.signature(read_text(plugin / file), "opinion_poll " + version + " " + file));
}

}  // namespace

TEST_CASE("a kiosk with keys takes a plugin whose every file is signed") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    const Supplier supplier;
    for (const auto& file : kFiles) sign(supplier, plugin, file);
    const auto verifier = supplier.verifier();
    CHECK(LoadedFolder(folder, Trust::signed_by(verifier)).status("opinion_poll").state == PluginState::loaded);
    CHECK(plugin_host::check_plugin(plugin / "opinion_poll.so", Trust::signed_by(verifier)).problems.empty());
}

TEST_CASE("a kiosk with keys refuses a plugin of which any file is unsigned, changed or another's") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    const Supplier supplier;
    for (const auto& file : kFiles) sign(supplier, plugin, file);
    const auto verifier = supplier.verifier();
    for (const auto& file : kFiles) {
        CAPTURE(file);
        const std::string bytes = read_text(plugin / file);
        const std::string signature = read_text((plugin / file).string() + ".minisig");
        const auto reason = [&] { return LoadedFolder(folder, Trust::signed_by(verifier)).reason("opinion_poll"); };

        std::filesystem::remove((plugin / file).string() + ".minisig");
        CHECK(reason() == "plugin.not_signed");
        sign(supplier, plugin, file, "0.9.0");
        CHECK(reason() == "plugin.wrong_signature");
        write_text((plugin / file).string() + ".minisig", signature);
        std::string changed = bytes;
        changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
        write_text(plugin / file, changed);
        CHECK(reason() != "");
        write_text(plugin / file, bytes);
        CHECK(reason() == "");
    }
}

TEST_CASE("a plugin signed by somebody else is refused") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    const Supplier stranger;
    for (const auto& file : kFiles) sign(stranger, plugin, file);
    const auto verifier = Supplier().verifier();
    CHECK(LoadedFolder(folder, Trust::signed_by(verifier)).reason("opinion_poll") == "plugin.bad_signature");
}

TEST_CASE("an unsigned plugin's code is never run by a kiosk with keys") {
    PluginFolder folder;
    folder.add("aborts_when_loaded");
    const auto verifier = Supplier().verifier();
    CHECK(LoadedFolder(folder, Trust::signed_by(verifier)).reason("aborts_when_loaded") == "plugin.not_signed");
    CHECK_FALSE(plugin_host::check_plugin(folder.plugins() / "aborts_when_loaded/aborts_when_loaded.so",
                                          Trust::signed_by(verifier)).problems.empty());
}

namespace {

// The file with a few bytes flipped, cut off, or put in.
std::string mutated(std::string bytes, core::SeededRandom& random) {
    const std::string before = bytes;
    switch (random.below(4)) {
        case 0: bytes.resize(random.below(bytes.size())); break;
        case 1: bytes.insert(random.below(bytes.size() + 1), 1 + random.below(64), static_cast<char>(random.below(256))); break;
        default:
            for (std::uint64_t flips = 1 + random.below(8); flips > 0; --flips)
                bytes[random.below(bytes.size())] ^= static_cast<char>(1u << random.below(8));
    }
    if (bytes == before) bytes.push_back('x');
    return bytes;
}

}  // namespace

TEST_CASE("of ten thousand mutated plugins a kiosk with keys loads none") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    const Supplier supplier;
    std::vector<std::string> originals;
    for (const auto& file : kFiles) {
        sign(supplier, plugin, file);
        originals.push_back(read_text(plugin / file));
    }

    // The lines of this process's memory map, so that a library which was even mapped is noticed.
    const auto mappings = [] {
        const std::string maps = read_text("/proc/self/maps");
        std::size_t count = 0;
        for (std::size_t at = maps.find("memfd:"); at != std::string::npos; at = maps.find("memfd:", at + 1)) ++count;
        return count;
    };
    const std::size_t before = mappings();
    const auto verifier = supplier.verifier();
    core::SeededRandom random(20'261'124);
    int taken = 0;
    for (int round = 0; round < 10'000; ++round) {
        const std::size_t victim = random.below(kFiles.size());
        write_text(plugin / kFiles[victim], mutated(originals[victim], random));
        if (plugin_host::check_plugin(plugin / "opinion_poll.so", Trust::signed_by(verifier)).problems.empty()) ++taken;
        write_text(plugin / kFiles[victim], originals[victim]);
    }
    CHECK(taken == 0);
    CHECK(mappings() == before);

    // A signature with any one bit flipped behind its first line, a remark that nothing vouches for, is as good as none.
    const std::string signed_file = (plugin / "opinion_poll.so").string() + ".minisig";
    const std::string signature = read_text(signed_file);
    for (std::size_t at = signature.find('\n') + 1; at + 1 < signature.size(); ++at) {
        std::string flipped = signature;
        flipped[at] = static_cast<char>(flipped[at] ^ 2);
        write_text(signed_file, flipped);
        CHECK_FALSE(plugin_host::check_plugin(plugin / "opinion_poll.so", Trust::signed_by(verifier)).problems.empty());
    }
    write_text(signed_file, signature);

    CHECK(plugin_host::check_plugin(plugin / "opinion_poll.so", Trust::signed_by(verifier)).problems.empty());
    CHECK(mappings() > before);
}
