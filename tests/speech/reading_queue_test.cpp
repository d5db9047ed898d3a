#include <reading_queue.hpp>

#include <catch2/catch_test_macros.hpp>

using kiosk::speech::ReadingQueue;

TEST_CASE("the item being read is the one whose message has begun and not ended") {
    ReadingQueue queue;
    queue.queued(1, "title");
    queue.queued(2, "choice.tot");
    CHECK(queue.reading().empty());
    queue.begun(1);
    CHECK(queue.reading() == "title");
    queue.ended(1);
    CHECK(queue.reading().empty());
    queue.begun(2);
    CHECK(queue.reading() == "choice.tot");
}

TEST_CASE("a message that begins before its number is known is still found") {
    ReadingQueue queue;
    queue.begun(7);
    queue.queued(7, "title");
    CHECK(queue.reading() == "title");
}

TEST_CASE("late notices of a page that was left say nothing about the new page") {
    ReadingQueue queue;
    queue.queued(1, "title");
    queue.begun(1);
    queue.clear();
    CHECK(queue.reading().empty());
    queue.begun(1);
    queue.ended(1);
    CHECK(queue.reading().empty());
}
