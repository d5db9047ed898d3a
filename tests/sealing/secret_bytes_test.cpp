#include <kiosk/sealing/secret_bytes.hpp>

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

using kiosk::sealing::SecretBytes;

TEST_CASE("secret memory begins as zeros and holds what is put in") {
    SecretBytes secret(3);
    CHECK(secret.size() == 3);
    CHECK(secret.text() == std::string_view("\0\0\0", 3));
    CHECK(SecretBytes::copy_of("khóa").text() == "khóa");
    CHECK(SecretBytes::copy_of("").empty());
    CHECK(SecretBytes{}.empty());
    CHECK(SecretBytes(0).empty());
}

TEST_CASE("secret memory moves without leaving a copy behind") {
    SecretBytes first = SecretBytes::copy_of("one");
    SecretBytes second = std::move(first);
    CHECK(second.text() == "one");
    SecretBytes third = SecretBytes::copy_of("two");
    third = std::move(second);
    CHECK(third.text() == "one");
}

TEST_CASE("shrunk secret memory forgets its tail") {
    SecretBytes secret = SecretBytes::copy_of("abcdef");
    const std::byte* tail = secret.data() + 2;
    secret.shrink_to(2);
    CHECK(secret.text() == "ab");
    CHECK(tail[0] == std::byte{0});
    CHECK(tail[3] == std::byte{0});
    secret.shrink_to(2);
    CHECK(secret.text() == "ab");
}

TEST_CASE("more secret memory than there is ends as an exception the library catches") {
    CHECK_THROWS_AS(SecretBytes(~std::size_t{0} / 2), std::bad_alloc);
}

TEST_CASE("memory used again holds nothing of what it held, even beyond what was left of it") {
    const std::byte* where = nullptr;
    {
        SecretBytes secret = SecretBytes::copy_of("một khóa bí mật");
        where = secret.data();
        secret.shrink_to(3);
    }
    const std::size_t size = SecretBytes::copy_of("một khóa bí mật").size();
    SecretBytes again(size);
    CHECK(again.data() == where);
    CHECK(std::all_of(again.data(), again.data() + size, [](std::byte byte) { return byte == std::byte{0}; }));
}

TEST_CASE("secrets may go in another thread, and after their thread's spare memory has gone") {
    SecretBytes made_there;
    std::thread([&] { made_there = SecretBytes::copy_of("ở đây"); }).join();
    CHECK(made_there.text() == "ở đây");
    std::thread([secret = std::move(made_there)] { CHECK(secret.text() == "ở đây"); }).join();
    std::thread([] {
        thread_local SecretBytes last;            // made before the spare memory, so gone after it
        last = SecretBytes::copy_of("cuối cùng");
    }).join();
    std::string made_last;
    std::thread([&] {
        struct MakesOneMore {
            std::string* made = nullptr;
            ~MakesOneMore() { *made = SecretBytes::copy_of("một nữa").text(); }
        };
        thread_local MakesOneMore at_the_end;     // the same
        at_the_end.made = &made_last;
        static_cast<void>(SecretBytes::copy_of("trước"));
    }).join();
    CHECK(made_last == "một nữa");
}
