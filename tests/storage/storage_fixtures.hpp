// What tests of the store share: a directory of its own, a clock that stands still, a sealer whose work can be undone.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sealer.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/storage/store.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

namespace kiosk::test {

inline const std::vector<std::string> kDatabases{"answers.db", "poll.db", "state.db"};

// With its path, and those of files in it, as the store takes them.
class TemporaryDirectory {
  public:
    const std::string& path() const { return path_; }
    std::string file(const std::string& name) const { return path_ + "/" + name; }

  private:
    test_support::TemporaryFolder folder_;
    std::string path_ = folder_.path().string();
};

class StoppedClock final : public core::Clock {
  public:
    core::WallTime wall_now() const override { return wall; }
    core::SteadyTime steady_now() const override { return steady; }

    core::WallTime wall{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24}};
    core::SteadyTime steady{0};
};

// Like age in what matters here: each sealing of the same text differs, is longer by a constant, says nothing of the text,
// and any changed byte shows. It is no encryption.
class FakeSealer final : public core::Sealer, public core::Opener {
  public:
    static constexpr std::size_t kOverheadBytes = 298;  // age with two recipients
    explicit FakeSealer(std::size_t overhead_bytes = kOverheadBytes) : overhead_bytes_(overhead_bytes) {}

    core::Result<core::Bytes> seal(core::ByteView plaintext) const override {
        core::Bytes sealed(plaintext.size() + overhead_bytes_, std::byte{0x5a});
        core::SeededRandom(++nonce_).fill(std::span(sealed).subspan(32, 8));
        mask(plaintext, core::ByteView(sealed).subspan(32, 8), std::span(sealed).subspan(overhead_bytes_));
        const core::Sha256 proof = core::sha256_of(core::ByteView(sealed).subspan(32));
        std::copy(proof.begin(), proof.end(), sealed.begin());
        return sealed;
    }

    core::Result<core::Bytes> open(core::ByteView sealed) const override {
        const core::Error broken{"fake.broken", {"hỏng", "broken"}};
        if (sealed.size() < overhead_bytes_) return broken;
        const core::Sha256 proof = core::sha256_of(sealed.subspan(32));
        if (!std::equal(proof.begin(), proof.end(), sealed.begin())) return broken;
        core::Bytes plaintext(sealed.size() - overhead_bytes_);
        mask(sealed.subspan(overhead_bytes_), sealed.subspan(32, 8), plaintext);
        return plaintext;
    }

  private:
    static void mask(core::ByteView from, core::ByteView nonce, std::span<std::byte> into) {
        std::uint64_t seed = 0;
        std::memcpy(&seed, nonce.data(), sizeof seed);
        core::SeededRandom(seed).fill(into);
        for (std::size_t index = 0; index < from.size(); ++index) into[index] ^= from[index];
    }

    std::size_t overhead_bytes_;
    mutable std::uint64_t nonce_ = 0;
};

// A store in a directory, with small sets and no limits, as most tests want it. reopen() is a restart of the kiosk.
class StoreFixture {
  public:
    StoreFixture() {
        options.reserve_bytes = 0;
        options.poll_slots = 8;
        options.rate_cap = {0, 0};
    }

    core::Result<std::unique_ptr<storage::Store>> try_open() {
        return storage::Store::open(directory.path(), &sealer, clock, random, options);
    }
    storage::Store& open() {
        store.reset();
        store = std::move(try_open()).value();
        return *store;
    }
    storage::Store& reopen() { return open(); }
    void close() { store.reset(); }

    core::Response poll(const std::string& choice = "tot") {
        core::Response response;
        response.id = core::ResponseId::make(random);
        response.activity = "opinion_poll";
        response.storage = StoragePolicy::anonymous;
        response.form = {"portal_poll", "1", core::sha256_of("portal_poll 1")};
        response.document = "<data><rating>" + choice + "</rating></data>";
        return response;
    }

    core::Response referral(const std::string& name = "Nguyễn Thị Hường") {
        core::Response response = poll();
        response.activity = "candidate_referral";
        response.storage = StoragePolicy::sealed;
        response.form = {"referral", "2026.1", core::sha256_of("referral 2026.1")};
        response.document = "<data><name>" + name + "</name></data>";
        response.withdrawal_tag = core::sha256_of(response.id.to_string());
        return response;
    }

    // What a bundle would carry, opened: the office's view.
    std::vector<core::Response> exported(std::uint64_t sequence) {
        std::vector<core::Response> responses;
        const auto done = store->for_each_sealed(sequence, [&](core::ByteView sealed) -> core::Result<void> {
            auto payload = sealer.open(sealed);
            if (!payload) return payload.error();
            auto response = core::decode_response(*payload);
            if (!response) return response.error();
            responses.push_back(*response);
            return {};
        });
        static_cast<void>(done.has_value() ? 0 : throw done.error());
        return responses;
    }

    // Everything that can be asked of the store: the code each ends in, or "done".
    std::vector<std::string> codes_of_all_calls() {
        std::vector<std::string> codes;
        const auto add = [&](const auto& result) { codes.push_back(result ? "done" : result.error().code); };
        const core::FormVersion form{"portal_poll", "1", {}};
        add(store->verify());
        add(store->keep_definition(form, "<h:html/>"));
        add(store->definition(form));
        const core::Response answer = referral();
        for (const core::Response& response : {poll(), answer}) add(store->record(response));
        add(store->undo(answer.id));
        add(store->withdraw(*answer.withdrawal_tag));
        add(store->prepare());
        add(store->for_each_sealed(1, [](core::ByteView) -> core::Result<void> { return {}; }));
        add(store->delivered(1, {}));
        add(store->export_again());
        add(store->receipt(1, {}));
        add(store->tidy());
        add(store->set_note("note", "value"));
        add(store->note("note"));
        for (int visit = 1; visit < 10; ++visit) static_cast<void>(store->count_visit("opinion_poll", {"started"}).has_value());
        add(store->count_visit("opinion_poll", {"started"}));
        add(store->visit_counts("opinion_poll"));
        add(store->audit("event", ""));
        add(store->audit_log());
        add(store->status());
        return codes;
    }

    TemporaryDirectory directory;
    StoppedClock clock;
    core::SeededRandom random{1};
    FakeSealer sealer;
    storage::StoreOptions options;
    std::unique_ptr<storage::Store> store;
};

inline core::Bytes bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto* data = reinterpret_cast<const std::byte*>(text.data());
    return {data, data + text.size()};
}

// Everything a directory holds, names and contents.
inline std::string raw_content(const std::string& directory) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        all += entry.path().filename().string() + "\n";
        if (!entry.is_regular_file()) continue;
        const core::Bytes bytes = bytes_of(entry.path().string());
        all.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return all;
}

}  // namespace kiosk::test
