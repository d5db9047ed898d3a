#include "answer_keeper.hpp"

#include <kiosk/sealing/age.hpp>
#include <kiosk/storage/storage_thread.hpp>

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

class StoredAnswers final : public AnswerKeeper {
  public:
    explicit StoredAnswers(std::optional<sealing::AgeSealer> sealer) : sealer_(std::move(sealer)) {}

    core::Result<void> open(const std::filesystem::path& data, const std::string& kiosk_id, const core::Clock& clock,
                            core::Random& random, std::function<void()> wake) {
        storage::StoreOptions options;
        options.kiosk_id = kiosk_id;
        auto store = storage::Store::open(data.string(), sealer_ ? &*sealer_ : nullptr, clock, random, options);
        if (!store) return store.error();
        if (!wake) wake = [] {};   // a script looks for itself
        thread_.emplace(std::move(*store), std::move(wake));
        return {};
    }

    void record(std::vector<core::Response> responses, std::string definition, Done done) override {
        post([responses = std::move(responses), definition = std::move(definition)](storage::Store& store) -> core::Result<void> {
            for (const core::Response& response : responses) {
                if (auto kept = store.keep_definition(response.form, definition); !kept) return kept;
                if (auto recorded = store.record(response); !recorded) return recorded;
            }
            return {};
        }, std::move(done));
    }
    void withdraw(const core::Sha256& tag, Done done) override {
        post([tag](storage::Store& store) { return store.withdraw(tag); }, std::move(done));
    }
    void undo(const core::ResponseId& id, Done done) override {
        post([id](storage::Store& store) { return store.undo(id); }, std::move(done));
    }
    void count_vote(const std::string& form, const std::string& choice) override { ask_votes(form, choice); }
    const std::map<std::string, std::int64_t>& votes(const std::string& form) override {
        if (!votes_.contains(form)) ask_votes(form, {});
        return votes_[form];
    }
    void drain() override { thread_->drain(); }
    bool is_busy() const override { return waiting_ > 0; }

  private:
    // Counts a vote more, if one is named, and fetches what is released.
    void ask_votes(const std::string& form, const std::string& choice) {
        ++waiting_;
        thread_->post([this, form, choice](storage::Store& store) -> storage::StorageExecutor::Completion {
            const std::string name = "votes/" + form;
            if (!choice.empty()) static_cast<void>(store.count_visit(name, {choice}));   // a lost count loses no answer
            return [this, form, votes = store.visit_counts(name)] {
                --waiting_;
                if (votes) votes_[form] = *votes;
            };
        });
    }

    void post(std::function<core::Result<void>(storage::Store&)> job, Done done) {
        ++waiting_;
        thread_->post([this, job = std::move(job), done = std::move(done)](storage::Store& store) -> storage::StorageExecutor::Completion {
            return [this, result = job(store), done] {
                --waiting_;
                done(result);
            };
        });
    }

    std::optional<sealing::AgeSealer> sealer_;
    std::map<std::string, std::map<std::string, std::int64_t>> votes_;   // by form and choice
    int waiting_ = 0;
    std::optional<storage::StorageThread> thread_;   // last: its store uses the sealer
};

class ForgetfulAnswers final : public AnswerKeeper {
  public:
    void record(std::vector<core::Response>, std::string, Done done) override { waiting_.push_back(std::move(done)); }
    void withdraw(const core::Sha256&, Done done) override { waiting_.push_back(std::move(done)); }
    void undo(const core::ResponseId&, Done done) override { waiting_.push_back(std::move(done)); }
    void count_vote(const std::string&, const std::string&) override {}
    const std::map<std::string, std::int64_t>& votes(const std::string&) override { return votes_; }
    void drain() override {
        for (const Done& done : std::exchange(waiting_, {})) done({});
    }
    bool is_busy() const override { return !waiting_.empty(); }

  private:
    std::vector<Done> waiting_;
    std::map<std::string, std::int64_t> votes_;
};

}  // namespace

core::Result<std::optional<sealing::AgeSealer>> read_sealer(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::optional<sealing::AgeSealer>{};
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    auto recipients = sealing::parse_recipients(text);
    if (!recipients) return recipients.error();
    auto sealer = sealing::AgeSealer::create(std::move(*recipients));
    if (!sealer) return sealer.error();
    return std::optional(std::move(*sealer));
}

core::Result<std::unique_ptr<AnswerKeeper>> open_answer_keeper(const std::filesystem::path& data, const std::string& kiosk_id,
                                                               const core::Clock& clock, core::Random& random,
                                                               std::function<void()> wake) {
    auto sealer = read_sealer(data / "keys" / "recipients.txt");
    if (!sealer) return sealer.error();
    auto keeper = std::make_unique<StoredAnswers>(std::move(*sealer));
    if (auto opened = keeper->open(data, kiosk_id, clock, random, std::move(wake)); !opened) return opened.error();
    return std::unique_ptr<AnswerKeeper>(std::move(keeper));
}

std::unique_ptr<AnswerKeeper> make_forgetful_keeper() { return std::make_unique<ForgetfulAnswers>(); }

}  // namespace kiosk
