#include "survey.hpp"

#include "suggestion.hpp"
#include "unicode.hpp"

#include <algorithm>

namespace kiosk::forms {
namespace {

Language parsed_language(std::string_view name) {
    Language language{std::string(name), std::string(name)};
    const std::size_t open = name.rfind('(');
    if (open != std::string_view::npos && name.ends_with(')')) {
        const std::string_view code = trimmed(name.substr(open + 1, name.size() - open - 2));
        if (!code.empty()) language.code = code;
    }
    return language;
}

// "kobo="urn:x" esri="https://…"", as XML itself writes it.
Pairs parsed_namespaces(std::string_view text) {
    Pairs namespaces;
    std::size_t at = 0;
    for (;;) {
        const std::size_t equals = text.find('=', at);
        if (equals == std::string_view::npos) return namespaces;
        const std::size_t open = text.find_first_of("\"'", equals);
        if (open == std::string_view::npos) return namespaces;
        const std::size_t close = text.find(text[open], open + 1);
        if (close == std::string_view::npos) return namespaces;
        std::string prefix(trimmed(text.substr(at, equals - at)));
        if (prefix.starts_with("xmlns:")) prefix.erase(0, 6);
        namespaces.emplace_back(std::move(prefix), text.substr(open + 1, close - open - 1));
        at = close + 1;
    }
}

std::string stem(std::string_view file_name) {
    file_name = file_name.substr(file_name.rfind('/') + 1);
    const std::size_t dot = file_name.rfind('.');
    return std::string(dot == std::string_view::npos || dot == 0 ? file_name : file_name.substr(0, dot));
}

class SettingsReader {
  public:
    SettingsReader(const Table& table, const SheetRow& row, Survey& survey, Report& report)
        : table_(table), row_(row), survey_(survey), settings_(survey.settings), report_(report) {}

    void read() {
        for (const Column& column : table_.columns()) {
            const std::string text = table_.value(row_, column);
            if (!text.empty()) take(column, text);
        }
        settings_.instance_name = written(table_, row_, "instance_name");
        check_root();
    }

  private:
    void take(const Column& column, const std::string& text) {
        const std::string& key = column.key;
        if (is_refused_column("settings", key)) {
            report_.error("setting.not_applicable", table_.place(row_, column), text,
                          {"Thiết lập " + in_quotes(column.header) + " không dùng được trên kiosk.",
                           "The setting " + in_quotes(column.header) + " does not apply on a kiosk."},
                          {"Xoá cột " + in_quotes(column.header) + ".", "Remove the column " + in_quotes(column.header) + "."});
        } else if (key == "form_title" || key == "kiosk:title") {
            settings_.titles.push_back({"title", survey_.language_index(column.language), {text, &table_, &row_, &column, {}}});
        } else if (key == "kiosk:other" || key == "kiosk:specify_other") {
            settings_.other.push_back({key.substr(6), survey_.language_index(column.language), {text, &table_, &row_, &column, {}}});
        } else if (key.starts_with("kiosk:")) {
            settings_.attributes.emplace_back(survey_.attribute_name(column), text);
        } else if (key.starts_with("attribute::")) {
            settings_.attributes.emplace_back(key.substr(11), text);
        } else {
            take_plain(column, text);
        }
    }

    void take_plain(const Column& column, const std::string& text) {
        const std::string& key = column.key;
        if (key == "form_id") settings_.id = text;
        else if (key == "version") settings_.version = text;
        else if (key == "name") settings_.root = text;
        else if (key == "style") settings_.style = text;
        else if (key == "instance_xmlns") settings_.instance_namespace = text;
        else if (key == "instance_id") settings_.instance_id = text;
        else if (key == "submission_url") settings_.submission_url = text;
        else if (key == "public_key") settings_.public_key = text;
        else if (key == "namespaces") settings_.namespaces = parsed_namespaces(text);
        else if (key == "allow_choice_duplicates") settings_.allow_choice_duplicates = is_yes(column, text);
        else if (key == "add_none_option") settings_.add_none_option = is_yes(column, text);
        else if (key == "clean_text_values") settings_.keeps_spaces = !is_yes(column, text);
        else if (key == "flat" && is_yes(column, text)) report_flat(column, text);
    }

    bool is_yes(const Column& column, const std::string& text) {
        const YesNo answer = yes_or_no(text);
        if (answer == YesNo::other) {
            report_.warning("setting.not_yes_or_no", table_.place(row_, column), text,
                            {"Thiết lập " + in_quotes(column.header) + " chỉ nhận yes hoặc no.", "The setting " + in_quotes(column.header) + " takes only yes or no."},
                            {"Viết yes hoặc no.", "Write yes or no."});
        }
        return answer == YesNo::yes || (answer == YesNo::other && column.key == "clean_text_values");
    }

    void report_flat(const Column& column, const std::string& text) {
        report_.warning("setting.ignored", table_.place(row_, column), text,
                        {"Thiết lập cũ “flat” bị bỏ qua: các nhóm giữ nguyên trong dữ liệu.", "The old setting “flat” is ignored: groups stay as they are in the data."},
                        {"Xoá cột này.", "Remove this column."});
    }

    void check_root() {
        if (is_xml_name(settings_.root)) return;
        report_.error("setting.bad_name", table_.place(row_, "name"), settings_.root,
                      {"Tên gốc " + in_quotes(settings_.root) + " không hợp lệ.", "The root name " + in_quotes(settings_.root) + " is not valid."},
                      {"Dùng chữ không dấu, số, _ ; bắt đầu bằng chữ. Hoặc xoá cột name.",
                       "Use letters, digits and _, beginning with a letter. Or remove the column name."});
        settings_.root = "data";
    }

