#include "fakes.hpp"

#include <kiosk/exporting/enrolment.hpp>
#include <kiosk/exporting/receipt.hpp>

#include <catch2/catch_test_macros.hpp>

using namespace kiosk;
using namespace fakes;
using namespace kiosk::exporting;

namespace {

Receipt sample_receipt() {
    return {"K07", {{1, core::sha256_of("one")}, {2, core::sha256_of("two")}}, {{"portal_poll", "3", "rating", "tot", 120}}};
}

class NotingLedger final : public core::BundleLedger {
  public:
    std::vector<std::uint64_t> receipts;
    core::Result<core::BundleHeader> prepare() override { return error("unused"); }
    core::Result<void> for_each_sealed(std::uint64_t, const std::function<core::Result<void>(core::ByteView)>&) override {
        return error("unused");
    }
    core::Result<std::string> definition(const core::FormVersion&) override { return error("unused"); }
    core::Result<void> delivered(std::uint64_t, const core::Sha256&) override { return error("unused"); }
    core::Result<void> receipt(std::uint64_t sequence, const core::Sha256&) override {
        receipts.push_back(sequence);
        return {};
    }
};

}  // namespace

TEST_CASE("a receipt that was issued is accepted by its kiosk, bundle by bundle") {
    FaultyStick stick;
    const HashSigner office("office");
    REQUIRE(issue_receipt(sample_receipt(), office, stick));
    NotingLedger ledger;
    const std::string signature = text_of(stick.files["K07.receipt.minisig"]);
    const auto accepted = accept_receipt(stick.files["K07.receipt"], signature, office, "K07", ledger);
    REQUIRE(accepted);
    CHECK(*accepted == sample_receipt());
    CHECK(ledger.receipts == std::vector<std::uint64_t>{1, 2});

    NotingLedger other;
    CHECK(accept_receipt(stick.files["K07.receipt"], signature, office, "K08", other).error().code == "receipt.other_kiosk");
    CHECK_FALSE(accept_receipt(stick.files["K07.receipt"], signature, HashSigner("thief"), "K07", other));
    CHECK(other.receipts.empty());
}

TEST_CASE("something else that the office signed is no receipt") {
    const HashSigner office("office");
    const auto bytes = bytes_of(write_receipt(sample_receipt()));
    NotingLedger ledger;
    CHECK_FALSE(accept_receipt(bytes, *office.sign(bytes, "pack forms"), office, "K07", ledger));
    CHECK(ledger.receipts.empty());
}

TEST_CASE("a receipt with anything odd in it is refused") {
    const std::string good = write_receipt(sample_receipt());
    REQUIRE(read_receipt(good));
    for (const std::string& bad : {std::string(), std::string("feedback-kiosk receipt 2\nkiosk: K07\n"), good + "surprise: 1\n",
                                  good + "bundle: 3\n", good + "bundle: x " + std::string(64, '0') + "\n",
                                  good + "kiosk: K08\n", good.substr(0, good.find("kiosk")), good + "no colon\n"}) {
        CAPTURE(bad);
        CHECK(read_receipt(bad).error().code == "receipt.malformed");
    }
}

TEST_CASE("enrolment files are read back as they were written, and nothing else is read") {
    const KioskEnrolment kiosk{"K07", "UBND xã Thạnh Mỹ", "RWQkey"};
    const OfficeEnrolment office{{"age1office", "age1escrow"}, "RWQsign"};
    CHECK(*read_kiosk_enrolment(write_enrolment(kiosk)) == kiosk);
    CHECK(*read_office_enrolment(write_enrolment(office)) == office);
    CHECK_FALSE(read_kiosk_enrolment(write_enrolment(office)));
    CHECK_FALSE(read_office_enrolment(write_enrolment(kiosk)));
    CHECK_FALSE(read_kiosk_enrolment("feedback-kiosk enrolment 1\nkiosk: ../K07\nkey: x\n"));
    CHECK_FALSE(read_kiosk_enrolment("feedback-kiosk enrolment 1\nkiosk: K07\n"));
}
