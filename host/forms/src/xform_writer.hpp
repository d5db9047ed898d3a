// Writes a Survey without errors as ODK XForm XML: what is stored with answers, and what the XForm reader makes a Form of.
//
// Pure. The References are those that resolved the Survey, the instances those it was found to use.
#pragma once

#include "references.hpp"
#include "survey.hpp"
#include "survey_instances.hpp"

#include <string>
#include <vector>

namespace kiosk::forms {

struct WrittenXForm {
    std::string xml;
    XFormPlaces places;
};

WrittenXForm write_xform(const Survey& survey, References& references, const std::vector<SurveyInstance>& instances);

}  // namespace kiosk::forms
