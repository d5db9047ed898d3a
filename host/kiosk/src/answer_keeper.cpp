#include "answer_keeper.hpp"

#include <kiosk/storage/storage_thread.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace kiosk {
namespace {

class StoredAnswers final : public AnswerKeeper {
  public:
    explicit StoredAnswers(OfficeKeys keys) : keys_(std::move(keys)) {}

    core::Result<void> open(const std::filesystem::path& data, const std::string& kiosk_id, const core::Clock& clock,
                            core::Random& random, std::function<void()> wake) {
        storage::StoreOptions options;
        options.kiosk_id = kiosk_id;
        auto store = storage::Store::open(data.string(), keys_.sealer ? &*keys_.sealer : nullptr, clock, random, options);
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
    void undo(const core::ResponseId& id, Done done) override {
        post([id](storage::Store& store) { return store.undo(id); }, std::move(done));
    }
    void withdraw(const core::Sha256& tag, Done done) override {
        post([tag](storage::Store& store) { return store.withdraw(tag); }, std::move(done));
    }
    void count_visit(std::string activity, std::vector<std::string> events) override {
        post([activity = std::move(activity), events = std::move(events)](storage::Store& store) {
            return store.count_visit(activity, events);
        }, [](const core::Result<void>&) {});   // a lost count is no lost answer
    }
    void keep_for(std::chrono::days sealed, std::chrono::days poll) override {
        post([sealed, poll](storage::Store& store) -> core::Result<void> {
            store.keep_for({sealed, poll});
            return {};
        }, [](const core::Result<void>&) {});
    }
    bool run(StoreJob job) override {
        ++waiting_;
        thread_->post([this, job = std::move(job)](storage::Store& store) -> storage::StorageExecutor::Completion {
            return [this, completion = job(store)] {
                --waiting_;
                if (completion) completion();
            };
        });
        return true;
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

    const OfficeKeys keys_;
    std::map<std::string, std::map<std::string, std::int64_t>> votes_;   // by form and choice
    int waiting_ = 0;
    std::optional<storage::StorageThread> thread_;   // last: its store uses the keys
};

class ForgetfulAnswers final : public AnswerKeeper {
  public:
    void record(std::vector<core::Response>, std::string, Done done) override { waiting_.push_back(std::move(done)); }
    void withdraw(const core::Sha256&, Done done) override { waiting_.push_back(std::move(done)); }
    void undo(const core::ResponseId&, Done done) override { waiting_.push_back(std::move(done)); }
    void count_visit(std::string, std::vector<std::string>) override {}
    void keep_for(std::chrono::days, std::chrono::days) override {}
    bool run(StoreJob) override { return false; }
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

core::Result<std::unique_ptr<AnswerKeeper>> open_answer_keeper(const std::filesystem::path& data, const std::string& kiosk_id,
                                                               OfficeKeys keys, const core::Clock& clock,
                                                               core::Random& random, std::function<void()> wake) {
    auto keeper = std::make_unique<StoredAnswers>(std::move(keys));
    if (auto opened = keeper->open(data, kiosk_id, clock, random, std::move(wake)); !opened) return opened.error();
    return std::unique_ptr<AnswerKeeper>(std::move(keeper));
}

std::unique_ptr<AnswerKeeper> make_forgetful_keeper() { return std::make_unique<ForgetfulAnswers>(); }

}  // namespace kiosk
