#include "workload.hpp"

#include <set>

namespace kiosk::test {

namespace {

constexpr std::uint64_t kSequencesAtMost = 64;

// Draws steps and keeps the books that a perfect store would keep.
class Author {
  public:
    explicit Author(std::uint64_t seed) : random_(seed) {}

    std::vector<Step> write(int count) {
        while (count-- > 0) add(draw());
        return std::move(steps_);
    }

  private:
    struct Kept {
        core::Response response;
        std::uint64_t bundle = 0;
    };

    Step draw() {
        switch (random_.below(16)) {
            case 0: return named(Step::Kind::undo);
            case 1: return named(Step::Kind::withdraw);
            case 2: return amended();
            case 3: return plain(prepared_ == 0 ? Step::Kind::prepare : Step::Kind::deliver, prepared_);
            case 4: return plain(prepared_ == 0 ? Step::Kind::prepare : Step::Kind::deliver, prepared_);
            case 5: return delivered_.empty() ? fresh() : plain(Step::Kind::receipt, *delivered_.begin());
            case 6: return plain(random_.below(4) == 0 ? Step::Kind::again : Step::Kind::note, 0);
            case 7: return plain(Step::Kind::definition, 0);
            case 8:
            case 9:
            case 10: return plain(Step::Kind::tidy, 0);
            default: return fresh();
        }
    }

    static Step plain(Step::Kind kind, std::uint64_t sequence) {
        Step step;
        step.kind = kind;
        step.sequence = sequence;
        return step;
    }

    Step fresh() {
        Step step = plain(Step::Kind::record, 0);
        core::Response& response = step.response;
        response.id = core::ResponseId::make(random_);
        const bool is_poll = random_.below(2) == 0;
        response.activity = is_poll ? "opinion_poll" : "candidate_referral";
        response.storage = is_poll ? StoragePolicy::anonymous : StoragePolicy::sealed;
        response.form = {"form", "1", {}};
        if (!is_poll) response.withdrawal_tag = core::sha256_of(response.id.to_string());
        fill(response);
        return step;
    }

    void fill(core::Response& response) {
        const std::size_t length = response.storage == StoragePolicy::sealed && random_.below(8) == 0 ? 5000 : 20;
        response.document = "<data>" + std::to_string(random_.below(1'000'000)) + std::string(length, 'x') + "</data>";
    }

    // A step about something that was recorded, if there is any such thing.
    Step named(Step::Kind kind) {
        const Kept* kept = any();
        if (kept == nullptr) return fresh();
        Step step = plain(kind, 0);
        step.response = kept->response;
        if (kind == Step::Kind::withdraw && !step.response.withdrawal_tag) step.kind = Step::Kind::undo;
        return step;
    }

    Step amended() {
        Step step = named(Step::Kind::record);
        fill(step.response);
        return step;
    }

    const Kept* any() {
        if (kept_.empty()) return nullptr;
        return &std::next(kept_.begin(), static_cast<std::ptrdiff_t>(random_.below(kept_.size())))->second;
    }

    void add(Step step) {
        const std::string id = step.response.id.to_string();
        switch (step.kind) {
            case Step::Kind::record: kept_[id] = {step.response, 0}; break;
            case Step::Kind::undo:
            case Step::Kind::withdraw: kept_.erase(id); break;
            case Step::Kind::prepare:
                prepared_ = last_ + 1;
                last_ = prepared_;
                move(0, prepared_);
                break;
            case Step::Kind::deliver:
                delivered_.insert(prepared_);
                prepared_ = 0;
                break;
            case Step::Kind::receipt:
                std::erase_if(kept_, [&](const auto& entry) { return entry.second.bundle == step.sequence; });
                delivered_.erase(step.sequence);
                break;
            case Step::Kind::again:
                for (const std::uint64_t sequence : delivered_) move(sequence, 0);
                break;
            case Step::Kind::tidy:
            case Step::Kind::note:
            case Step::Kind::definition: break;
        }
        for (const auto& [name, kept] : kept_) step.after[name] = kept.response.document;
        steps_.push_back(std::move(step));
    }

    void move(std::uint64_t from, std::uint64_t to) {
        for (auto& [id, kept] : kept_)
            if (kept.bundle == from) kept.bundle = to;
    }

    core::SeededRandom random_;
    std::vector<Step> steps_;
    std::map<std::string, Kept> kept_;
    std::set<std::uint64_t> delivered_;
    std::uint64_t prepared_ = 0;
    std::uint64_t last_ = 0;
};

template <class T>
core::Result<void> without_value(const core::Result<T>& result) {
    if (!result) return result.error();
    return {};
}

}  // namespace

std::vector<Step> make_workload(std::uint64_t seed, int steps) { return Author(seed).write(steps); }

core::Sha256 bundle_hash(std::uint64_t sequence) { return core::sha256_of("bundle " + std::to_string(sequence)); }

core::Result<void> perform(const Step& step, storage::Store& store) {
    switch (step.kind) {
        case Step::Kind::record: return store.record(step.response);
        case Step::Kind::undo: return store.undo(step.response.id);
        case Step::Kind::withdraw: return store.withdraw(*step.response.withdrawal_tag);
        case Step::Kind::prepare: {
            const auto prepared = store.prepare();
            if (!prepared && prepared.error().code == "storage.nothing_to_export") return {};
            return without_value(prepared);
        }
        case Step::Kind::deliver: return store.delivered(step.sequence, bundle_hash(step.sequence));
        case Step::Kind::receipt: return store.receipt(step.sequence, bundle_hash(step.sequence));
        case Step::Kind::again: return store.export_again();
        case Step::Kind::tidy: return store.tidy();
        case Step::Kind::note: return store.set_note("note", "value");
        case Step::Kind::definition: return store.keep_definition({"form", "1", {}}, "<h:html/>");
    }
    return {};
}

core::Result<Contents> contents_of(storage::Store& store, const core::Opener& opener) {
    Contents contents;
    const auto take = [&](core::ByteView sealed) -> core::Result<void> {
        const auto payload = opener.open(sealed);
        if (!payload) return payload.error();
        const auto response = core::decode_response(*payload);
        if (!response) return response.error();
        contents[response->id.to_string()] = response->document;
        return {};
    };
    const auto prepared = store.prepare();
    if (!prepared && prepared.error().code != "storage.nothing_to_export") return prepared.error();
    for (std::uint64_t sequence = 1; sequence <= kSequencesAtMost; ++sequence) {
        const auto taken = store.for_each_sealed(sequence, take);
        if (!taken && taken.error().code == "storage.no_such_bundle") break;
        if (!taken) return taken.error();
    }
    return contents;
}

std::optional<std::string> broken_promise(const Contents& found, const Contents& before, const Contents& after) {
    const auto value = [](const Contents& contents, const std::string& id) -> std::optional<std::string> {
        const auto entry = contents.find(id);
        if (entry == contents.end()) return std::nullopt;
        return entry->second;
    };
    std::set<std::string> ids;
    for (const Contents* contents : {&found, &before, &after})
        for (const auto& [id, document] : *contents) ids.insert(id);
    for (const std::string& id : ids) {
        const auto now = value(found, id);
        if (now == value(before, id) || now == value(after, id)) continue;
        return now ? id + " is there, but not as it was confirmed" : id + " was confirmed and is lost";
    }
    return std::nullopt;
}

}  // namespace kiosk::test
