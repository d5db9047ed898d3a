// feedback-office: reads the command line and calls the command. CLI11 is included here only.
#include "commands.hpp"

#include <CLI/CLI.hpp>

#include <map>
#include <optional>

namespace {

using namespace kiosk;
using namespace kiosk::office;

// The command line as it was given; which command, is decided by what CLI11 parsed.
class CommandLine {
  public:
    CommandLine() : app_("feedback-office", "feedback-office") {
        app_.require_subcommand(0, 1);
        app_.fallthrough();
        app_.add_flag("--json", json_, "one JSON document on standard output");
        app_.add_option("--lang", language_, "language of messages")->check(CLI::IsMember({"vi", "en"}));
        add_keygen();
        add_kiosk_commands();
        add_collect();
        add_export();
        add_report();
    }

    int run(int count, char** words) {
        try {
            app_.parse(count, words);
        } catch (const CLI::ParseError& error) {
            return app_.exit(error) == 0 ? kDone : kWrongUsage;
        }
        const Console console(language_.empty() ? environment_language() : language_, json_);
        if (!command_) return guide(console);
        return command_(console);
    }

  private:
    using Command = std::function<int(const Console&)>;

    void on(CLI::App* sub, Command command) {
        sub->callback([this, command = std::move(command)] { command_ = command; });
    }

    void add_keygen() {
        CLI::App* sub = app_.add_subcommand("keygen", "make the office's keys");
        sub->add_option("--out", keygen_.out, "folder for them")->required();
        sub->add_option("--office", keygen_.office, "the office's name, for the printed sheet");
        on(sub, [this](const Console& console) { return keygen(keygen_, console); });
    }

    void add_kiosk_commands() {
        CLI::App* kiosk = app_.add_subcommand("kiosk", "kiosks the office trusts")->require_subcommand(1);
        CLI::App* sub = kiosk->add_subcommand("add", "enrol a kiosk");
        sub->add_option("ENROLMENT", add_kiosk_.enrolment, "the file the kiosk wrote")->required();
        sub->add_option("--trust", add_kiosk_.trust, "folder of trusted kiosks' keys")->required();
        on(sub, [this](const Console& console) { return add_kiosk(add_kiosk_, console); });
    }

    void add_collect() {
        CLI::App* sub = app_.add_subcommand("collect", "merge bundles into a store");
        sub->add_option("BUNDLE", collect_.bundles, "bundles (.kbx), or folders of them")->required();
        sub->add_option("--key", collect_.key, "the office's key file")->required();
        sub->add_option("--into", collect_.store, "the store: a file, or postgresql://…")->required();
        sub->add_option("--trust", collect_.trust, "folder of trusted kiosks' keys");
        sub->add_option("--receipt", collect_.receipt, "folder for the kiosks' receipts");
        on(sub, [this](const Console& console) { return collect(collect_, console); });
    }

    void add_export() {
        CLI::App* sub = app_.add_subcommand("export", "answers as CSV, XLSX, JSON Lines or ODK submissions");
        sub->add_option("STORE", export_.store, "a file, or postgresql://…")->required();
        sub->add_option("--activity", export_.activity)->required();
        sub->add_option("--form", export_.form, "this form only");
        sub->add_option("--format", export_.how.format)
            ->required()
            ->transform(CLI::CheckedTransformer(std::map<std::string, exporting::ExportFormat>{
                {"csv", exporting::ExportFormat::csv},
                {"xlsx", exporting::ExportFormat::xlsx},
                {"jsonl", exporting::ExportFormat::json_lines},
                {"odk", exporting::ExportFormat::odk}}));
        sub->add_option("--out", export_.out, "folder")->required();
        CLI::Option* labels = sub->add_option("--labels", export_.how.labels, "labels in this language");
        sub->add_flag("--codes", codes_, "codes, as the form names them (the default)")->excludes(labels);
        sub->add_option("--multi", export_.how.multi, "multiple choices as one column, as 0/1 columns, or both")
            ->transform(CLI::CheckedTransformer(std::map<std::string, exporting::MultiSelect>{
                {"single", exporting::MultiSelect::single},
                {"split", exporting::MultiSelect::split},
                {"both", exporting::MultiSelect::both}}));
        sub->add_flag("!--no-bom", export_.how.byte_order_mark, "CSV without a byte order mark");
        sub->add_option("--kiosk", export_.how.filter.kiosk, "this kiosk's answers only");
        sub->add_option("--bundle", export_.how.filter.bundle, "answers of bundles with this number only");
        on(sub, [this](const Console& console) { return export_answers(export_, console); });
    }

    void add_report() {
        CLI::App* sub = app_.add_subcommand("report", "what was collected");
        sub->add_option("STORE", report_.store, "a file, or postgresql://…")->required();
        sub->add_option("--html", report_.html, "write it as a page");
        on(sub, [this](const Console& console) { return report(report_, console); });
    }

    CLI::App app_;
    bool json_ = false, codes_ = false;
    std::string language_;
    KeygenOptions keygen_;
    AddKioskOptions add_kiosk_;
    CollectOptions collect_;
    office::ExportOptions export_;
    ReportOptions report_;
    Command command_;
};

}  // namespace

int main(int count, char** words) { return CommandLine().run(count, words); }
