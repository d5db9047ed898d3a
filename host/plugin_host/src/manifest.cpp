#include <kiosk/plugin_host/manifest.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace kiosk::plugin_host {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxWordsBytes = 400;
constexpr std::size_t kMaxListLength = 64;

constexpr std::array<std::pair<std::string_view, StoragePolicy>, 3> kStorageNames{{
    {"anonymous", StoragePolicy::anonymous},
    {"sealed", StoragePolicy::sealed},
    {"not_stored", StoragePolicy::not_stored},
}};

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 64 && text.front() >= 'a' && text.front() <= 'z' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

// Whether text is `parts` numbers joined by dots.
bool is_dotted(std::string_view text, int parts) {
    for (int part = 0; part < parts; ++part) {
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits == 0 || digits > 6) return false;
        text.remove_prefix(digits);
        if (part + 1 < parts) {
            if (!text.starts_with('.')) return false;
            text.remove_prefix(1);
        }
    }
    return text.empty();
}

// Reads the fields of one JSON object, noting a problem for each that is missing or not what it must be.
class FieldReader {
  public:
    FieldReader(const json& object, std::vector<core::Error>& problems) : object_(object), problems_(problems) {}

    template <class Check>
    void text(const char* field, std::string& into, Check&& is_good, const core::Words& expected) {
        const auto found = object_.find(field);
        if (found != object_.end() && found->is_string() && is_good(found->get_ref<const std::string&>()))
            into = found->get<std::string>();
        else refuse(field, expected);
    }

    void words(const char* field, core::Words& into) {
        const auto found = object_.find(field);
        if (found != object_.end() && found->is_object()) {
            into.vi = found->value("vi", json()).is_string() ? found->at("vi").get<std::string>() : "";
            into.en = found->value("en", json()).is_string() ? found->at("en").get<std::string>() : "";
        }
        const auto is_good = [](const std::string& text) { return !text.empty() && text.size() <= kMaxWordsBytes; };
        if (!is_good(into.vi) || !is_good(into.en))
            refuse(field, {"cần một câu tiếng Việt (\"vi\") và một câu tiếng Anh (\"en\"), mỗi câu không quá 400 byte",
                           "a sentence in Vietnamese (\"vi\") and one in English (\"en\") of at most 400 bytes each"});
    }

    void number(const char* field, int& into, int least, int most) {
        const auto found = object_.find(field);
        if (found != object_.end() && found->is_number_integer()) {
            const auto value = found->get<std::int64_t>();
            if (value >= least && value <= most) {
                into = static_cast<int>(value);
                return;
            }
        }
        const std::string range = std::to_string(least) + "–" + std::to_string(most);
        refuse(field, {"cần một số nguyên trong khoảng " + range, "a whole number in " + range});
    }

    // may_be_prefixes: "poll_*" is taken too.
    void names(const char* field, std::vector<std::string>& into, bool is_optional = false, bool may_be_prefixes = false) {
        const auto found = object_.find(field);
        if (found == object_.end() && is_optional) return;
        bool is_good = found != object_.end() && found->is_array() && found->size() <= kMaxListLength;
        if (is_good)
            for (const json& element : *found) {
                is_good = is_good && element.is_string();
                std::string_view name = is_good ? std::string_view(element.get_ref<const std::string&>()) : "";
                if (may_be_prefixes && name.ends_with('*')) name.remove_suffix(1);
                is_good = is_good && is_name(name);
                if (is_good) into.push_back(element.get<std::string>());
            }
        if (!is_good)
            refuse(field, {"cần một danh sách tên gồm a–z, 0–9 và _", "a list of names made of a–z, 0–9 and _"});
    }

    void refuse(const char* field, const core::Words& expected) {
        const std::string name(field);
        problems_.push_back({"plugin.manifest_invalid",
                             {"manifest.json: mục \"" + name + "\": " + expected.vi + ".",
                              "manifest.json: \"" + name + "\" must be " + expected.en + "."}});
    }

  private:
    const json& object_;
    std::vector<core::Error>& problems_;
};

void read_fields(const json& object, ManifestReading& reading) {
    core::ActivityInfo& activity = reading.activity;
    FieldReader fields(object, reading.problems);
    fields.text("id", activity.id, is_name,
                {"cần một tên gồm a–z, 0–9 và _", "a name made of a–z, 0–9 and _"});
    fields.text("version", activity.version, [](std::string_view text) { return is_dotted(text, 3); },
                {"cần ba số, ví dụ 1.0.0", "three numbers, such as 1.0.0"});
    fields.text("abi", activity.abi, [](std::string_view text) { return is_dotted(text, 2); },
                {"cần hai số, ví dụ 1.0", "two numbers, such as 1.0"});
    fields.words("name", activity.name);
    fields.words("reader", activity.reader);
    std::string storage;
    fields.text("storage", storage,
                [](std::string_view text) {
                    return std::any_of(kStorageNames.begin(), kStorageNames.end(),
                                       [&](const auto& name) { return name.first == text; });
                },
                {"cần anonymous, sealed hoặc not_stored", "anonymous, sealed or not_stored"});
    for (const auto& [name, policy] : kStorageNames)
        if (name == storage) activity.storage = policy;
    fields.number("retention_days", activity.retention_days, 0, 3650);
    fields.number("minutes", activity.minutes, 1, 120);
    fields.text("icon", activity.icon, is_name, {"cần tên một biểu tượng", "the name of an icon"});
    fields.names("languages", activity.languages);
    for (const char* language : {"vi", "en"})
        if (std::find(activity.languages.begin(), activity.languages.end(), language) == activity.languages.end())
            fields.refuse("languages", {"phải có \"vi\" và \"en\"", "a list with \"vi\" and \"en\" in it"});
    fields.names("forms", activity.forms, false, true);
    fields.names("export_columns", activity.export_columns, true);
}

}  // namespace

ManifestReading read_manifest(std::string_view text) {
    ManifestReading reading;
    const json document = json::parse(text, nullptr, false);
    if (!document.is_object()) {
        reading.problems.push_back({"plugin.manifest_unreadable",
                                    {"manifest.json không phải là một đối tượng JSON. Hãy sửa hoặc sao chép lại tệp.",
                                     "manifest.json is not a JSON object. Mend the file or copy it again."}});
        return reading;
    }
    read_fields(document, reading);
    return reading;
}

std::string_view storage_name(StoragePolicy storage) {
    for (const auto& [name, policy] : kStorageNames)
        if (policy == storage) return name;
    return "?";
}

}  // namespace kiosk::plugin_host
