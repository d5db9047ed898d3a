// The dialogue with speech-dispatcher (SSIP), held with a server of the test's own: what is said, in which language, what
// breaks it off, and what the server's notices are taken for.
#include <kiosk/speech/speech_dispatcher.hpp>
#include <kiosk/test_support/temporary_folder.hpp>

#include <catch2/catch_test_macros.hpp>

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace kiosk;
using namespace std::chrono_literals;

namespace {

// Takes one client, agrees to all it asks, and keeps what was asked.
class Server {
  public:
    Server() {
        const std::string path = (folder_.path() / "socket").string();
        listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        REQUIRE(::bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        REQUIRE(::listen(listener_, 1) == 0);
        ::setenv("SPEECHD_ADDRESS", ("unix_socket:" + path).c_str(), 1);
        ::setenv("SPEECHD_CMD", "/nowhere/speech-dispatcher", 1);
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() {
        ::shutdown(listener_, SHUT_RDWR);
        if (const int client = client_; client >= 0) ::shutdown(client, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }

    void notice(int number, const std::string& what, int message) {
        const std::string code = std::to_string(number);
        send(code + "-" + std::to_string(message) + "\r\n" + code + "-1\r\n" + code + " " + what + "\r\n");
    }
    // What was asked so far, the spoken texts among it as "say TEXT".
    std::vector<std::string> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }
    std::vector<std::string> said() const {
        std::vector<std::string> texts;
        for (const std::string& line : asked())
            if (line.starts_with("say ")) texts.push_back(line.substr(4));
        return texts;
    }
    bool was_asked(const std::string& what) const {
        const auto lines = asked();
        return std::find(lines.begin(), lines.end(), what) != lines.end();
    }
    std::size_t count(const std::string& what) const {
        const auto lines = asked();
        return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), what));
    }

  private:
    void send(const std::string& text) { static_cast<void>(::write(client_, text.data(), text.size())); }
    void keep(std::string line) {
        const std::lock_guard lock(mutex_);
        asked_.push_back(std::move(line));
    }
    bool read_line(std::string& line) {
        line.clear();
        for (char letter = 0; ::read(client_, &letter, 1) == 1;) {
            if (letter == '\n') {
                if (line.ends_with('\r')) line.pop_back();
                return true;
            }
            line.push_back(letter);
        }
        return false;
    }
    void serve() {
        client_ = ::accept(listener_, nullptr, nullptr);
        std::string line;
        for (int message = 0; client_ >= 0 && read_line(line);) {
            std::string asked = line;
            std::transform(asked.begin(), asked.end(), asked.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
            if (asked == "speak") {
                send("230 OK RECEIVING DATA\r\n");
                std::string text;
                while (read_line(line) && line != ".") text += (text.empty() ? "" : "\n") + line;
                keep("say " + text);
                const std::string number = std::to_string(++message);
                send("225-" + number + "\r\n225 OK MESSAGE QUEUED\r\n");
                continue;
            }
            keep(asked);
            if (asked.starts_with("history get client_id")) send("245-1\r\n245 OK CLIENT ID SENT\r\n");
            else if (asked.starts_with("quit")) send("231 HAPPY HACKING\r\n");
            else send("200 OK\r\n");
        }
        if (const int client = client_.exchange(-1); client >= 0) ::close(client);
    }

    test_support::TemporaryFolder folder_;
    int listener_ = -1;
    std::atomic<int> client_{-1};
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    std::thread thread_;
};

template <class Condition>
bool soon(Condition&& condition) {
    for (const auto end = std::chrono::steady_clock::now() + 5s; std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(2ms))
        if (condition()) return true;
    return false;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a page is said item by item, in its language, and the item being read is known from the engine's notices") {
    Server server;
    std::atomic<int> changes = 0;
    auto speaker = speech::connect([&] { ++changes; });
    REQUIRE(speaker);
    (*speaker)->speak({{"text.0", "Ông/bà đánh giá thế nào?"}, {"picture", ""}, {"choice.tot", "Tốt"}}, "vi");
    CHECK(server.was_asked("set self language vi"));
    CHECK(server.said() == Texts{"Ông/bà đánh giá thế nào?", "Tốt"});
    CHECK((*speaker)->reading().empty());
    server.notice(701, "BEGIN", 1);
    CHECK(soon([&] { return (*speaker)->reading() == "text.0"; }));
    server.notice(702, "END", 1);
    CHECK(soon([&] { return (*speaker)->reading().empty(); }));
    server.notice(701, "BEGIN", 2);
    CHECK(soon([&] { return (*speaker)->reading() == "choice.tot"; }));
    CHECK(changes >= 3);
}

TEST_CASE("UX-58: reading is broken off at once, and what the engine still says of it means nothing") {
    Server server;
    auto speaker = speech::connect({});
    REQUIRE(speaker);
    (*speaker)->speak({{"text.0", "Một câu dài"}}, "vi");
    server.notice(701, "BEGIN", 1);
    REQUIRE(soon([&] { return !(*speaker)->reading().empty(); }));
    const std::size_t before = server.count("cancel self");
    const auto began = std::chrono::steady_clock::now();
    (*speaker)->stop();
    CHECK(server.count("cancel self") == before + 1);
    CHECK(std::chrono::steady_clock::now() - began < 100ms);
    CHECK((*speaker)->reading().empty());
    server.notice(703, "CANCELED", 1);
    server.notice(701, "BEGIN", 1);
    std::this_thread::sleep_for(50ms);
    CHECK((*speaker)->reading().empty());
}

TEST_CASE("another page breaks off the one being read") {
    Server server;
    auto speaker = speech::connect({});
    REQUIRE(speaker);
    (*speaker)->speak({{"text.0", "Trang một"}}, "vi");
    const std::size_t before = server.count("cancel self");
    (*speaker)->speak({{"text.0", "Page two"}}, "en");
    CHECK(server.count("cancel self") == before + 1);
    CHECK(server.was_asked("set self language en"));
    CHECK(server.said() == Texts{"Trang một", "Page two"});
}

TEST_CASE("loudness and pace are the engine's, within its bounds") {
    Server server;
    auto speaker = speech::connect({});
    REQUIRE(speaker);
    (*speaker)->set_volume(40);
    (*speaker)->set_rate(-300);
    CHECK(server.was_asked("set self volume 40"));
    CHECK(server.was_asked("set self rate -100"));
}

TEST_CASE("an engine that goes away silences the kiosk and nothing more") {
    auto server = std::make_unique<Server>();
    auto speaker = speech::connect({});
    REQUIRE(speaker);
    server.reset();
    (*speaker)->speak({{"text.0", "Còn ai nghe không?"}}, "vi");
    (*speaker)->stop();
    CHECK((*speaker)->reading().empty());
}

TEST_CASE("where there is no engine, words say what to install") {
    ::setenv("SPEECHD_ADDRESS", "unix_socket:/nowhere/at/all", 1);
    ::setenv("SPEECHD_CMD", "/nowhere/speech-dispatcher", 1);
    const auto speaker = speech::connect({});
    REQUIRE_FALSE(speaker);
    CHECK(speaker.error().code == "speech.not_available");
    CHECK(speaker.error().message.en.find("speech-dispatcher") != std::string::npos);
}
