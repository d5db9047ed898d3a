#include "form_run_commands.hpp"

#include <kiosk/forms/evaluate_expression.hpp>
#include <kiosk/forms/form_visit.hpp>

#include <nlohmann/json.hpp>

#include <cmath>
#include <istream>
#include <optional>
#include <ostream>

namespace kiosk::office {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kDone = 0, kRefused = 1, kWrongUsage = 2;

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json error_json(const core::Error& error, const std::string& language) {
    return {{"code", error.code}, {"message", error.message.in(language)}};
}

core::Result<core::WallTime> moment(const FormRunOptions& options) {
    if (options.now.empty()) return options.clock_now;
    return forms::parse_moment(options.now, options.timezone);
}

Json node_json(const forms::NodeView& node, const std::string& language) {
    const bool has_value = node.type != "group" && node.type != "repeat";
    Json choices = Json::array();
    for (const forms::ChoiceView& choice : node.choices) choices.push_back({{"name", choice.name}, {"label", choice.label}});
    Json message;
    if (!node.valid) message = node.message.empty() ? forms::message_words(node.message_id).in(language) : node.message;
    Json json;
    json["path"] = node.path;
    json["type"] = node.type;
    json["value"] = has_value ? Json(node.value) : Json();
    json["relevant"] = node.relevant;
    json["required"] = node.required;
    json["read_only"] = node.read_only;
    json["valid"] = node.valid;
    json["label"] = node.label;
    json["hint"] = node.hint;
    json["message"] = std::move(message);
    json["choices"] = std::move(choices);
    return json;
}

std::string field(const Json& step, const char* name) {
    const auto found = step.find(name);
    return found != step.end() && found->is_string() ? found->get<std::string>() : std::string();
}

class StepRunner {
  public:
    StepRunner(forms::FormVisit visit, const FormRunOptions& options) : visit_(std::move(visit)), options_(options) {}

    Json state(std::size_t step, const core::Result<void>& result) const {
        Json json;
        json["step"] = step;
        json["ok"] = result.has_value();
        json["error"] = result ? Json() : error_json(result.error(), options_.message_language);
        json["page"] = visit_.ended() ? Json::array() : Json(visit_.page());
        json["ended"] = visit_.ended();
        json["language"] = visit_.language();
        json["nodes"] = Json::array();
        // Refusals in the visit's language; a form that names none leaves it to the run.
        const std::string& language = visit_.language().empty() ? options_.message_language : visit_.language();
        for (const forms::NodeView& node : visit_.nodes()) json["nodes"].push_back(node_json(node, language));
        return json;
    }

    // The state after one line of input.
    Json take(std::size_t number, const std::string& line) {
        const Json step = Json::parse(line, nullptr, false);
        const bool was_ended = visit_.ended();
        const core::Result<void> result = step.is_object() ? perform(step) : not_a_step();
        Json json = state(number, result);
        if (visit_.ended() && !was_ended) json["submission"] = visit_.submission();
        return json;
    }

  private:
    static core::Error not_a_step() {
        return {"step.not_understood",
                {"Dòng này không phải là một bước; ví dụ {\"do\":\"next\"}.", "This line is not a step; for example {\"do\":\"next\"}."}};
    }

    core::Result<void> perform(const Json& step) {
        const std::string what = field(step, "do");
        const std::string path = field(step, "path");
        if (what == "set") return visit_.set(path, value_of(step));
        if (what == "clear") return visit_.clear(path);
        if (what == "add_repeat") return visit_.add_repeat(path);
        if (what == "remove_repeat") return visit_.remove_repeat(path);
        if (what == "next") return visit_.next();
        if (what == "back") return visit_.back();
        if (what == "finish") return visit_.finish();
        if (what == "language") return visit_.set_language(field(step, "value"));
        return not_a_step();
    }

    // Numbers and booleans are taken as they are written.
    static std::string value_of(const Json& step) {
        const auto found = step.find("value");
        if (found == step.end() || found->is_null()) return {};
        return found->is_string() ? found->get<std::string>() : found->dump();
    }

    forms::FormVisit visit_;
    const FormRunOptions& options_;
};

Json number_json(double number) {
    if (!std::isfinite(number)) return forms::number_as_text(number);   // JSON has no words for these
    constexpr double exact = 9007199254740992.0;
    if (number == std::trunc(number) && std::abs(number) < exact) return static_cast<std::int64_t>(number);
    return number;
}

Json value_json(const forms::EvaluatedValue& value) {
    if (const bool* boolean = std::get_if<bool>(&value)) return {{"type", "boolean"}, {"value", *boolean}};
    if (const double* number = std::get_if<double>(&value)) return {{"type", "number"}, {"value", number_json(*number)}};
    if (const auto* text = std::get_if<std::string>(&value)) return {{"type", "string"}, {"value", *text}};
    return {{"type", "nodeset"}, {"value", std::get<forms::NodeTexts>(value)}};
}

std::string value_text(const forms::EvaluatedValue& value) {
    if (const bool* boolean = std::get_if<bool>(&value)) return *boolean ? "true" : "false";
    if (const double* number = std::get_if<double>(&value)) return forms::number_as_text(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    std::string lines;
    for (const std::string& text : std::get<forms::NodeTexts>(value)) lines += (lines.empty() ? "" : "\n") + text;
    return lines;
}

}  // namespace

int run_form_fill(std::shared_ptr<const forms::Form> form, const FormRunOptions& options, std::istream& steps,
                  std::ostream& states, std::ostream& errors) {
    const core::Result<core::WallTime> now = moment(options);
    if (!now) {
        errors << now.error().message.in(options.message_language) << '\n';
        return kWrongUsage;
    }
    forms::VisitSettings settings;
    settings.language = options.language;
    settings.now = [time = *now] { return time; };
    settings.timezone = options.timezone;
    settings.seed = options.seed;
    core::Result<forms::FormVisit> visit = forms::FormVisit::begin(std::move(form), std::move(settings));
    if (!visit) {
        errors << visit.error().message.in(options.message_language) << '\n';
        return kRefused;
    }
    StepRunner runner(std::move(*visit), options);
    states << dumped(runner.state(0, core::Result<void>())) << std::endl;
    std::size_t number = 0;
    for (std::string line; std::getline(steps, line);) {
        if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
        states << dumped(runner.take(++number, line)) << std::endl;
    }
    return kDone;
}

int run_form_eval(const FormEvalOptions& options, std::ostream& output, std::ostream& errors) {
    const std::string& language = options.run.message_language;
    const core::Result<core::WallTime> now = moment(options.run);
    if (!now) {
        errors << now.error().message.in(language) << '\n';
        return kWrongUsage;
    }
    const forms::EvaluationSettings settings{*now, options.run.timezone, options.run.seed, options.run.language};
    forms::SourceSpan fault;
    const core::Result<forms::EvaluatedValue> value =
        forms::evaluate_expression(options.expression, options.document, options.context, settings, &fault);
    if (!value) {
        const std::string& message = value.error().message.in(language);
        if (options.as_json) {
            Json json = error_json(value.error(), language);
            json["column"] = fault.column;
            output << dumped({{"error", std::move(json)}}) << '\n';
        }
        errors << message << " (" << fault.column << ")\n";
        return kRefused;
    }
    output << (options.as_json ? dumped(value_json(*value)) : value_text(*value)) << '\n';
    return kDone;
}

}  // namespace kiosk::office
