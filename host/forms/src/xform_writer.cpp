#include "xform_writer.hpp"

#include "unicode.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace kiosk::forms {
namespace {

std::string escaped(std::string_view text, bool in_attribute) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': result += "&amp;"; break;
            case '<': result += "&lt;"; break;
            case '>': result += "&gt;"; break;
            case '"': result += in_attribute ? "&quot;" : "\""; break;
            case '\n': result += in_attribute ? "&#10;" : "\n"; break;
            case '\t': result += in_attribute ? "&#9;" : "\t"; break;
            default:
                // What XML cannot hold at all is dropped; no author typed it on purpose.
                if (static_cast<unsigned char>(c) >= 0x20) result += c;
        }
    }
    return result;
}

const std::string* find(const Pairs& pairs, std::string_view key) {
    for (const auto& [name, value] : pairs) {
        if (name == key) return &value;
    }
    return nullptr;
}

// "xa.csv" → "xa"
std::string stem(std::string_view file) { return std::string(file.substr(0, file.rfind('.'))); }

std::string file_uri(std::string_view file) {
    return (ascii_lower(file).ends_with(".csv") ? "jr://file-csv/" : "jr://file/") + std::string(file);
}

std::string_view media_folder(std::string_view form) {
    if (form == "audio") return "jr://audio/";
    return form == "video" ? "jr://video/" : "jr://images/";
}

class Writer {
  public:
    Writer(Survey& survey, References& references) : survey_(survey), references_(references) {
        for (std::uint32_t i = 0; i < survey.items.size(); ++i) {
            for (const std::string& name : survey.items[i].triggers) {
                const std::uint32_t trigger = references.find(name);
                if (trigger != kNone) triggered_[trigger].push_back(i);
            }
        }
        uses_itext_ = survey.languages.size() > 1;
    }

    WrittenXForm write() {
        line("<?xml version=\"1.0\"?>");
        open_root();
        line("<h:head>");
        line("<h:title>" + escaped(title(survey_.default_language), false) + "</h:title>");
        line("<model odk:xforms-version=\"1.0.0\">");
        write_itext();
        write_primary_instance();
        write_secondary_instances();
        write_binds();
        write_first_load_actions(kNone);
        write_submission();
        line("</model>");
        line("</h:head>");
        line(survey_.settings.style.empty() ? "<h:body>" : "<h:body class=\"" + escaped(survey_.settings.style, true) + "\">");
        write_body(kNone);
        line("</h:body>");
        line("</h:html>");
        return std::move(out_);
    }

  private:
    // ---- lines

    void line(std::string_view text) {
        // A line break inside a text moves the lines after it.
        line_ += 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
        out_.xml += text;
        out_.xml += '\n';
    }

    void remember(std::string attribute, const Written& cell) {
        if (cell.row != nullptr) out_.places[{line_, std::move(attribute)}] = cell.place();
    }

    static void attribute(std::string& tag, std::string_view name, std::string_view value) {
        tag += " " + std::string(name) + "=\"" + escaped(value, true) + "\"";
    }

    // ---- head

    void open_root() {
        std::string root = "<h:html xmlns=\"http://www.w3.org/2002/xforms\" xmlns:h=\"http://www.w3.org/1999/xhtml\" "
                           "xmlns:ev=\"http://www.w3.org/2001/xml-events\" xmlns:jr=\"http://openrosa.org/javarosa\" "
                           "xmlns:odk=\"http://www.opendatakit.org/xforms\" xmlns:orx=\"http://openrosa.org/xforms\" "
                           "xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\"";
        std::set<std::string> known = {"h", "ev", "jr", "odk", "orx", "xsd"};
        for (const auto& [prefix, uri] : survey_.settings.namespaces) {
            if (is_xml_name(prefix) && known.insert(prefix).second) attribute(root, "xmlns:" + prefix, uri);
        }
        if (known.insert("kiosk").second) attribute(root, "xmlns:kiosk", kKioskNamespace);
        line(root + ">");
    }

    std::string title(std::uint32_t language) const {
        for (const LocalWritten& local : survey_.settings.titles) {
            if (local.language == language) return local.written.text;
        }
        return survey_.settings.titles.empty() ? survey_.settings.id : survey_.settings.titles.front().written.text;
    }

