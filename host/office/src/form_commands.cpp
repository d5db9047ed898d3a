#include "form_commands.hpp"

#include <kiosk/forms/form_files.hpp>
#include <kiosk/forms/write_form.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <ostream>
#include <system_error>

namespace kiosk::office {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json finding_json(const forms::Finding& finding, const std::string& language) {
    return {{"code", finding.code},
            {"sheet", text_or_null(finding.sheet)},
            {"row", finding.row == 0 ? Json(nullptr) : Json(finding.row)},
            {"column", text_or_null(finding.column)},
            {"cell", text_or_null(finding.cell)},
            {"text", finding.text},
            {"message", finding.message.in(language)},
            {"repair", finding.repair.in(language)}};
}

Json findings_json(const std::vector<forms::Finding>& findings, const std::string& language) {
    Json list = Json::array();
    for (const forms::Finding& finding : findings) list.push_back(finding_json(finding, language));
    return list;
}

// "survey!B7", "dòng 12", or nothing.
std::string where(const forms::Finding& finding, bool is_english) {
    if (!finding.cell.empty()) return (finding.sheet.empty() ? "" : finding.sheet + "!") + finding.cell + ": ";
    if (finding.row == 0) return finding.sheet.empty() ? "" : finding.sheet + ": ";
    const std::string row = finding.sheet.empty() ? (is_english ? "line " : "dòng ") : finding.sheet + (is_english ? ", row " : ", hàng ");
    return row + std::to_string(finding.row) + ": ";
}

void print_finding(std::ostream& stream, const forms::Finding& finding, const std::string& language) {
    stream << where(finding, language == "en") << finding.message.in(language);
    if (!finding.text.empty()) stream << " [" << finding.text << "]";
    stream << "\n    → " << finding.repair.in(language) << " (" << finding.code << ")\n";
}

void print_diagnosis(std::ostream& stream, const forms::Diagnosis& diagnosis, const std::string& language) {
    const bool is_english = language == "en";
    const auto heading = [&](const char* vi, const char* en, std::size_t count) {
        stream << (is_english ? en : vi) << " (" << count << ")\n";
    };
    if (!diagnosis.errors.empty()) heading("Lỗi", "Errors", diagnosis.errors.size());
    for (const forms::Finding& finding : diagnosis.errors) print_finding(stream, finding, language);
    if (!diagnosis.warnings.empty()) heading("Lưu ý", "Warnings", diagnosis.warnings.size());
    for (const forms::Finding& finding : diagnosis.warnings) print_finding(stream, finding, language);
}

std::string flat(const forms::TextTemplate& pieces) {
    std::string text;
    for (const forms::TextPiece& piece : pieces) text += piece.output.empty() ? piece.text : "${" + piece.output + "}";
    return text;
}

// {"Tiếng Việt (vi)": "…"}; only the languages that have it.
template <class Field>
Json in_languages(const forms::Form& form, const forms::Translated& translated, Field forms::LocalText::* field) {
    Json object = Json::object();
    for (std::size_t i = 0; i < translated.in.size() && i < form.languages.size(); ++i) {
        const Field& value = translated.in[i].*field;
        if (value.empty()) continue;
        if constexpr (std::is_same_v<Field, std::string>) object[form.languages[i].name] = value;
        else object[form.languages[i].name] = flat(value);
    }
    return object;
}

void add_text(Json& object, const char* key, Json text) {
    if (!text.empty()) object[key] = std::move(text);
}

void add_text(Json& object, const char* key, const std::string& text) {
    if (!text.empty()) object[key] = text;
}

Json pairs_json(const forms::Pairs& pairs) {
    Json object = Json::object();
    for (const auto& [name, value] : pairs) object[name] = value;
    return object;
}

void add_label(Json& object, const forms::Form& form, const forms::Translated& label) {
    using forms::LocalText;
    add_text(object, "label", in_languages(form, label, &LocalText::text));
    add_text(object, "image", in_languages(form, label, &LocalText::image));
    add_text(object, "big_image", in_languages(form, label, &LocalText::big_image));
    add_text(object, "audio", in_languages(form, label, &LocalText::audio));
    add_text(object, "video", in_languages(form, label, &LocalText::video));
}

Json itemset_json(const forms::Itemset& itemset) {
    Json object = {{"nodeset", itemset.nodeset}, {"value", itemset.value},
                   {"label", itemset.label_is_itext ? "jr:itext(" + itemset.label + ")" : itemset.label}};
    if (itemset.randomize) object["randomize"] = true;
    add_text(object, "seed", itemset.seed);
    return object;
}

void add_control(Json& object, const forms::Form& form, const forms::Control& control) {
    add_label(object, form, control.label);
    add_text(object, "hint", in_languages(form, control.hint, &forms::LocalText::text));
    add_text(object, "guidance_hint", in_languages(form, control.hint, &forms::LocalText::guidance));
    if (!control.appearance.empty()) object["appearance"] = control.appearance;
    add_text(object, "parameters", pairs_json(control.parameters));
    add_text(object, "kiosk", pairs_json(control.kiosk));
    add_text(object, "repeat_count", control.repeat_count);
    if (control.itemset) object["itemset"] = itemset_json(*control.itemset);
    for (const forms::Choice& choice : control.choices) {
        Json one = {{"name", choice.name}};
        add_label(one, form, choice.label);
        object["choices"].push_back(std::move(one));
    }
}

Json node_json(const forms::Form& form, const forms::Node& node) {
    Json object = {{"path", node.path}, {"type", node.type}};
    add_text(object, "data_type", node.data_type);
    add_text(object, "default", node.default_value);
    add_text(object, "relevant", node.relevant);
    add_text(object, "required", node.required);
    add_text(object, "read_only", node.read_only);
    add_text(object, "constraint", node.constraint);
    add_text(object, "calculation", node.calculation);
    add_text(object, "constraint_message", in_languages(form, node.constraint_message, &forms::LocalText::text));
    add_text(object, "required_message", in_languages(form, node.required_message, &forms::LocalText::text));
    if (node.control != forms::kNone) add_control(object, form, form.controls[node.control]);
    return object;
}

Json list_json(const forms::Form& form, const forms::Instance& instance) {
    Json items = Json::array();
    for (std::uint32_t item = 1; item < instance.elements.size(); item = instance.elements[item].end) {
        Json one = Json::object();
        for (std::uint32_t at = item + 1; at < instance.elements[item].end; at = instance.elements[at].end) {
            const std::string& name = instance.name(instance.elements[at]);
            const forms::Translated* text = name == "itextId" ? form.find_itext(instance.elements[at].value) : nullptr;
            if (text != nullptr) add_label(one, form, *text);
            else one[name] = instance.elements[at].value;
        }
        items.push_back(std::move(one));
    }
    Json object = {{"id", instance.id}};
    add_text(object, "source", instance.source);
    object["items"] = std::move(items);
    return object;
}

Json action_json(const forms::Form& form, const forms::Action& action) {
    Json object = {{"events", action.events}, {"target", form.nodes[action.target].path}};
    if (action.trigger != forms::kNone) object["trigger"] = form.nodes[action.trigger].path;
    object[action.value.empty() ? "literal" : "value"] = action.value.empty() ? action.literal : action.value;
    return object;
}

Json form_json(const forms::Form& form) {
    Json languages = Json::array();
    for (std::size_t i = 0; i < form.languages.size(); ++i) {
        languages.push_back({{"name", form.languages[i].name}, {"code", form.languages[i].code}, {"default", i == form.default_language}});
    }
    Json nodes = Json::array(), lists = Json::array(), actions = Json::array();
    for (const forms::Node& node : form.nodes) nodes.push_back(node_json(form, node));
    for (const forms::Instance& instance : form.secondary) lists.push_back(list_json(form, instance));
    for (const forms::Action& action : form.actions) actions.push_back(action_json(form, action));
    return {{"id", form.id},
            {"version", form.version},
            {"title", in_languages(form, form.title, &forms::LocalText::text)},
            {"languages", std::move(languages)},
            {"style", form.style},
            {"settings", pairs_json(form.settings)},
            {"nodes", std::move(nodes)},
            {"lists", std::move(lists)},
            {"actions", std::move(actions)}};
}

bool write_file(const fs::path& path, const core::Bytes& bytes) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    file.close();
    return static_cast<bool>(file);
}

