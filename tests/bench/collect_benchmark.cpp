// collect_benchmark [ANSWERS] [KIOSKS] [FOLDER]: so many sealed answers to the poll, in signed bundles of so many kiosks,
// verified, opened and merged into a new office store as `feedback-office collect` does. Prints time, CPU time and peak
// memory, and what of it no program could save: one X25519 an answer, shared by the cores. Bundles are kept in FOLDER.
#include "collector.hpp"

#include <kiosk/core/response_codec.hpp>
#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>
#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/form_visit.hpp>
#include <kiosk/sealing/age.hpp>
#include <kiosk/sealing/minisign.hpp>

#include <sodium.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace kiosk;
namespace files = std::filesystem;
using Clock = std::chrono::steady_clock;

namespace {

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

template <class T>
T must(core::Result<T> result) {
    if (!result) std::fprintf(stderr, "collect_benchmark: %s\n", result.error().message.en.c_str()), std::exit(1);
    return std::move(*result);
}

// One kiosk's answers, sealed as they are taken.
class Ledger final : public core::BundleLedger {
  public:
    Ledger(std::string kiosk, std::uint64_t answers, const forms::Form& form, const std::vector<std::string>& documents,
           const sealing::AgeSealer& sealer, core::Random& random)
        : answers_(answers), form_(form), documents_(documents), sealer_(sealer), random_(random) {
        header_.sequence = 1;
        header_.kiosk_id = std::move(kiosk);
        header_.poll_records = answers;
        header_.forms = {version()};
    }
    core::Result<core::BundleHeader> prepare() override { return header_; }
    core::Result<void> for_each_sealed(std::uint64_t, const std::function<core::Result<void>(core::ByteView)>& take) override {
        for (std::uint64_t i = 0; i < answers_; ++i) {
            core::Response response;
            response.id = core::ResponseId::make(random_);
            response.activity = "opinion_poll";
            response.form = version();
            response.document = documents_[random_.below(documents_.size())];
            if (auto taken = take(must(sealer_.seal(must(core::encode_response(response))))); !taken) return taken;
        }
        return {};
    }
    core::Result<std::string> definition(const core::FormVersion&) override { return form_.definition; }
    core::Result<void> delivered(std::uint64_t, const core::Sha256&) override { return {}; }
    core::Result<void> receipt(std::uint64_t, const core::Sha256&) override { return {}; }

  private:
    core::FormVersion version() const { return {form_.id, form_.version, form_.sha256}; }

    std::uint64_t answers_;
    const forms::Form& form_;
    const std::vector<std::string>& documents_;
    const sealing::AgeSealer& sealer_;
    core::Random& random_;
    core::BundleHeader header_;
};

std::vector<std::string> documents_of(const std::shared_ptr<const forms::Form>& form) {
    std::vector<std::string> documents;
    for (const char* rating : {"rat_tot", "tot", "binh_thuong", "kem"}) {
        auto visit = must(forms::FormVisit::begin(form, {}));
        if (!visit.set("/data/rating", rating) || !visit.finish()) std::exit(1);
        documents.push_back(visit.submission());
    }
    return documents;
}

void write_bundles(const files::path& folder, std::uint64_t answers, std::uint64_t kiosks) {
    files::create_directories(folder / "trust");
    const sealing::AgeIdentity office = sealing::AgeIdentity::generate();
    std::ofstream(folder / "office-key.txt") << office.to_text().text() << '\n';
    const auto sealer = must(sealing::AgeSealer::create({office.recipient()}));
    const auto reading = forms::read_form_at(files::path(KIOSK_SOURCE_DIR) / "assets/forms/portal_poll");
    if (!reading.form) std::fprintf(stderr, "collect_benchmark: the poll's form cannot be read\n"), std::exit(1);
    const std::vector<std::string> documents = documents_of(reading.form);
    core::SeededRandom random(2026);
    auto stick = must(exporting::DiskFolder::open(folder));
    for (std::uint64_t kiosk = 0; kiosk < kiosks; ++kiosk) {
        const std::string id = "K" + std::to_string(100 + kiosk);
        sealing::MinisignSecretKey key = sealing::MinisignSecretKey::generate();
        std::ofstream(folder / "trust" / (id + ".pub")) << key.public_key().to_file();
        const sealing::MinisignSigner signer(std::move(key));
        Ledger ledger(id, answers / kiosks, *reading.form, documents, sealer, random);
        static_cast<void>(must(exporting::export_bundle(ledger, sealer, signer, stick)));
        std::fprintf(stderr, "\rbundle %llu of %llu", static_cast<unsigned long long>(kiosk + 1), static_cast<unsigned long long>(kiosks));
    }
    std::fputc('\n', stderr);
}

double x25519_seconds() {
    unsigned char secret[crypto_scalarmult_SCALARBYTES], point[crypto_scalarmult_BYTES], shared[crypto_scalarmult_BYTES];
    randombytes_buf(secret, sizeof secret);
    crypto_scalarmult_base(point, secret);
    constexpr int kRounds = 2000;
    const auto start = Clock::now();
    for (int round = 0; round < kRounds; ++round)
        if (crypto_scalarmult(shared, secret, point) != 0) std::exit(1);
    return seconds_since(start) / kRounds;
}

}  // namespace

int main(int count, char** words) {
    const auto number = [&](int at, std::uint64_t usual) { return count > at ? std::strtoull(words[at], nullptr, 10) : usual; };
    const std::uint64_t answers = number(1, 1'000'000), kiosks = std::max<std::uint64_t>(1, number(2, 20));
    const files::path folder = (count > 3 ? files::path(words[3]) : files::temp_directory_path() / "kiosk-collect-benchmark") /
                               (std::to_string(answers) + "-of-" + std::to_string(kiosks));
    if (sodium_init() < 0) return 1;
    if (!files::exists(folder / "office-key.txt")) write_bundles(folder, answers, kiosks);

    files::remove(folder / "store.db");
    auto store = must(office_store::OfficeStore::open((folder / "store.db").string(), office::read_definition));
    const auto opener = must(office::opener_from({folder / "office-key.txt"}, {}));
    office::Collector collector(store, opener, must(office::Trust::read(folder / "trust")));
    const auto start = Clock::now();
    const double cpu = cpu_seconds();
    std::uint64_t added = 0;
    for (const files::path& file : must(office::find_bundles({folder}))) {
        const office::CollectedBundle bundle = must(collector.take(file));
        if (bundle.refusal) return std::fprintf(stderr, "collect_benchmark: %s\n", bundle.refusal->message.en.c_str()), 1;
        added += bundle.report.added;
    }
    const double wall = seconds_since(start), used = cpu_seconds() - cpu;
    const double floor = static_cast<double>(added) * x25519_seconds() / std::max(1U, std::thread::hardware_concurrency());
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    std::printf("%llu answers of %llu kiosks: %.2f s wall, %.2f s CPU (%.0f us an answer), %.1f MiB peak; X25519 alone on all cores %.2f s: wall / X25519 %.2f\n",
                static_cast<unsigned long long>(added), static_cast<unsigned long long>(kiosks), wall, used, used / static_cast<double>(added) * 1e6,
                static_cast<double>(usage.ru_maxrss) / 1024, floor, wall / floor);
    return added == answers / kiosks * kiosks ? 0 : 1;
}
