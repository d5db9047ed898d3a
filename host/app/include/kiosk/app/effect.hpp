// What reduce() asks the world to do, as data. Each is carried out through a port and answered by the Event named
// beside it; the composition root does so in order.
#pragma once

#include <kiosk/app/state.hpp>
#include <kiosk/core/outcome.hpp>
#include <kiosk/core/response.hpp>

#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::app {

struct BeginVisit { VisitNumber visit{}; std::string activity; };                              // VisitBegun
struct Describe { VisitNumber visit{}; core::VisitToken token{}; };                            // Described
struct OpenForm { VisitNumber visit{}; std::string form_id, language; core::ResponseId response; };  // FormOpened
struct Submit { VisitNumber visit{}; core::VisitToken token{}; core::Answers answers; };       // Submitted
struct RecordResponses {                                                                       // Recorded: all of them, or none
    VisitNumber visit{};
    std::vector<core::Response> responses;
    std::shared_ptr<const forms::Form> definition;   // what they answer, as it was when the visit began
};
struct PrintDocument {                                                                         // Printed
    VisitNumber visit{};
    std::string layout;
    std::string submission;                          // fills it in
    std::shared_ptr<const forms::Form> definition;
    std::vector<WithdrawalSlip> slips;               // printed with it
};
struct CheckOrganisation { VisitNumber visit{}; std::string code, kind; };                     // OrganisationChecked
struct WithdrawResponse { VisitNumber visit{}; core::Sha256 tag{}; };                          // Withdrawn
struct UndoResponse { VisitNumber visit{}; core::ResponseId response; };                       // Undone
struct EndVisit { core::VisitToken token{}; };
struct SpeakPage {};                                // read the page aloud, from what project() gives
struct StopSpeaking {};
struct LookAtPin {};                                // PinLooked
struct CheckPin { std::string pin; };               // PinChecked
struct DoForStaff { StaffAct act = StaffAct::look; std::string argument; };  // StaffReported; for all but look, StaffDone too

using Effect = std::variant<BeginVisit, Describe, OpenForm, Submit, RecordResponses, PrintDocument, CheckOrganisation, WithdrawResponse,
                            UndoResponse, EndVisit, SpeakPage, StopSpeaking, LookAtPin, CheckPin, DoForStaff>;
using Effects = std::vector<Effect>;

}  // namespace kiosk::app
