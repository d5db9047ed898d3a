// Form: one immutable version of one questionnaire, in the terms of ODK XForms: instance and binds (nodes), body
// (controls), itext, secondary instances and actions. A workbook compiles to it, an XForm XML is read into it
// (see read_form.hpp), and FormVisit runs it.
//
// Plain values without cycles; shared as std::shared_ptr<const Form> and then read from any thread. Nothing here fails.
// Every string is UTF-8 in NFC. Expressions are XPath as it stands in the XForm: ${name} is already a path.
#pragma once

#include <kiosk/core/response.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kiosk::forms {

class CompiledForm;  // FormVisit's own: parsed expressions, resolved slots, the order of recalculation

inline constexpr std::uint32_t kNone = 0xffffffff;  // "no such index"

using Pairs = std::vector<std::pair<std::string, std::string>>;  // in the order written

struct Language {
    std::string name;                   // as the workbook heads its columns: "Tiếng Việt (vi)"
    std::string code;                   // "vi"; the name itself where no code is given

    bool operator==(const Language&) const = default;
};

// Text with answers in it: "Chào " + output of /data/name. Exactly one of the two is filled.
struct TextPiece {
    std::string text;                   // Markdown
    std::string output;                 // an expression, evaluated as string(), in the context of the node shown

    bool operator==(const TextPiece&) const = default;
};
using TextTemplate = std::vector<TextPiece>;

// What a label, hint or message is in one language. Media are file names ("rat_tot.png"), without jr://.
struct LocalText {
    TextTemplate text;
    TextTemplate guidance;              // of a hint: guidance_hint
    std::string image, big_image, audio, video;

    bool operator==(const LocalText&) const = default;
};

// in[i] belongs to Form::languages[i]; shorter or emptier than that list where translations are missing.
// Form::text(), Form::guidance() and Form::medium() fall back, field by field, to the default language, then to any.
struct Translated {
    std::vector<LocalText> in;

    bool empty() const { return in.empty(); }
    bool operator==(const Translated&) const = default;
};

enum class ItemKind : std::uint8_t { question = 1, group, repeat };

// One element of the primary instance with its bind. Repeated elements are one Node; how many there are to begin with
// is in Form::instance.
struct Node {
    ItemKind kind = ItemKind::question;
    std::string name;                   // element name, with its prefix if it has one: "orx:instanceID"
    std::string path;                   // "/data/member/name": no repeat indexes
    std::string type;                   // XLSForm: text integer decimal range date time dateTime select_one select_multiple
                                        // rank note acknowledge calculate hidden image audio video file barcode start end
                                        // today deviceid username phonenumber email geopoint … group repeat
    std::string data_type;              // the bind's: string int decimal boolean date time dateTime binary barcode …
    std::string default_value;          // literal; of a new repeat instance as well
    std::string relevant, required, read_only, constraint, calculation;  // expressions; empty: none
    Translated constraint_message, required_message;
    std::string preload, preload_parameter;   // jr:preload: "timestamp" "start", "date" "today", "property" "deviceid", "uid"
    Pairs bind_attributes;              // other attributes of the bind, prefixed names
    std::uint32_t parent = kNone;
    std::uint32_t end = 0;              // one past its last descendant: children are i+1, then nodes[child].end, …
    std::uint32_t control = kNone;      // the first control bound to it
    std::uint32_t line = 0;             // of the bind in `definition`; 0: it has none
    bool starts_empty = false;          // a repeat that the form has as a template only

    bool operator==(const Node&) const = default;
};

// A literal <item>.
struct Choice {
    std::string name;
    Translated label;

    bool operator==(const Choice&) const = default;
};

// Where a select takes its choices from: for each element of `nodeset`, value and label are found in it.
struct Itemset {
    std::string nodeset;                // expression without randomize(): instance('tinh')/root/item[huyen = /data/huyen]
    bool randomize = false;
    std::string seed;                   // expression; empty: the visit's own randomness
    std::string value = "name";         // relative path
    std::string label = "label";        // relative path, or the argument of jr:itext() where label_is_itext
    bool label_is_itext = false;

    bool operator==(const Itemset&) const = default;
};

