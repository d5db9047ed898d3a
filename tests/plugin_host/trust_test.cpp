#include "plugin_folder.hpp"

#include <kiosk/plugin_host/check_plugin.hpp>

using namespace kiosk;
using core::PluginState;
using plugin_host::Trust;

namespace {

// A stand-in for minisign: "KEY comment bytes-sum". Good enough to tell a changed or foreign file from a signed one.
class FakeVerifier final : public core::Verifier {
  public:
    static std::string signature(const std::string& bytes, const std::string& comment) {
        return std::to_string(std::hash<std::string>{}(bytes + comment)) + " " + comment;
    }
    core::Result<std::string> verify(core::ByteView message, std::string_view minisig) const override {
        const std::string comment(minisig.substr(std::min(minisig.find(' '), minisig.size() - 1) + 1));
        const std::string bytes(reinterpret_cast<const char*>(message.data()), message.size());
        if (signature(bytes, comment) != minisig)
            return core::Error{"signature.invalid", {"chữ ký sai", "the signature is wrong"}};
        return comment;
    }
};

const std::vector<std::string> kFiles{"manifest.json", "opinion_poll.so", "locale/vi/LC_MESSAGES/opinion_poll.mo",
                                      "locale/en/LC_MESSAGES/opinion_poll.mo"};

void sign(const std::filesystem::path& plugin, const std::string& file, const std::string& version = "1.0.0") {
    write_text((plugin / file).string() + ".minisig",
               FakeVerifier::signature(read_text(plugin / file), "opinion_poll " + version + " " + file));
}

}  // namespace

TEST_CASE("a kiosk with keys takes a plugin whose every file is signed") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    for (const auto& file : kFiles) sign(plugin, file);
    const FakeVerifier verifier;
    CHECK(LoadedFolder(folder, Trust::signed_by(verifier)).status("opinion_poll").state == PluginState::loaded);
    CHECK(plugin_host::check_plugin(plugin / "opinion_poll.so", Trust::signed_by(verifier)).problems.empty());
}

TEST_CASE("a kiosk with keys refuses a plugin of which any file is unsigned, changed or another's") {
    PluginFolder folder;
    const auto plugin = folder.add("opinion_poll");
    for (const auto& file : kFiles) sign(plugin, file);
    const FakeVerifier verifier;
    for (const auto& file : kFiles) {
        CAPTURE(file);
        const std::string bytes = read_text(plugin / file);
        const std::string signature = read_text((plugin / file).string() + ".minisig");
        const auto reason = [&] { return LoadedFolder(folder, Trust::signed_by(verifier)).reason("opinion_poll"); };

        std::filesystem::remove((plugin / file).string() + ".minisig");
        CHECK(reason() == "plugin.not_signed");
        sign(plugin, file, "0.9.0");
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

TEST_CASE("an unsigned plugin's code is never run by a kiosk with keys") {
    PluginFolder folder;
    folder.add("aborts_when_loaded");
    const FakeVerifier verifier;
    CHECK(LoadedFolder(folder, Trust::signed_by(verifier)).reason("aborts_when_loaded") == "plugin.not_signed");
    CHECK_FALSE(plugin_host::check_plugin(folder.plugins() / "aborts_when_loaded/aborts_when_loaded.so",
                                          Trust::signed_by(verifier)).problems.empty());
}
