// How a form's questions become columns. Names are a function of the question alone, so that every version of a form, and
// every store, names a question's column alike. Pure.
#pragma once

#include <kiosk/core/answer_tables.hpp>
#include <kiosk/forms/form.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace kiosk::office_store {

struct LayoutQuestion {
    std::string path;                    // "/data/member/name"
    std::string repeat_path;             // of the innermost repeat it lies in: "/data/member"; empty: none
    std::string table_name;              // "form_referral__member"
    std::string column_name;             // "name"
    core::AnswerColumn column;           // header, types, labels and choices
};

struct FormLayout {
    std::string title;
    std::string root_path;               // "/data"
    std::vector<std::string> languages;  // codes, the default first
    std::vector<std::string> repeats;    // paths, outer ones first
    std::vector<LayoutQuestion> questions;
};

FormLayout layout_of(const forms::Form& form);

std::string table_name(std::string_view form_id, std::string_view root_path, std::string_view repeat_path);
const char* sql_type(core::AnswerType type);
std::string header_of(std::string_view path, std::string_view under);

}  // namespace kiosk::office_store
