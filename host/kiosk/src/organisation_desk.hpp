// OrganisationDesk: judges the codes by which organisations are vouched for, against the list of the day's form pack
// (data/organisations.tsv). Five wrong codes are free, then each waits 30 s, 60 s, … up to 5 minutes of powered-on time,
// begun anew by a restart: a code has 45 random bits, so the waits keep guessing tiresome, not the code safe.
//
// Each call comes back at once; `done` is called now or from the keeper's drain(). Main thread only.
#pragma once

#include "answer_keeper.hpp"

#include <kiosk/app/state.hpp>
#include <kiosk/core/clock.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace kiosk {

class OrganisationDesk {
  public:
    using Done = std::function<void(app::OrganisationAnswer)>;

    virtual ~OrganisationDesk() = default;
    virtual bool has_codes() const = 0;   // without, no form asks for one
    virtual void check(std::string code, std::string kind, Done done) = 0;
};

// The judging itself, on whatever thread: one at a time.
class OrganisationJudge {
  public:
    static constexpr int kFreeTries = 5;

    OrganisationJudge(std::filesystem::path list, const core::Clock& clock) : list_(std::move(list)), clock_(clock) {}
    app::OrganisationAnswer judge(std::string_view code, std::string_view kind);

  private:
    std::filesystem::path list_;
    const core::Clock& clock_;
    int failures_ = 0;
    core::SteadyTime next_{};
};

// Borrows both; works on the keeper's thread, so the keeper goes first.
std::unique_ptr<OrganisationDesk> make_organisation_desk(std::filesystem::path list, AnswerKeeper& keeper, const core::Clock& clock);
// For pictures: there is a list, and every code is wrong.
std::unique_ptr<OrganisationDesk> make_sample_organisation_desk();

}  // namespace kiosk