int report_unwritable(const fs::path& path, const std::string& language, std::ostream& errors) {
    errors << (language == "en" ? "“" + path.string() + "” cannot be written. Choose another place, or check the free space."
                                : "Không ghi được “" + path.string() + "”. Chọn nơi khác, hoặc kiểm tra dung lượng trống.")
           << '\n';
    return 1;
}

int report_finding(const forms::Finding& finding, const std::string& language, std::ostream& errors) {
    print_finding(errors, finding, language);
    return 1;
}

// The media that the form names: pictures that are there, and of a kind that the kiosk draws. Whether one is damaged,
// `doctor` says.
void check_media(const fs::path& path, const forms::Form& form, const forms::Limits& limits, std::vector<forms::Finding>& warnings) {
    const auto find = [&](const std::string& name) {
        for (const fs::path& folder : forms::media_folders(path))
            if (auto bytes = forms::files_in(folder, limits)(name)) return bytes;
        return std::optional<core::Bytes>{};
    };
    const auto begins = [](const core::Bytes& bytes, std::string_view mark) {
        return bytes.size() > mark.size() && std::equal(mark.begin(), mark.end(), bytes.begin(), [](char one, std::byte other) { return std::byte(one) == other; });
    };
    for (const std::string& name : forms::pictures_of(form)) {
        const auto bytes = find(name);
        forms::Finding finding;
        finding.text = name;
        if (!bytes) {
            finding.code = "media.missing";
            finding.message = {"Không thấy tệp ảnh “" + name + "”.", "The picture “" + name + "” is not there."};
            finding.repair = {"Chép ảnh vào cạnh biểu mẫu. Thiếu ảnh, trang chỉ hiện chữ.", "Copy it beside the form. Without it the page shows words alone."};
        } else if (!begins(*bytes, "\x89PNG") && !begins(*bytes, "\xFF\xD8\xFF")) {
            finding.code = "media.other_format";
            finding.message = {"“" + name + "” không phải ảnh PNG hay JPEG.", "“" + name + "” is neither a PNG nor a JPEG picture."};
            finding.repair = {"Lưu lại ảnh thành PNG hoặc JPEG.", "Save it as PNG or JPEG."};
        } else {
            continue;
        }
        warnings.push_back(std::move(finding));
    }
    for (const std::string& name : forms::unused_media_of(form)) {
        forms::Finding finding;
        finding.code = "media.not_used";
        finding.text = name;
        finding.message = {"Máy không phát hay hiện “" + name + "”.", "The kiosk neither plays nor shows “" + name + "”."};
        finding.repair = {"Máy tự đọc nhãn thành tiếng; ảnh ghi ở cột image.", "It reads labels aloud by itself; pictures go into the column image."};
        warnings.push_back(std::move(finding));
    }
}

}  // namespace

