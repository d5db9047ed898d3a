// StorageWorker: the one thread that writes answers. Jobs run in the order given; what each reports is kept until the
// main thread takes it, so that the screen never waits for a disk. wake is called on the storage thread after each job.
//
// The store outlives the worker; destruction finishes every job first: an answer that was confirmed is never dropped.
#pragma once

#include <kiosk/app/event.hpp>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace kiosk {

class StorageWorker {
  public:
    using Job = std::function<app::Event()>;

    explicit StorageWorker(std::function<void()> wake);
    ~StorageWorker();
    StorageWorker(const StorageWorker&) = delete;
    StorageWorker& operator=(const StorageWorker&) = delete;

    void run(Job job);
    std::vector<app::Event> take_reports();
    // Waits until nothing is left to do: for scripts and tests, never while a visitor looks on.
    void finish();

  private:
    void work();

    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Job> jobs_;
    std::vector<app::Event> reports_;
    bool is_working_ = false;
    bool is_stopping_ = false;
    std::thread thread_;   // last: it uses all of the above
};

}  // namespace kiosk
