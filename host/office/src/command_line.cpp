// feedback-office: reads the command line and calls the command. CLI11 is included here only.
#include "commands.hpp"
#include "files.hpp"
#include "form_commands.hpp"
#include "form_run_commands.hpp"

#include <kiosk/forms/form_files.hpp>

#include <CLI/CLI.hpp>

#include <chrono>
#include <iostream>
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
        add_duplicates();
        add_pack();
        add_codes();
        add_unlock();
        add_document();
        add_form_commands();
        add_form_runs();
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
        sub->add_flag("--demo", keygen_.is_demo, "for trying out: kiosks that hold them say so");
        sub->add_option("--replaces", keygen_.replaces, "folder of the old keys, which sign the change for the kiosks");
        on(sub, [this](const Console& console) { return keygen(keygen_, console); });
    }

    void add_kiosk_commands() {
        CLI::App* kiosk = app_.add_subcommand("kiosk", "kiosks the office trusts")->require_subcommand(1);
        CLI::App* sub = kiosk->add_subcommand("add", "enrol a kiosk");
        sub->add_option("ENROLMENT", add_kiosk_.enrolment, "the file the kiosk wrote")->required();
        sub->add_option("--trust", add_kiosk_.trust, "folder of trusted kiosks' keys")->required();
        sub->add_flag("--replace", add_kiosk_.replaces, "the kiosk has a new key: a new machine under the old id");
        on(sub, [this](const Console& console) { return add_kiosk(add_kiosk_, console); });
    }

    void add_collect() {
        CLI::App* sub = app_.add_subcommand("collect", "merge bundles into a store");
        sub->add_option("BUNDLE", collect_.bundles, "bundles (.kbx), or folders of them")->required();
        sub->add_option("--key", collect_.keys, "the office's key file; once more for an older one")->required()->allow_extra_args(false);
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

    void add_duplicates() {
        CLI::App* sub = app_.add_subcommand("duplicates", "people who may have been referred twice");
        sub->add_option("STORE", duplicates_.store, "a file, or postgresql://…")->required();
        sub->add_option("--activity", duplicates_.activity, "candidate_referral unless told otherwise");
        on(sub, [this](const Console& console) { return duplicates(duplicates_, console); });
    }

    void add_pack() {
        CLI::App* sub = app_.add_subcommand("pack", "sign a folder of forms for the kiosks");
        sub->add_option("DIR", pack_.folder, "folder with pack.json and forms/")->required();
        sub->add_option("--out", pack_.out, "the pack, such as quang-nam-4.kpk")->required();
        sub->add_option("--key", pack_.key, "office-sign.key")->required();
        on(sub, [this](const Console& console) { return pack(pack_, console); });
    }

    void add_codes() {
        CLI::App* sub = app_.add_subcommand("codes", "give organisations codes that vouch for them at the kiosk");
        sub->add_option("LIST", codes_of_.list, "a line an organisation: kind, comma, name")->required();
        sub->add_option("--pack", codes_of_.pack, "the folder that will be packed; gets data/organisations.tsv")->required();
        sub->add_option("--out", codes_of_.out, "the sheet to hand out (HTML)")->required();
        sub->add_option("--renew", codes_of_.renew, "a new code for this organisation, by its name")->allow_extra_args(false);
        on(sub, [this](const Console& console) { return make_codes(codes_of_, console); });
    }

    void add_unlock() {
        CLI::App* sub = app_.add_subcommand("unlock", "let a kiosk whose staff pages are locked have a new PIN");
        sub->add_option("--kiosk", unlock_.kiosk, "its id, such as K07")->required();
        sub->add_option("--code", unlock_.code, "the code on its screen")->required();
        sub->add_option("--key", unlock_.key, "office-sign.key")->required();
        sub->add_option("--out", unlock_.out, "folder to write to, such as the stick")->required();
        on(sub, [this](const Console& console) { return unlock(unlock_, console); });
    }

    void add_document() {
        CLI::App* sub = app_.add_subcommand("document", "one answer as a printable page");
        sub->add_option("STORE", document_.store, "a file, or postgresql://…")->required();
        sub->add_option("--response", document_.response, "its KEY in an export")->required();
        sub->add_option("--out", document_.out, "the PDF")->required();
        sub->add_option("--layout", document_.layout, "which layout (default: the form's)");
        sub->add_option("--layouts", document_.layouts, "a folder of your own layouts");
        on(sub, [this](const Console& console) { return document(document_, console); });
    }

    // `form check`, `dump`, `to-xlsx`, `to-folder`: about a form as it was written.
    void add_form_commands() {
        form_app_ = app_.add_subcommand("form", "check, convert and try forms")->require_subcommand(1);
        const auto add = [this](const char* name, const char* what, auto run) {
            CLI::App* sub = form_app_->add_subcommand(name, what);
            sub->fallthrough();
            sub->add_option("FORM", form_.form, "an .xlsx, a folder of CSV sheets, or an XForm .xml")->required();
            sub->add_option("--limit", limits_, "raise a limit: NAME=NUMBER");
            on(sub, [this, run](const Console& console) {
                form_.as_json = console.json();
                form_.message_language = console.language();
                for (const std::string& limit : limits_)
                    if (auto set = set_form_limit(limit); !set) return console.refuse(set.error());
                return run(form_);
            });
            return sub;
        };
        add("check", "every fault of a form", [](const FormCommandOptions& form) { return run_form_check(form, std::cout, std::cerr); });
        add("dump", "the form as it was understood", [](const FormCommandOptions& form) { return run_form_dump(form, std::cout, std::cerr); });
        add("to-xlsx", "write it as a workbook", [](const FormCommandOptions& form) { return run_form_to_xlsx(form, std::cerr); })
            ->add_option("--out", form_.out, "the workbook")->required();
        add("to-folder", "write it as a folder of CSV sheets", [](const FormCommandOptions& form) { return run_form_to_folder(form, std::cerr); })
            ->add_option("--out", form_.out, "the folder")->required();
    }

    // `form fill` and `form eval`: a form, or one expression, at work.
    void add_form_runs() {
        const auto add_run_options = [this](CLI::App* sub) {
            sub->fallthrough();
            sub->add_option("--now", run_.now, "the time, as 2026-11-24T08:30:00+07:00");
            sub->add_option("--timezone", run_.timezone, "such as Asia/Ho_Chi_Minh");
            sub->add_option("--seed", run_.seed, "of random()");
        };
        CLI::App* fill = form_app_->add_subcommand("fill", "replay a visit: steps in, states out");
        add_run_options(fill);
        fill->add_option("FORM", form_.form, "an .xlsx, a folder of CSV sheets, or an XForm .xml")->required();
        fill->add_option("--language", run_.language, "of the visit");
        on(fill, [this](const Console& console) {
            settle_run(console);
            const forms::FormReading reading = forms::read_form_at(form_.form);
            if (!reading.form) {
                form_.message_language = console.language();
                run_form_check(form_, std::cerr, std::cerr);
                return kRefused;
            }
            return run_form_fill(reading.form, run_, std::cin, std::cout, std::cerr);
        });
        CLI::App* eval = form_app_->add_subcommand("eval", "the value of an expression");
        add_run_options(eval);
        eval->add_option("EXPR", eval_.expression, "an XPath expression")->required();
        eval->add_option("--doc", eval_document_, "an XML document to evaluate it on");
        eval->add_option("--context", eval_.context, "the node to stand at");
        on(eval, [this](const Console& console) {
            settle_run(console);
            eval_.run = run_;
            eval_.as_json = console.json();
            if (!eval_document_.empty()) {
                const auto document = read_file(eval_document_, kMaximumDocumentBytes);
                if (!document) return console.refuse(document.error());
                eval_.document = text_of(*document);
            }
            return run_form_eval(eval_, std::cout, std::cerr);
        });
    }

    void settle_run(const Console& console) {
        run_.message_language = console.language();
        run_.clock_now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }

    core::Result<void> set_form_limit(const std::string& text) {
        const std::size_t equals = text.find('=');
        std::size_t number = 0;
        try {
            number = std::stoull(text.substr(equals == std::string::npos ? text.size() : equals + 1));
        } catch (const std::exception&) {
            return core::Error{"usage.limit", {"Viết giới hạn như NAME=NUMBER, không phải “" + text + "”.",
                                               "Write a limit as NAME=NUMBER, not \"" + text + "\"."}};
        }
        return forms::set_limit(form_.limits, text.substr(0, equals), number);
    }

    static constexpr std::uint64_t kMaximumDocumentBytes = 64 << 20;

    CLI::App app_;
    CLI::App* form_app_ = nullptr;
    bool json_ = false, codes_ = false;
    std::string language_;
    KeygenOptions keygen_;
    AddKioskOptions add_kiosk_;
    CollectOptions collect_;
    office::ExportOptions export_;
    ReportOptions report_;
    DuplicatesOptions duplicates_;
    PackOptions pack_;
    CodesOptions codes_of_;
    UnlockOptions unlock_;
    DocumentOptions document_;
    FormCommandOptions form_;
    std::vector<std::string> limits_;
    FormRunOptions run_;
    FormEvalOptions eval_;
    std::filesystem::path eval_document_;
    Command command_;
};

}  // namespace

int main(int count, char** words) { return CommandLine().run(count, words); }
