// The one thread that touches the store. Jobs run there in the order they were posted; what each returns, its completion,
// runs on the thread that calls drain(), the main loop. After a job's completion was handed over, the store tidies up;
// without jobs it does so once an hour, so that a retention ends on its day on a kiosk nobody uses.
//
//     executor.post([response](Store& store) {
//         auto recorded = store.record(response);
//         return [recorded] { … an event for the main loop … };
//     });
//
// StorageThread is the kiosk's; ImmediateExecutor does the same on the calling thread, for tests and replays. Neither jobs
// nor completions may throw. Destruction runs the jobs that are queued, so that nothing posted is lost; their
// completions are dropped.
#pragma once

#include <kiosk/storage/store.hpp>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace kiosk::storage {

class StorageExecutor {
  public:
    using Completion = std::function<void()>;
    using Job = std::function<Completion(Store&)>;

    virtual ~StorageExecutor() = default;
    virtual void post(Job job) = 0;
    virtual void drain() = 0;  // runs the completions that are ready
};

class ImmediateExecutor final : public StorageExecutor {
  public:
    explicit ImmediateExecutor(std::unique_ptr<Store> store) : store_(std::move(store)) {}
    void post(Job job) override;
    void drain() override;

  private:
    std::unique_ptr<Store> store_;
    std::deque<Completion> completions_;
};

class StorageThread final : public StorageExecutor {
  public:
    // wake is called on the storage thread whenever a completion is ready: it should make the main loop call drain().
    StorageThread(std::unique_ptr<Store> store, std::function<void()> wake,
                  std::chrono::milliseconds tidy_every = std::chrono::hours(1));
    ~StorageThread() override;
    void post(Job job) override;
    void drain() override;

  private:
    void work();

    std::unique_ptr<Store> store_;
    std::function<void()> wake_;
    const std::chrono::milliseconds tidy_every_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<Job> jobs_;
    std::deque<Completion> completions_;
    bool is_ending_ = false;
    std::thread thread_;  // last: it starts when all else is there
};

}  // namespace kiosk::storage
