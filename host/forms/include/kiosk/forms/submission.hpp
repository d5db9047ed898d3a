// Submission: a finished ODK submission XML as a flat tree of values, for whoever keeps or exports answers and has no need
// of a visit. Reading knows no form; element names are as written, with their prefix ("orx:instanceID").
//
// Plain values; any thread. Refused: what is not XML, what has a document type or entities, nesting beyond 64, text that
// is not UTF-8. Codes: submission.not_xml, submission.not_allowed.
#pragma once

#include <kiosk/core/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct SubmissionElement {
    std::string name;
    std::string value;                  // of an element without element children; as it stands in the XML
    std::uint32_t end = 0;              // one past its last descendant: children are i+1, then elements[child].end, …

    bool operator==(const SubmissionElement&) const = default;
};

struct Submission {
    std::string form_id;                // attributes of the root
    std::string form_version;
    std::vector<SubmissionElement> elements;  // document order; [0] is the root

    bool operator==(const Submission&) const = default;
};

core::Result<Submission> read_submission(std::string_view xml);

}  // namespace kiosk::forms