    const Table& table_;
    const SheetRow& row_;
    Survey& survey_;
    SurveySettings& settings_;
    Report& report_;
};

}  // namespace

void find_languages(const Table& survey_table, const Table& choices, const Table& settings, Survey& survey) {
    bool has_plain_labels = false;
    const auto add = [&](const Language& language) {
        const bool is_new = std::none_of(survey.languages.begin(), survey.languages.end(),
                                         [&](const Language& other) { return ascii_lower(other.name) == ascii_lower(language.name); });
        if (is_new) survey.languages.push_back(language);
    };
    for (const Table* table : {&survey_table, &choices}) {
        for (const Column& column : table->columns()) {
            if (!is_translatable(column.key)) continue;
            if (!column.language.empty()) add(parsed_language(column.language));
            else if (column.key == "label") has_plain_labels = true;
        }
    }
    std::string wanted = settings.rows().empty() ? "" : settings.value(settings.rows().front(), "default_language");
    survey.settings.default_language = wanted;
    if (survey.languages.empty()) {
        survey.languages.push_back(wanted.empty() ? Language{} : parsed_language(wanted));
        return;
    }
    const auto is_wanted = [&](const Language& language) {
        return ascii_lower(language.name) == ascii_lower(wanted) || ascii_lower(language.code) == ascii_lower(wanted);
    };
    const auto found = std::find_if(survey.languages.begin(), survey.languages.end(), is_wanted);
    if (found != survey.languages.end()) {
        survey.default_language = static_cast<std::uint32_t>(found - survey.languages.begin());
    } else if (has_plain_labels || !wanted.empty()) {
        // Labels without a language are in a language of their own, as in other XLSForm programs. A lone hint or message
        // without one is no reason to offer visitors another language: it is taken to be in the first.
        survey.languages.insert(survey.languages.begin(), parsed_language(wanted.empty() ? "default" : wanted));
        survey.default_language = 0;
    }
}

// The prefixes an XForm has anyway keep their meaning.
static void settle_namespaces(SurveySettings& settings) {
    std::vector<std::string> known = {"h", "ev", "jr", "odk", "orx", "xsd", "xml", "xmlns"};
    std::erase_if(settings.namespaces, [&](const auto& one) {
        const bool is_usable = is_xml_name(one.first) && one.first.find(':') == std::string::npos && !one.second.empty() &&
                               std::ranges::find(known, one.first) == known.end();
        if (is_usable) known.push_back(one.first);
        return !is_usable;
    });
    if (std::ranges::find(known, "kiosk") == known.end()) settings.namespaces.emplace_back("kiosk", kKioskNamespace);
}

void read_settings(const Table& settings, std::string_view file_name, Survey& survey, Report& report) {
    if (!settings.rows().empty()) {
        SettingsReader(settings, settings.rows().front(), survey, report).read();
        for (std::size_t i = 1; i < settings.rows().size(); ++i) {
            const SheetRow& row = settings.rows()[i];
            report.warning("settings.extra_row", {"settings", row.number, "", ""}, row.cells.front().text,
                           {"Trang settings chỉ dùng hàng đầu tiên dưới tiêu đề; hàng này bị bỏ qua.",
                            "Only the first row below the header of settings is used; this one is ignored."},
                           {"Xoá hàng này.", "Remove this row."});
        }
    }
    if (survey.settings.id.empty()) survey.settings.id = stem(file_name);
    settle_namespaces(survey.settings);
}

std::uint32_t Survey::language_index(std::string_view column_language) const {
    if (column_language.empty()) return default_language;
    for (const auto member : {&Language::name, &Language::code}) {
        for (std::uint32_t i = 0; i < languages.size(); ++i) {
            if (ascii_lower(languages[i].*member) == ascii_lower(column_language)) return i;
        }
    }
    return default_language;
}

std::string Survey::attribute_name(const Column& column) const {
    return column.language.empty() ? column.key : column.key + "." + languages[language_index(column.language)].code;
}

const ChoiceList* Survey::list(std::string_view name, bool is_external) const {
    for (const ChoiceList& candidate : lists) {
        if (candidate.name == name && candidate.is_external == is_external) return &candidate;
    }
    return nullptr;
}

Place Written::place() const {
    if (table == nullptr || row == nullptr || column == nullptr) return {};
    return table->place(*row, *column);
}

Written written(const Table& table, const SheetRow& row, std::string_view key) {
    const Column* column = table.column(key);
    if (column == nullptr) return {};
    return {table.value(row, *column), &table, &row, column, {}};
}

std::vector<LocalWritten> local_texts(const Table& table, const SheetRow& row, const Survey& survey) {
    std::vector<LocalWritten> texts;
    for (const Column& column : table.columns()) {
        if (!is_translatable(column.key)) continue;
        std::string text = table.value(row, column);
        if (text.empty()) continue;
        LocalWritten local{column.key, survey.language_index(column.language), {std::move(text), &table, &row, &column, {}}};
        // Where both label and label::vi name the default language, the one that says so wins.
        const auto same = std::find_if(texts.begin(), texts.end(), [&](const LocalWritten& other) {
            return other.key == local.key && other.language == local.language;
        });
        if (same == texts.end()) texts.push_back(std::move(local));
        else if (same->written.column->language.empty()) *same = std::move(local);
    }
    return texts;
}

}  // namespace kiosk::forms