    // ---- texts

    // Labels stand in the body where one language says it all, else in itext.
    bool needs_itext(const std::vector<LocalWritten>& texts) const {
        return uses_itext_ || std::any_of(texts.begin(), texts.end(), [](const LocalWritten& local) {
            const bool is_message = local.key.ends_with("_message");
            // A message lies in an attribute, where an answer cannot be put in.
            if (is_message) return local.written.text.find("${") != std::string::npos;
            return local.key != "label" && local.key != "hint";
        });
    }

    std::string inline_text(const Written& text, std::uint32_t context) {
        std::string xml;
        for (const TextPiece& piece : references_.pieces(text, context)) {
            xml += piece.output.empty() ? escaped(piece.text, false) : "<output value=\"" + escaped(piece.output, true) + "\"/>";
        }
        return xml;
    }

    const Written* text_of(const std::vector<LocalWritten>& texts, std::string_view key, std::uint32_t language) const {
        for (const LocalWritten& local : texts) {
            if (local.key == key && local.language == language) return &local.written;
        }
        return nullptr;
    }

    static bool has_any(const std::vector<LocalWritten>& texts, std::initializer_list<std::string_view> keys) {
        return std::any_of(texts.begin(), texts.end(), [&](const LocalWritten& local) {
            return std::find(keys.begin(), keys.end(), local.key) != keys.end();
        });
    }

    void write_text_entry(const std::string& id, const std::vector<LocalWritten>& texts, std::uint32_t language,
                          std::uint32_t context, std::initializer_list<std::string_view> keys) {
        std::string values;
        for (const std::string_view key : keys) {
            const Written* text = text_of(texts, key, language);
            if (text == nullptr) continue;
            if (key == "label" || key == "hint" || key == "title" || key.ends_with("_message")) {
                values += "<value>" + inline_text(*text, context) + "</value>";
            } else if (key == "guidance_hint") {
                values += "<value form=\"guidance\">" + inline_text(*text, context) + "</value>";
            } else {
                const std::string uri = text->text.starts_with("jr://") ? text->text : std::string(media_folder(key)) + text->text;
                values += "<value form=\"" + std::string(key) + "\">" + escaped(uri, false) + "</value>";
            }
        }
        if (!values.empty()) line("<text id=\"" + escaped(id, true) + "\">" + values + "</text>");
    }

    void write_itext() {
        const bool is_needed =
            uses_itext_ || survey_.settings.titles.size() > 1 ||
            std::any_of(survey_.items.begin(), survey_.items.end(), [&](const SurveyItem& item) { return needs_itext(item.texts); }) ||
            std::any_of(survey_.lists.begin(), survey_.lists.end(), [](const ChoiceList& list) { return list.needs_itext; }) ||
            !survey_.languages[0].name.empty();
        if (!is_needed) return;
        line("<itext>");
        for (std::uint32_t language = 0; language < survey_.languages.size(); ++language) {
            std::string tag = "<translation";
            attribute(tag, "lang", survey_.languages[language].name);
            if (language == survey_.default_language) attribute(tag, "default", "true()");
            line(tag + ">");
            if (survey_.settings.titles.size() > 1) write_text_entry("kiosk:title", survey_.settings.titles, language, kNone, {"title"});
            for (std::uint32_t i = 0; i < survey_.items.size(); ++i) write_item_texts(i, language);
            for (const ChoiceList& list : survey_.lists) write_choice_texts(list, language);
            line("</translation>");
        }
        line("</itext>");
    }

    void write_item_texts(std::uint32_t index, std::uint32_t language) {
        const SurveyItem& item = survey_.items[index];
        if (!needs_itext(item.texts)) return;
        write_text_entry(item.path + ":label", item.texts, language, index, {"label", "image", "big-image", "audio", "video"});
        write_text_entry(item.path + ":hint", item.texts, language, index, {"hint", "guidance_hint"});
        write_text_entry(item.path + ":jr:constraintMsg", item.texts, language, index, {"constraint_message"});
        write_text_entry(item.path + ":jr:requiredMsg", item.texts, language, index, {"required_message"});
    }

