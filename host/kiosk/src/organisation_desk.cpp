#include "organisation_desk.hpp"

#include "durable_file.hpp"

#include <kiosk/core/organisations.hpp>
#include <kiosk/sealing/pin_hash.hpp>

#include <algorithm>
#include <utility>

namespace kiosk {
namespace {

using Verdict = app::OrganisationAnswer::Verdict;

core::SteadyTime wait_after(int failures) {
    using namespace std::chrono;
    if (failures < OrganisationJudge::kFreeTries) return {};
    return std::min<core::SteadyTime>(seconds(30) * (1LL << std::min(failures - OrganisationJudge::kFreeTries, 10)), minutes(5));
}

class ListedOrganisations final : public OrganisationDesk {
  public:
    ListedOrganisations(std::filesystem::path list, AnswerKeeper& keeper, const core::Clock& clock)
        : list_(list), judge_(std::move(list), clock), keeper_(keeper) {}

    bool has_codes() const override {
        std::error_code ignored;
        return std::filesystem::exists(list_, ignored);
    }
    void check(std::string code, std::string kind, Done done) override {
        keeper_.run([this, code = std::move(code), kind = std::move(kind), done = std::move(done)](storage::Store&) -> std::function<void()> {
            return [done, answer = judge_.judge(code, kind)] { done(answer); };
        });
    }

  private:
    const std::filesystem::path list_;
    OrganisationJudge judge_;   // on the keeper's thread
    AnswerKeeper& keeper_;
};

class SampleOrganisations final : public OrganisationDesk {
  public:
    bool has_codes() const override { return true; }
    void check(std::string, std::string, Done done) override { done({Verdict::wrong, {}, {}}); }
};

}  // namespace

app::OrganisationAnswer OrganisationJudge::judge(std::string_view text, std::string_view kind) {
    const core::SteadyTime now = clock_.steady_now();
    if (now < next_) return {Verdict::waiting, {}, next_ - now};
    const auto content = read_small_file(list_, std::uint64_t{16} << 20);
    if (!content) return {Verdict::unreadable, {}, {}};
    const auto organisations = core::read_organisations(*content);
    if (!organisations) return {Verdict::unreadable, {}, {}};
    const auto code = core::OrganisationCode::parse(text);
    if (!code) return {Verdict::wrong, {}, {}};   // mistyped, which is no guess
    const auto found = std::find_if(organisations->begin(), organisations->end(), [&](const core::Organisation& one) { return one.number == code->number(); });
    if (found == organisations->end() || !sealing::is_pin(code->letters(), found->hash)) {
        ++failures_;
        next_ = now + wait_after(failures_);
        return {Verdict::wrong, {}, {}};
    }
    failures_ = 0;
    if (found->kind != kind) return {Verdict::other_kind, {}, {}};
    return {Verdict::right, found->name, {}};
}

std::unique_ptr<OrganisationDesk> make_organisation_desk(std::filesystem::path list, AnswerKeeper& keeper, const core::Clock& clock) {
    return std::make_unique<ListedOrganisations>(std::move(list), keeper, clock);
}

std::unique_ptr<OrganisationDesk> make_sample_organisation_desk() { return std::make_unique<SampleOrganisations>(); }

}  // namespace kiosk
