#include "storage_worker.hpp"

#include <utility>

namespace kiosk {

StorageWorker::StorageWorker(std::function<void()> wake) : wake_(std::move(wake)), thread_([this] { work(); }) {}

StorageWorker::~StorageWorker() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void StorageWorker::run(Job job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    changed_.notify_all();
}

std::vector<app::Event> StorageWorker::take_reports() {
    const std::lock_guard lock(mutex_);
    return std::exchange(reports_, {});
}

void StorageWorker::finish() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return jobs_.empty() && !is_working_; });
}

void StorageWorker::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return !jobs_.empty() || is_stopping_; });
        if (jobs_.empty()) return;
        const Job job = std::move(jobs_.front());
        jobs_.pop_front();
        is_working_ = true;
        lock.unlock();
        app::Event report = job();
        lock.lock();
        reports_.push_back(std::move(report));
        is_working_ = false;
        changed_.notify_all();
        if (wake_) wake_();
    }
}

}  // namespace kiosk
