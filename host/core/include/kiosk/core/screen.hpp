// Screen: what a visit wants the visitor to see now, as a value. Recorded from a plugin's describe(), validated by the
// host, then drawn, spoken and dumped. Texts are messages of the plugin's catalogue.
#pragma once

#include <kiosk/core/text.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace kiosk::core {

struct Heading { Text text; bool operator==(const Heading&) const = default; };
struct Paragraph { Text text; bool operator==(const Paragraph&) const = default; };
struct Notice { std::string id; Text text; bool operator==(const Notice&) const = default; };
// A whole XLSForm, shown on the host's form pages.
struct FormPages { std::string form_id; bool operator==(const FormPages&) const = default; };
// One purpose the visitor agrees to or not; the answer's id is the consent's id, its value "yes" or "no".
struct Consent { std::string id; Text text; std::string version; bool operator==(const Consent&) const = default; };
struct Choice {
    struct Option { std::string name; Text label; std::string icon; bool operator==(const Option&) const = default; };
    std::string id;
    Text label;
    std::vector<Option> options;
    bool operator==(const Choice&) const = default;
};
struct Chart {
    struct Bar { Text label; std::uint64_t count = 0; bool operator==(const Bar&) const = default; };
    Text title;
    std::vector<Bar> bars;
    Text note;
    bool operator==(const Chart&) const = default;
};
// Shown after recording; the code is made by the host.
struct Receipt { Text text; bool shows_code = false; bool operator==(const Receipt&) const = default; };
// A printable page by name, filled from the answers.
struct Document { std::string layout; bool operator==(const Document&) const = default; };
struct Signature { std::string id; Text label; bool operator==(const Signature&) const = default; };

using ScreenItem =
    std::variant<Heading, Paragraph, Notice, FormPages, Consent, Choice, Chart, Receipt, Document, Signature>;

struct Screen {
    std::vector<ScreenItem> items;

    const FormPages* form() const;       // null if the screen shows none
    bool operator==(const Screen&) const = default;
};

}  // namespace kiosk::core