    void write_choice_texts(const ChoiceList& list, std::uint32_t language) {
        if (!list.needs_itext && !uses_itext_) return;
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            write_text_entry(list.name + "-" + std::to_string(i), list.choices[i].texts, language, kNone,
                             {"label", "image", "big-image", "audio", "video"});
        }
    }

    // ---- instances

    void write_primary_instance() {
        line("<instance>");
        std::string root = "<" + survey_.settings.root;
        if (!survey_.settings.instance_namespace.empty()) attribute(root, "xmlns", survey_.settings.instance_namespace);
        attribute(root, "id", survey_.settings.id);
        if (!survey_.settings.version.empty()) attribute(root, "version", survey_.settings.version);
        for (const auto& [name, value] : survey_.settings.attributes) {
            if (is_xml_name(name)) attribute(root, name, value);
        }
        line(root + ">");
        write_instance_children(kNone, false);
        line("<meta>");
        line("<instanceID/>");
        if (!survey_.settings.instance_name.empty()) line("<instanceName/>");
        line("</meta>");
        line("</" + survey_.settings.root + ">");
        line("</instance>");
    }

    template <class Visit>
    void each_child(std::uint32_t parent, Visit&& visit) {
        const std::uint32_t end = parent == kNone ? static_cast<std::uint32_t>(survey_.items.size()) : survey_.items[parent].end;
        for (std::uint32_t i = parent == kNone ? 0 : parent + 1; i < end; i = survey_.items[i].end) visit(i);
    }

    static bool is_in_instance(const SurveyItem& item) {
        return item.type != "csv-external" && item.type != "xml-external" && item.type != "audit";
    }

    void write_instance_children(std::uint32_t parent, bool in_template) {
        each_child(parent, [&](std::uint32_t i) {
            const SurveyItem& item = survey_.items[i];
            if (!is_in_instance(item)) return;
            std::string attributes;
            for (const auto& [name, value] : item.instance_attributes) {
                if (is_xml_name(name)) attribute(attributes, name, value);
            }
            if (item.kind == ItemKind::question) {
                const std::string value = item.default_is_dynamic ? "" : item.default_value.text;
                line("<" + item.name + attributes + (value.empty() ? "/>" : ">" + escaped(value, false) + "</" + item.name + ">"));
                return;
            }
            if (item.kind == ItemKind::repeat && !in_template) {
                line("<" + item.name + attributes + " jr:template=\"\">");
                write_instance_children(i, true);
                line("</" + item.name + ">");
            }
            line("<" + item.name + attributes + ">");
            write_instance_children(i, in_template || item.kind == ItemKind::repeat);
            line("</" + item.name + ">");
        });
    }

    void write_secondary_instances() {
        std::set<std::string> written;
        for (const ChoiceList& list : survey_.lists) {
            written.insert(list.name);
            write_list(list);
        }
        for (const SurveyItem& item : survey_.items) {
            std::string id, file;
            if (item.select.from_file) {
                file = item.select.list;
                id = stem(file);
            } else if (item.type == "csv-external" || item.type == "xml-external") {
                id = item.name;
                file = item.name + (item.type == "csv-external" ? ".csv" : ".xml");
            }
            if (!id.empty()) write_external(id, file, written);
            for (const Written* cell : {&item.calculation, &item.relevant, &item.constraint, &item.required, &item.read_only,
                                        &item.default_value, &item.choice_filter}) {
                write_pulled(cell->xpath, written);
            }
        }
    }

    void write_external(const std::string& id, const std::string& file, std::set<std::string>& written) {
        if (!written.insert(id).second) return;
        std::string tag = "<instance";
        attribute(tag, "id", id);
        attribute(tag, "src", file_uri(file));
        line(tag + "/>");
    }

    // pulldata('members', …) reads members.csv.
    void write_pulled(std::string_view xpath, std::set<std::string>& written) {
        for (std::size_t at = 0; (at = xpath.find("pulldata(", at)) != std::string_view::npos; at += 9) {
            const std::string_view argument = trimmed(xpath.substr(at + 9));
            if (argument.empty() || (argument[0] != '\'' && argument[0] != '"')) continue;
            const std::size_t close = argument.find(argument[0], 1);
            if (close == std::string_view::npos) continue;
            const std::string name(argument.substr(1, close - 1));
            if (!name.empty()) write_external(name, name + ".csv", written);
        }
    }

    void write_list(const ChoiceList& list) {
        std::string tag = "<instance";
        attribute(tag, "id", list.name);
        line(tag + ">");
        line("<root>");
        const bool has_itext = list.needs_itext || uses_itext_;
        for (std::size_t i = 0; i < list.choices.size(); ++i) {
            const SurveyChoice& choice = list.choices[i];
            std::string item = "<item>";
            if (has_itext) item += "<itextId>" + escaped(list.name + "-" + std::to_string(i), false) + "</itextId>";
            item += "<name>" + escaped(choice.name, false) + "</name>";
            if (!has_itext) {
                const Written* label = text_of(choice.texts, "label", survey_.default_language);
                item += "<label>" + escaped(label == nullptr ? "" : label->text, false) + "</label>";
            }
            for (const auto& [name, value] : choice.extra) item += "<" + name + ">" + escaped(value, false) + "</" + name + ">";
            line(item + "</item>");
        }
        line("</root>");
        line("</instance>");
    }

    // ---- binds and actions

    void write_binds() {
        for (std::uint32_t i = 0; i < survey_.items.size(); ++i) write_bind(i);
        std::string id = "<bind";
        const std::string meta = "/" + survey_.settings.root + "/meta/";
        attribute(id, "nodeset", meta + "instanceID");
        attribute(id, "type", "string");
        attribute(id, "readonly", "true()");
        attribute(id, "jr:preload", survey_.settings.instance_id.empty() ? "uid" : survey_.settings.instance_id);
        line(id + "/>");
        if (survey_.settings.instance_name.empty()) return;
        std::string name = "<bind";
        attribute(name, "nodeset", meta + "instanceName");
        attribute(name, "type", "string");
        attribute(name, "calculate", survey_.settings.instance_name.xpath);
        remember("calculate", survey_.settings.instance_name);
        line(name + "/>");
    }

    void write_bind(std::uint32_t index) {
        SurveyItem& item = survey_.items[index];
        if (!is_in_instance(item)) return;
        std::string tag = "<bind";
        attribute(tag, "nodeset", item.path);
        if (!item.data_type.empty()) attribute(tag, "type", item.data_type);
        const auto expression = [&](std::string_view name, const Written& cell) {
            const std::string& text = cell.xpath.empty() ? cell.text : cell.xpath;
            if (text.empty()) return;
            remember(std::string(name), cell);
            attribute(tag, name, text);
        };
        expression("relevant", item.relevant);
        expression("required", item.required);
        expression("readonly", item.read_only);
        expression("constraint", item.constraint);
        if (item.triggers.empty()) expression("calculate", item.calculation);
        if (!item.preload.empty()) {
            attribute(tag, "jr:preload", item.preload);
            attribute(tag, "jr:preloadParams", item.preload_parameter);
        }
        message(tag, index, "constraint_message", "jr:constraintMsg");
        message(tag, index, "required_message", "jr:requiredMsg");
        if (const std::string* pixels = find(item.parameters, "max-pixels")) attribute(tag, "orx:max-pixels", *pixels);
        for (const auto& [name, value] : item.bind_attributes) {
            if (is_xml_name(name)) attribute(tag, name, value);
        }
        if (item.control.empty()) write_kiosk(tag, item);
        const bool is_empty = tag.find('=') == tag.rfind('=');
        if (!is_empty) line(tag + "/>");
    }

    void message(std::string& tag, std::uint32_t index, std::string_view key, std::string_view name) {
        const SurveyItem& item = survey_.items[index];
        if (!has_any(item.texts, {key})) return;
        if (needs_itext(item.texts)) {
            attribute(tag, name, "jr:itext('" + item.path + ":" + std::string(name) + "')");
        } else if (const Written* text = text_of(item.texts, key, survey_.default_language)) {
            attribute(tag, name, text->text);
        }
    }

    // Answers of no control carry what a control would.
    void write_kiosk(std::string& tag, const SurveyItem& item) {
        for (const auto& [name, value] : item.kiosk) {
            if (is_xml_name(name)) attribute(tag, name, value);
        }
    }

    // Dynamic defaults outside repeats belong to the model, those inside to their repeat.
    void write_first_load_actions(std::uint32_t repeat) {
        for (std::uint32_t i = 0; i < survey_.items.size(); ++i) {
            const SurveyItem& item = survey_.items[i];
            if (!item.default_is_dynamic || nearest_repeat(i) != repeat) continue;
            std::string tag = "<setvalue";
            attribute(tag, "event", repeat == kNone ? "odk-instance-first-load" : "odk-instance-first-load odk-new-repeat");
            attribute(tag, "ref", item.path);
            attribute(tag, "value", item.default_value.xpath);
            remember("value", item.default_value);
            line(tag + "/>");
        }
    }

    std::uint32_t nearest_repeat(std::uint32_t index) const {
        for (std::uint32_t at = survey_.items[index].parent; at != kNone; at = survey_.items[at].parent) {
            if (survey_.items[at].kind == ItemKind::repeat) return at;
        }
        return kNone;
    }

    void write_submission() {
        const SurveySettings& settings = survey_.settings;
        if (settings.submission_url.empty() && settings.public_key.empty()) return;
        std::string tag = "<submission";
        if (!settings.submission_url.empty()) {
            attribute(tag, "action", settings.submission_url);
            attribute(tag, "method", "post");
        }
        if (!settings.public_key.empty()) attribute(tag, "base64RsaPublicKey", settings.public_key);
        line(tag + "/>");
    }

    // ---- body

    void write_body(std::uint32_t parent) {
        each_child(parent, [&](std::uint32_t i) {
            const SurveyItem& item = survey_.items[i];
            if (item.kind == ItemKind::group) write_group(i);
            else if (item.kind == ItemKind::repeat) write_repeat(i);
            else if (!item.control.empty()) write_question(i);
        });
    }

    void write_label(std::uint32_t index, bool has_hint) {
        const SurveyItem& item = survey_.items[index];
        const bool is_itext = needs_itext(item.texts);
        if (is_itext && has_any(item.texts, {"label", "image", "big-image", "audio", "video"})) {
            line("<label ref=\"jr:itext('" + escaped(item.path, true) + ":label')\"/>");
        } else if (const Written* label = text_of(item.texts, "label", survey_.default_language)) {
            line("<label>" + inline_text(*label, index) + "</label>");
        }
        if (!has_hint) return;
        if (is_itext && has_any(item.texts, {"hint", "guidance_hint"})) {
            line("<hint ref=\"jr:itext('" + escaped(item.path, true) + ":hint')\"/>");
        } else if (const Written* hint = text_of(item.texts, "hint", survey_.default_language)) {
            line("<hint>" + inline_text(*hint, index) + "</hint>");
        }
    }

    std::string appearance_of(const SurveyItem& item) const {
        std::string joined;
        for (const std::string& token : item.appearance) joined += (joined.empty() ? "" : " ") + token;
        return joined;
    }

    void shared_attributes(std::string& tag, const SurveyItem& item) {
        if (!item.appearance.empty()) attribute(tag, "appearance", appearance_of(item));
        for (const auto& [name, value] : item.body_attributes) {
            if (is_xml_name(name)) attribute(tag, name, value);
        }
        write_kiosk(tag, item);
    }

    void write_group(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        std::string tag = "<group";
        attribute(tag, "ref", item.path);
        shared_attributes(tag, item);
        line(tag + ">");
        write_label(index, true);
        write_body(index);
        line("</group>");
    }

    void write_repeat(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        line("<group ref=\"" + escaped(item.path, true) + "\">");
        write_label(index, true);
        std::string tag = "<repeat";
        attribute(tag, "nodeset", item.path);
        if (!item.repeat_count.empty()) {
            remember("jr:count", item.repeat_count);
            attribute(tag, "jr:count", item.repeat_count.xpath);
            attribute(tag, "jr:noAddRemove", "true()");
        }
        shared_attributes(tag, item);
        line(tag + ">");
        write_body(index);
        write_first_load_actions(index);
        line("</repeat>");
        line("</group>");
    }

    // What XForms cannot tell apart: a read-only text is no note, a note that computes is no text.
    bool needs_type(const SurveyItem& item) const {
        const bool is_read_only = item.read_only.xpath == "true()" || item.read_only.text == "true()";
        if (item.type == "text") return item.data_type != "string" || (is_read_only && item.calculation.empty());
        return item.type == "note" && (item.data_type != "string" || !item.calculation.empty());
    }

    void write_question(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        std::string tag = "<" + item.control;
        attribute(tag, "ref", item.path);
        if (!item.media_type.empty()) attribute(tag, "mediatype", item.media_type);
        if (needs_type(item)) attribute(tag, "kiosk:type", item.type);
        for (const auto& [name, value] : item.parameters) {
            const bool belongs_here = item.type == "range" || name == "rows";
            if (belongs_here) attribute(tag, is_kiosk_parameter(name) ? "kiosk:" + name : name, value);
        }
        shared_attributes(tag, item);
        line(tag + ">");
        write_label(index, true);
        if (!item.select.kind.empty()) write_itemset(index);
        const auto found = triggered_.find(index);
        if (found != triggered_.end()) {
            for (const std::uint32_t target : found->second) write_triggered(target);
        }
        line("</" + item.control + ">");
    }

    static bool is_kiosk_parameter(std::string_view name) { return name == "tick_interval" || name == "tick_labelset" || name == "placeholder"; }

    void write_triggered(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        std::string tag = "<setvalue";
        attribute(tag, "event", "xforms-value-changed");
        attribute(tag, "ref", item.path);
        if (!item.calculation.xpath.empty()) attribute(tag, "value", item.calculation.xpath);
        remember("value", item.calculation);
        line(tag + "/>");
    }

    void write_itemset(std::uint32_t index) {
        const SurveyItem& item = survey_.items[index];
        const std::string& list = item.select.list;
        std::string nodeset, value = "name", label = "label";
        if (list.starts_with("${")) {
            const std::uint32_t source = references_.find(std::string_view(list).substr(2, list.size() - 3));
            std::uint32_t repeat = nearest_repeat(source);
            value = label = survey_.items[source].path.substr(survey_.items[repeat].path.size() + 1);
            nodeset = references_.path(index, repeat, false) + "[./" + value + " != '']";
        } else {
            nodeset = "instance('" + (item.select.from_file ? stem(list) : list) + "')/root/item";
            const ChoiceList* choices = survey_.list(list);
            if (choices != nullptr && (choices->needs_itext || uses_itext_)) label = "jr:itext(itextId)";
        }
        if (const std::string* column = find(item.parameters, "value")) value = *column;
        if (const std::string* column = find(item.parameters, "label")) label = *column;
        if (!item.choice_filter.xpath.empty()) {
            remember("nodeset", item.choice_filter);
            nodeset += "[" + item.choice_filter.xpath + "]";
        }
        const std::string* randomize = find(item.parameters, "randomize");
        if (randomize != nullptr && *randomize == "true") {
            const std::string* seed = find(item.parameters, "seed");
            nodeset = "randomize(" + nodeset + (seed == nullptr ? "" : ", " + seed_path(index, *seed)) + ")";
        }
        std::string tag = "<itemset";
        attribute(tag, "nodeset", nodeset);
        line(tag + "><value ref=\"" + escaped(value, true) + "\"/><label ref=\"" + escaped(label, true) + "\"/></itemset>");
    }

    std::string seed_path(std::uint32_t index, const std::string& seed) const {
        if (!seed.starts_with("${")) return seed;
        const std::uint32_t target = references_.find(std::string_view(seed).substr(2, seed.size() - 3));
        return target == kNone ? "0" : references_.path(index, target, false);
    }

    Survey& survey_;
    References& references_;
    WrittenXForm out_;
    std::uint32_t line_ = 1;
    bool uses_itext_ = false;
    std::map<std::uint32_t, std::vector<std::uint32_t>> triggered_;
};

}  // namespace

WrittenXForm write_xform(Survey& survey, References& references) { return Writer(survey, references).write(); }

}  // namespace kiosk::forms
