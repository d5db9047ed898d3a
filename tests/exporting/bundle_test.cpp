#include "fakes.hpp"

#include <kiosk/exporting/bundle.hpp>

#include <catch2/catch_test_macros.hpp>

#include <set>

using namespace kiosk;
using namespace fakes;
using namespace kiosk::exporting;

namespace {

const core::FormVersion kForm{"portal_poll", "2026.1", core::sha256_of("form")};

MemoryLedger ledger_with(int answers, int poll) {
    MemoryLedger ledger;
    ledger.header.sequence = 12;
    ledger.header.kiosk_id = "K07";
    ledger.header.previous = core::sha256_of("bundle 11");
    ledger.header.sealed_answers = static_cast<std::uint64_t>(answers);
    ledger.header.poll_records = static_cast<std::uint64_t>(poll);
    ledger.header.forms = {kForm};
    ledger.header.withdrawals = {core::sha256_of("code")};
    ledger.header.audit_head = core::sha256_of("audit");
    ledger.header.counters = {{"opinion_poll.started", 9}};
    ledger.definitions[kForm] = "<h:html>Bạn đánh giá như thế nào?</h:html>";
    for (int i = 0; i < answers + poll; ++i)
        ledger.rows.push_back(*MarkingCipher().seal(bytes_of("Nguyễn Thị Hường " + std::to_string(i))));
    return ledger;
}

struct Exported {
    MemoryLedger ledger = ledger_with(3, 4);
    MarkingCipher cipher;
    HashSigner key{"K07's key"};
    FaultyStick stick;
    core::Result<ExportedBundle> result = export_bundle(ledger, cipher, key, stick);

    core::Bytes& bundle() { return stick.files["K07-000012.kbx"]; }
    std::string signature() { return text_of(stick.files["K07-000012.kbx.minisig"]); }
};

}  // namespace

TEST_CASE("a bundle that was exported is verified, opened and read back whole") {
    Exported exported;
    REQUIRE(exported.result);
    CHECK(exported.result->file == "K07-000012.kbx");
    CHECK(exported.stick.files.size() == 2);
    CHECK(exported.ledger.deliveries == std::vector{core::sha256_of(exported.bundle())});

    const auto seal = verify_bundle(exported.bundle(), exported.signature(), exported.key);
    REQUIRE(seal);
    CHECK(*seal == exported.result->seal);
    CHECK(seal->count == 7);
    const auto opened = OpenedBundle::open(exported.bundle(), *seal, exported.cipher);
    REQUIRE(opened);
    CHECK(opened->header() == exported.ledger.header);
    REQUIRE(opened->definitions().size() == 1);
    CHECK(opened->definitions()[0].form == kForm);
    CHECK(opened->definitions()[0].xml == exported.ledger.definitions[kForm]);
    std::set<std::string> rows;
    REQUIRE(opened->for_each_row([&](core::ByteView row) -> core::Result<void> {
        rows.insert(text_of(row));
        return {};
    }));
    CHECK(rows.size() == 7);
    CHECK(rows.contains("Nguyễn Thị Hường 6"));
}

TEST_CASE("the same answers give the same bundle in whatever order the ledger hands them out") {
    Exported exported;
    MemoryLedger other = ledger_with(0, 7);
    MemoryLedger turned = other;
    std::reverse(turned.rows.begin(), turned.rows.end());
    FaultyStick first, second;
    REQUIRE(export_bundle(other, exported.cipher, exported.key, first));
    REQUIRE(export_bundle(turned, exported.cipher, exported.key, second));
    CHECK(first.files == second.files);
}

TEST_CASE("a stick that fails at any moment leaves no half bundle under a final name and nothing marked exported") {
    for (const auto fault : {FaultyStick::Fault::full, FaultyStick::Fault::pulled, FaultyStick::Fault::lies})
        for (int at = 0; at < 6; ++at) {
            CAPTURE(static_cast<int>(fault), at);
            MemoryLedger ledger = ledger_with(2, 2);
            FaultyStick stick;
            stick.fault = fault;
            stick.fault_at = at;
            const auto exported = export_bundle(ledger, MarkingCipher(), HashSigner("key"), stick);
            if (fault == FaultyStick::Fault::lies && at > 1) continue;  // it lies only when written to
            REQUIRE_FALSE(exported);
            CHECK(exported.error().code.starts_with("stick."));
            CHECK(ledger.deliveries.empty());
            CHECK_FALSE(stick.files.contains("K07-000012.kbx"));
        }
}

TEST_CASE("an export whose rows are not as many as the ledger says is refused") {
    MemoryLedger ledger = ledger_with(2, 2);
    ledger.rows.pop_back();
    FaultyStick stick;
    const auto exported = export_bundle(ledger, MarkingCipher(), HashSigner("key"), stick);
    REQUIRE_FALSE(exported);
    CHECK(exported.error().code == "bundle.ledger_disagrees");
    CHECK(stick.files.empty());
}

TEST_CASE("a changed byte, a foreign key or a foreign signature is refused before anything is opened") {
    Exported exported;
    CHECK_FALSE(verify_bundle(exported.bundle(), exported.signature(), HashSigner("another key")));
    auto changed = exported.bundle();
    changed[changed.size() / 2] ^= std::byte{1};
    CHECK_FALSE(verify_bundle(changed, exported.signature(), exported.key));
    CHECK_FALSE(verify_bundle(exported.bundle(), "rubbish", exported.key));
}

TEST_CASE("a seal that does not agree with what is in the bundle is refused") {
    Exported exported;
    BundleSeal seal = exported.result->seal;
    SECTION("another kiosk") { seal.kiosk_id = "K08"; }
    SECTION("another sequence") { seal.sequence = 13; }
    SECTION("another count") { seal.count = 8; }
    SECTION("another hash") { seal.sha256 = core::sha256_of("other"); }
    const auto opened = OpenedBundle::open(exported.bundle(), seal, exported.cipher);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == "bundle.disagrees");
}

TEST_CASE("what is inside a sealed file but no bundle is refused in words") {
    const MarkingCipher cipher;
    for (const std::string inside : {"", "PK", "not a zip at all", "PK\x05\x06"}) {
        const core::Bytes sealed = *cipher.seal(bytes_of(inside));
        const BundleSeal seal{"K07", 12, 0, core::sha256_of(sealed)};
        const auto opened = OpenedBundle::open(sealed, seal, cipher);
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code.starts_with("bundle."));
        CHECK_FALSE(opened.error().message.vi.empty());
    }
}

TEST_CASE("a trusted comment is read back, and one with anything missing, extra or wrong is not") {
    const BundleSeal seal{"K07", 12, 7, core::sha256_of("x")};
    CHECK(*BundleSeal::parse(seal.trusted_comment()) == seal);
    CHECK_FALSE(BundleSeal::parse(seal.trusted_comment() + " more=1"));
    CHECK_FALSE(BundleSeal::parse(seal.trusted_comment().substr(0, 40)));
    CHECK_FALSE(BundleSeal::parse("kiosk= sequence=1 count=1 sha256=" + core::to_hex(seal.sha256)));
    CHECK_FALSE(BundleSeal::parse("kiosk=K sequence=-1 count=1 sha256=" + core::to_hex(seal.sha256)));
    CHECK_FALSE(BundleSeal::parse("kiosk=K sequence=99999999999999999999 count=1 sha256=" + core::to_hex(seal.sha256)));
}
