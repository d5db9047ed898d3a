// Writes a Survey without errors as ODK XForm XML: what is stored with answers, and what the XForm reader makes a Form of.
//
// Pure. The References are those that resolved the Survey.
#pragma once

#include "references.hpp"
#include "survey.hpp"

#include <map>
#include <string>
#include <utility>

namespace kiosk::forms {

inline constexpr std::string_view kKioskNamespace = "urn:feedback-kiosk:xforms";

struct WrittenXForm {
    std::string xml;
    XFormPlaces places;
};

WrittenXForm write_xform(Survey& survey, References& references);

}  // namespace kiosk::forms
