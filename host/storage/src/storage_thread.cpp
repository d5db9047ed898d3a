#include <kiosk/storage/storage_thread.hpp>

#include <utility>

namespace kiosk::storage {

namespace {

// A failure to tidy is not lost: the store tries again after the next job, and its status tells.
void tidy(Store& store) { static_cast<void>(store.tidy()); }

void run_all(std::deque<StorageExecutor::Completion> completions) {
    for (const auto& completion : completions)
        if (completion) completion();
}

}  // namespace

void ImmediateExecutor::post(Job job) {
    completions_.push_back(job(*store_));
    tidy(*store_);
}

void ImmediateExecutor::drain() { run_all(std::exchange(completions_, {})); }

StorageThread::StorageThread(std::unique_ptr<Store> store, std::function<void()> wake, std::chrono::milliseconds tidy_every)
    : store_(std::move(store)), wake_(std::move(wake)), tidy_every_(tidy_every), thread_([this] { work(); }) {}

StorageThread::~StorageThread() {
    {
        const std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    has_work_.notify_one();
    thread_.join();
}

void StorageThread::post(Job job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    has_work_.notify_one();
}

void StorageThread::drain() {
    std::deque<Completion> ready;
    {
        const std::lock_guard lock(mutex_);
        ready.swap(completions_);
    }
    run_all(std::move(ready));
}

void StorageThread::work() {
    for (;;) {
        Job job;
        {
            std::unique_lock lock(mutex_);
            has_work_.wait_for(lock, tidy_every_, [this] { return is_ending_ || !jobs_.empty(); });
            if (!jobs_.empty()) {
                job = std::move(jobs_.front());
                jobs_.pop_front();
            } else if (is_ending_) {
                return;
            }
        }
        if (!job) {
            tidy(*store_);
            continue;
        }
        Completion completion = job(*store_);
        {
            const std::lock_guard lock(mutex_);
            completions_.push_back(std::move(completion));
        }
        wake_();
        tidy(*store_);
    }
}

}  // namespace kiosk::storage
