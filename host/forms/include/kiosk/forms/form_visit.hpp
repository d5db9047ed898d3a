// FormVisit: one visitor's run through one Form: the page sequence, what is visible, required, valid and computed.
//
// Owns its instance document; shares the immutable Form, so a running visit keeps the version it began with.
// Movable, not copyable; one thread at a time. Deterministic: time, time zone and randomness come with VisitSettings.
// A step that cannot be taken returns an Error and changes nothing.
#pragma once

#include <kiosk/core/clock.hpp>
#include <kiosk/core/outcome.hpp>
#include <kiosk/core/result.hpp>
#include <kiosk/forms/form.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace kiosk::forms {

struct VisitSettings {
    std::string language;                           // empty: the form's default
    std::function<core::WallTime()> now;            // UTC
    std::string timezone = "Asia/Ho_Chi_Minh";      // IANA name
    std::uint64_t seed = 0;                         // of random(), once(), randomize()
    std::string instance_id;                        // "uuid:…"
    std::vector<std::string> left_out;              // a question with one of these columns ("kiosk:vouches") is not asked;
                                                    // outside repeats
};

struct ChoiceView {
    std::string name;
    std::string label;                              // in the visit's language, ${q} filled in
    std::string image, audio;                       // media names, or empty

    bool operator==(const ChoiceView&) const = default;
};

// A text that repeats answers (${q} in a label, or a choice that is itself an answer), and the same with "…" in their place:
// what may be said aloud where others hear.
struct FilledText {
    std::string text, unfilled;

    bool operator==(const FilledText&) const = default;
};

// One node of the instance as the visitor may see it. Paths carry explicit 1-based repeat indexes: /data/member[2]/name.
struct NodeView {
    std::string path;
    std::string type;                               // XLSForm type: "select_one", "integer", "note", "group", "repeat", …
    std::string appearance;                         // tokens separated by spaces
    std::string value;                              // as it stands in the XML; empty for groups and repeats
    bool relevant = true;
    bool required = false;
    bool read_only = false;
    bool valid = true;
    std::string label, hint, guidance_hint;
    std::string image, audio;
    std::string message;                            // why it is not valid, in the workbook's own words, if it has some
    std::string message_id;                         // the same as a message of the kiosk's catalogue; empty if it is valid
    std::vector<ChoiceView> choices;                // after choice_filter and randomize
    std::vector<FilledText> filled;                 // which of all these texts repeat answers
    std::vector<std::pair<std::string, std::string>> parameters;  // "start" → "1", … as the workbook has them
    std::vector<std::pair<std::string, std::string>> kiosk;       // namespaced columns: "kiosk:icon" → "face"
    std::size_t repeat_count = 0;                   // for a repeat: instances now
    bool can_add = false, can_remove = false;       // for a repeat and its instances

    bool operator==(const NodeView&) const = default;
};

// What a message_id says, for staff: "form.required" → "Cần trả lời câu này." Visitors read the catalogue's words.
core::Words message_words(std::string_view message_id);

// A submission with one instance of a repeat, the others left out.
struct SubmissionPart {
    std::string repeat;                             // "/data/member"
    std::size_t instance = 1;                       // 1-based
    std::string instance_id;                        // "uuid:…", instead of the visit's
};

// Label text without its Markdown and HTML marks, for speech and lists.
std::string without_markup(std::string_view text);

class FormVisit {
  public:
    static core::Result<FormVisit> begin(std::shared_ptr<const Form> form, VisitSettings settings);
    FormVisit(FormVisit&&) noexcept;
    FormVisit& operator=(FormVisit&&) noexcept;
    ~FormVisit();

    // A value that breaks its constraint is kept, marked invalid, and blocks next() and finish().
    core::Result<void> set(std::string_view path, std::string_view value);
    core::Result<void> clear(std::string_view path);
    core::Result<void> add_repeat(std::string_view repeat_path);
    core::Result<void> remove_repeat(std::string_view instance_path);
    core::Result<void> set_language(std::string_view language);

    // On refusal the error code is "visit.not_answered"; the nodes that block carry their message.
    core::Result<void> next();
    core::Result<void> back();
    core::Result<void> go_to(std::string_view path);            // from the review, to the page that shows path
    core::Result<void> check() const;                           // whether finish() would be taken; changes nothing
    core::Result<void> finish();                                // validates every relevant node

    const Form& form() const;
    const std::string& language() const;
    bool at_first_page() const;
    bool at_last_page() const;
    bool ended() const;
    std::size_t page_number() const;                            // 1-based, among pages relevant now
    std::size_t page_count() const;

    std::vector<std::string> page() const;                      // paths of the questions on this page
    NodeView node(std::string_view path) const;
    std::vector<NodeView> nodes() const;                        // every node, document order
    core::Answers answers() const;                              // every relevant question that has a value
    std::string submission() const;                             // ODK submission XML; irrelevant nodes left out
    std::string submission(const SubmissionPart& part) const;   // the same of one instance of a repeat, under its own id

  private:
    class Implementation;
    explicit FormVisit(std::unique_ptr<Implementation> implementation);
    std::unique_ptr<Implementation> implementation_;
};

}  // namespace kiosk::forms
