// The secondary instances a Survey uses: its choice lists, and the files named by selects, csv-external, xml-external and
// pulldata(). Each id once; two different things of one id are an error at the cell that names the second.
#pragma once

#include "survey.hpp"

#include <string>
#include <vector>

namespace kiosk::forms {

struct SurveyInstance {
    std::string id;
    std::string source;                  // "jr://file-csv/xa.csv"; empty: list
    const ChoiceList* list = nullptr;    // of the Survey
    Written cell = {};                   // that names the file
};

// After the references were resolved. The order is the one they are written in.
std::vector<SurveyInstance> find_instances(const Survey& survey, Report& report);

// The id of the instance a select with a list or a file takes its choices from.
std::string instance_of(const Survey& survey, const SurveyItem& item);

}  // namespace kiosk::forms
