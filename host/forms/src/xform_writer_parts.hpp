// The parts write_xform() is made of. Each writes its part of the Survey, line by line.
#pragma once

#include "references.hpp"
#include "survey.hpp"
#include "survey_instances.hpp"
#include "xml_writer.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct XFormWriting {
    const Survey& survey;
    References& references;
    const std::vector<SurveyInstance>& instances;
    XmlLines lines = {};
    XFormPlaces places = {};
    std::map<std::uint32_t, std::vector<std::uint32_t>> triggered = {};  // question → items computed when it changes

    // That an attribute of the line to come was written in this cell.
    void remember(std::string attribute, const Written& cell) {
        if (cell.row != nullptr) places[{lines.next(), std::move(attribute)}] = cell.place();
    }

    template <class Visit>
    void each_child(std::uint32_t parent, Visit&& visit) const {
        const auto end = parent == kNone ? static_cast<std::uint32_t>(survey.items.size()) : survey.items[parent].end;
        for (std::uint32_t i = parent == kNone ? 0 : parent + 1; i < end; i = survey.items[i].end) visit(i);
    }
};

void write_itext(XFormWriting& writing);
void write_instances(XFormWriting& writing);
void write_binds(XFormWriting& writing);
// Dynamic defaults outside repeats (kNone) belong to the model, those inside to their repeat.
void write_first_load_actions(XFormWriting& writing, std::uint32_t repeat);
void write_body(XFormWriting& writing, std::uint32_t parent);

// Shared by the parts. Labels stand in the body where one language says it all, else in itext.
bool needs_itext(const Survey& survey, const std::vector<LocalWritten>& texts);
bool needs_itext(const Survey& survey, const ChoiceList& list);
bool has_any(const std::vector<LocalWritten>& texts, std::initializer_list<std::string_view> keys);
const Written* text_of(const std::vector<LocalWritten>& texts, std::string_view key, std::uint32_t language);
std::string inline_text(XFormWriting& writing, const Written& text, std::uint32_t context);
std::uint32_t nearest_repeat(const Survey& survey, std::uint32_t item);  // above it; kNone: in none
const std::string* find(const Pairs& pairs, std::string_view key);

}  // namespace kiosk::forms