// One element of the body: what is shown, in what order. The body's nesting may differ from the instance's: a group
// may have no node, and a question may be shown outside the group its node lies in.
struct Control {
    ItemKind kind = ItemKind::question;
    std::string element;                // input select1 select rank range trigger upload group repeat
    std::uint32_t node = kNone;         // kNone: a group that is only shown
    std::uint32_t parent = kNone;
    std::uint32_t end = 0;              // one past its last descendant, as in Node
    std::vector<std::string> appearance;
    Translated label, hint;             // guidance is in hint
    Pairs parameters;                   // "start" → "1", "rows" → "4", "max-pixels", "randomize" → "true", …
    Pairs kiosk;                        // "kiosk:icon" → "face"
    Pairs attributes;                   // other attributes of the element ("autoplay", "body::x"), prefixed names
    std::optional<Itemset> itemset;     // of select1, select, rank; else:
    std::vector<Choice> choices;
    std::string repeat_count;           // of a repeat: expression; empty: the visitor adds and removes
    bool fixed_repeat = false;          // no adding and removing by hand (jr:noAddRemove, or repeat_count is set)
    std::string media_type;             // of upload: "image/*"
    std::uint32_t line = 0;             // in `definition`

    bool operator==(const Control&) const = default;
};

// A tree of elements as a flat list in document order, [0] the root. An attribute is a child named "@name", which
// comes before element children and which "*" does not match.
struct Element {
    std::uint32_t name = 0;             // index into Instance::names
    std::uint32_t parent = kNone;
    std::uint32_t end = 0;              // one past its last descendant
    std::string value;                  // of an element without element children

    bool operator==(const Element&) const = default;
};

struct Instance {
    std::string id;                     // of instance('…'); empty for the primary one
    std::string source;                 // "jr://file-csv/xa.csv" where it comes from a file beside the form
    std::vector<std::string> names;
    std::vector<Element> elements;

    const std::string& name(const Element& element) const { return names[element.name]; }
    bool operator==(const Instance&) const = default;
};

// <setvalue>, the only action a kiosk performs.
struct Action {
    std::vector<std::string> events;    // odk-instance-first-load, odk-instance-load, odk-new-repeat, xforms-value-changed
    std::uint32_t target = kNone;       // node set
    std::string target_path;            // which of its instances: "/data/r[position() = 1]/x"; empty: those at hand
    std::uint32_t trigger = kNone;      // node whose change fires it, where the action stands inside a question
    std::uint32_t repeat = kNone;       // node of the repeat it stands inside (for odk-new-repeat)
    std::string value;                  // expression, in the context of the target; else:
    std::string literal;
    std::uint32_t line = 0;             // in `definition`

    bool operator==(const Action&) const = default;
};

struct Form {
    std::string id;
    std::string version;
    Translated title;
    std::vector<Language> languages;    // never empty; a form without translations has one with an empty name
    std::uint32_t default_language = 0;
    std::vector<std::string> style;     // of the body: "pages", "theme-grid"
    std::string instance_namespace;     // xmlns of the primary instance's root, or empty
    Pairs namespaces;                   // prefix → URI
    Pairs settings;                     // kiosk settings of the form: "kiosk:idle_seconds" → "60"
    std::string submission_url, public_key;

    std::vector<Node> nodes;            // primary instance's elements, document order; [0] is the root, a group
    std::vector<Control> controls;      // body, document order; top-level ones have parent kNone
    Instance instance;                  // the primary instance as a visit begins, its repeats and values included
    std::vector<Instance> secondary;    // choice lists, external CSV and XML, sorted by id
    std::vector<std::pair<std::string, Translated>> itext;  // sorted by id; for jr:itext() and itemset labels
    std::vector<Action> actions;        // document order

    std::string definition;             // the form as XForm XML: kept with every answer
    core::Sha256 sha256{};              // of the definition: tells apart two forms of one id and version
    std::shared_ptr<const CompiledForm> compiled;  // filled at the end of reading; may be null in a hand-made Form

    // Index of the node at a path without repeat indexes, or kNone.
    std::uint32_t find_node(std::string_view path) const;
    const Instance* find_instance(std::string_view id) const;
    const Translated* find_itext(std::string_view id) const;
    // By name or code, in any letter case; kNone if the form does not have it.
    std::uint32_t find_language(std::string_view name_or_code) const;

    // In a language, else in the default one, else in any; empty if there is none at all.
    const TextTemplate& text(const Translated& translated, std::uint32_t language) const;
    const TextTemplate& guidance(const Translated& translated, std::uint32_t language) const;
    const std::string& medium(const Translated& translated, std::uint32_t language,
                              std::string LocalText::* which) const;

    // Everything but where it was read from (definition, sha256, compiled).
    bool same_meaning(const Form& other) const;
};

}  // namespace kiosk::forms
