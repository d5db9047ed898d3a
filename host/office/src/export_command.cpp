#include "collector.hpp"
#include "commands.hpp"
#include "json_output.hpp"

#include <algorithm>

namespace kiosk::office {
namespace {

std::string list(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text.empty() ? "–" : text;
}

core::Error no_such_activity(const std::string& activity, const std::vector<std::string>& known) {
    return {"export.no_such_activity",
            {"Kho dữ liệu không có câu trả lời của hoạt động “" + activity + "”. Đang có: " + list(known) + ".",
             "The store holds no answers of activity \"" + activity + "\". It has: " + list(known) + "."}};
}

core::Error no_such_form(const std::string& id, const std::vector<core::AnswerForm>& forms) {
    std::vector<std::string> known;
    for (const core::AnswerForm& form : forms) known.push_back(form.id);
    return {"export.no_such_form", {"Hoạt động không có biểu mẫu “" + id + "”. Đang có: " + list(known) + ".",
                                    "The activity has no form \"" + id + "\". It has: " + list(known) + "."}};
}

}  // namespace

int export_answers(const ExportOptions& options, const Console& console) {
    auto store = office_store::OfficeStore::open_existing(options.store, read_definition);
    if (!store) return console.refuse(store.error());
    if (auto frozen = store->freeze(); !frozen) return console.refuse(frozen.error());
    auto forms = store->forms(options.activity);
    if (!forms) return console.refuse(forms.error());
    if (forms->empty()) {
        auto activities = store->activities();
        return console.refuse(activities ? no_such_activity(options.activity, *activities) : activities.error());
    }
    std::vector<core::AnswerForm> wanted = *forms;
    if (!options.form.empty())
        wanted.erase(std::remove_if(wanted.begin(), wanted.end(), [&](const auto& form) { return form.id != options.form; }),
                     wanted.end());
    if (wanted.empty()) return console.refuse(no_such_form(options.form, *forms));

    std::vector<exporting::ExportedFile> files;
    for (const core::AnswerForm& form : wanted) {
        exporting::ExportOptions how = options.how;
        how.progress = [&](std::uint64_t rows, double share) {
            console.show_progress(form.id + " " + progress_bar(share) + " " + std::to_string(rows));
        };
        const std::string stem = wanted.size() == 1 ? options.activity : options.activity + "-" + form.id;
        auto exported = exporting::export_form(*store, form, stem, options.out, how);
        console.end_progress();
        if (!exported) return console.refuse(exported.error());
        files.insert(files.end(), exported->begin(), exported->end());
    }
    if (console.json()) console.print_json(export_json(files));
    else
        for (const exporting::ExportedFile& file : files)
            console.say({file.path.string() + ": " + std::to_string(file.rows) + " dòng",
                         file.path.string() + ": " + std::to_string(file.rows) + " rows"});
    return kDone;
}

}  // namespace kiosk::office