int run_form_check(const FormCommandOptions& options, std::ostream& output, std::ostream& errors) {
    forms::FormReading reading = forms::read_form_at(options.form, options.limits);
    const bool is_good = reading.form != nullptr;
    if (is_good) check_media(options.form, *reading.form, options.limits, reading.diagnosis.warnings);
    const std::string& language = options.message_language;
    if (options.as_json) {
        const Json document = {{"ok", is_good},
                               {"form", {{"id", reading.id}, {"version", reading.version}, {"title", reading.title}}},
                               {"errors", findings_json(reading.diagnosis.errors, language)},
                               {"warnings", findings_json(reading.diagnosis.warnings, language)}};
        output << document.dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    }
    std::ostream& words = options.as_json ? errors : output;
    print_diagnosis(words, reading.diagnosis, language);
    if (is_good) {
        words << (language == "en" ? "The form is good: " : "Biểu mẫu dùng được: ") << reading.title << " (" << reading.id
              << (reading.version.empty() ? "" : ", " + reading.version) << ")\n";
    }
    return is_good ? 0 : 1;
}

int run_form_dump(const FormCommandOptions& options, std::ostream& output, std::ostream& errors) {
    const forms::FormReading reading = forms::read_form_at(options.form, options.limits);
    if (reading.form == nullptr) {
        print_diagnosis(errors, reading.diagnosis, options.message_language);
        return 1;
    }
    output << form_json(*reading.form).dump(2, ' ', false, Json::error_handler_t::replace) << '\n';
    return 0;
}

int run_form_to_xlsx(const FormCommandOptions& options, std::ostream& errors) {
    const auto written = forms::write_workbook(forms::files_in(options.form, options.limits), options.limits);
    if (const auto* fault = std::get_if<forms::Finding>(&written)) return report_finding(*fault, options.message_language, errors);
    if (!write_file(options.out, std::get<core::Bytes>(written))) return report_unwritable(options.out, options.message_language, errors);
    return 0;
}

int run_form_to_folder(const FormCommandOptions& options, std::ostream& errors) {
    const fs::path folder = options.form.has_parent_path() ? options.form.parent_path() : fs::path(".");
    const auto content = forms::files_in(folder, options.limits)(options.form.filename().string());
    if (!content) {
        // The reader knows why: it is not there, it is too large, or it may not be read.
        const forms::FormReading reading = forms::read_form_at(options.form, options.limits);
        print_diagnosis(errors, reading.diagnosis, options.message_language);
        return 1;
    }
    const auto written = forms::write_folder(*content, options.limits);
    if (const auto* fault = std::get_if<forms::Finding>(&written)) return report_finding(*fault, options.message_language, errors);
    std::error_code error;
    fs::create_directories(options.out, error);
    for (const auto& [name, bytes] : std::get<forms::NamedFiles>(written)) {
        if (!write_file(options.out / name, bytes)) return report_unwritable(options.out / name, options.message_language, errors);
    }
    return 0;
}

}  // namespace kiosk::office
