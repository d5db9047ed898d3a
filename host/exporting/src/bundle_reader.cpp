#include "manifest.hpp"
#include "zip_archive.hpp"

#include <kiosk/core/sha256.hpp>
#include <kiosk/exporting/bundle.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <map>
#include <optional>
#include <span>
#include <thread>
#include <utility>

namespace kiosk::exporting {
namespace {

using TakePlaintext = std::function<core::Result<void>(core::ByteView)>;

core::Error disagrees() {
    return {"bundle.disagrees",
            {"Nội dung gói dữ liệu không khớp với bản kê hoặc chữ ký của nó. Hãy xuất lại gói này từ kiosk.",
             "The bundle's contents do not agree with its manifest or signature. Export this bundle from the kiosk again."}};
}

core::Error row_damaged(const std::string& name) {
    return {"bundle.row_damaged",
            {"Một câu trả lời trong gói (" + name + ") không mở được bằng khóa này. Nếu cơ quan đã đổi khóa, hãy đưa thêm khóa cũ (--key); nếu không, xuất lại gói từ kiosk.",
             "An answer in the bundle (" + name + ") does not open with this key. If the office changed its keys, give the old one too (--key); else export the bundle again."}};
}

}  // namespace

class OpenedBundle::Implementation {
  public:
    Implementation(core::Bytes zip_bytes, const core::Opener& row_opener) : zip(std::move(zip_bytes)), opener(row_opener) {}

    core::Result<void> read(const BundleSeal& seal) {
        auto opened = ZipReader::open(zip, kMaximumBundleEntries);
        if (!opened) return opened.error();
        archive.emplace(std::move(*opened));
        std::map<std::string, std::uint64_t> others;  // by name: manifest, definitions; rows are only listed
        for (std::uint64_t i = 0; i < archive->size(); ++i) {
            std::string name = archive->name(i);
            if (name.starts_with("answers/")) answers.push_back(i);
            else if (name.starts_with("poll/")) poll.push_back(i);
            else if (!others.emplace(std::move(name), i).second) return disagrees();
        }
        const auto manifest = others.find("manifest.json");
        if (manifest == others.end()) return disagrees();
        auto json = archive->read(manifest->second, kMaximumManifestBytes);
        if (!json) return json.error();
        auto read_header = read_manifest(*json);
        if (!read_header) return read_header.error();
        header = std::move(*read_header);
        if (header.kiosk_id != seal.kiosk_id || header.sequence != seal.sequence ||
            header.sealed_answers != answers.size() || header.poll_records != poll.size() ||
            seal.count != answers.size() + poll.size())
            return disagrees();
        return read_definitions(others);
    }

    // While one batch is handed over in its order, the next is read by one thread, for the archive is one, and opened by all.
    core::Result<void> for_each_row(const std::vector<std::uint64_t>& rows, const TakePlaintext& take) const {
        const auto begin_opening = [&](std::size_t start) {
            return std::async(std::launch::async, [this, batch = std::span(rows).subspan(start, std::min(kBatch, rows.size() - start))] { return open_batch(batch); });
        };
        std::future<core::Result<OpenedRows>> coming = begin_opening(0);
        for (std::size_t start = 0; start < rows.size(); start += kBatch) {
            const auto batch = coming.get();
            if (!batch) return batch.error();
            for (std::size_t i = 0; i < batch->size(); ++i)
                if (!(*batch)[i]) return row_damaged(archive->name(rows[start + i]));
            if (start + kBatch < rows.size()) coming = begin_opening(start + kBatch);
            for (const std::optional<core::Bytes>& row : *batch)
                if (auto taken = take(*row); !taken) return taken;
        }
        return {};
    }

    core::Bytes zip;
    const core::Opener& opener;
    std::optional<ZipReader> archive;
    std::vector<std::uint64_t> answers, poll;
    core::BundleHeader header;
    std::vector<BundledDefinition> definitions;

  private:
    static constexpr std::size_t kBatch = 512;

    using OpenedRows = std::vector<std::optional<core::Bytes>>;   // those that do not open are empty

    core::Result<OpenedRows> open_batch(std::span<const std::uint64_t> rows) const {
        std::vector<core::Bytes> sealed;
        for (const std::uint64_t index : rows) {
            auto row = archive->read(index, kMaximumSealedRowBytes);
            if (!row) return row.error();
            sealed.push_back(std::move(*row));
        }
        return open_all(sealed);
    }

    OpenedRows open_all(const std::vector<core::Bytes>& sealed) const {
        OpenedRows plain(sealed.size());
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t i = next++; i < sealed.size(); i = next++)
                if (auto opened = opener.open(sealed[i])) plain[i] = std::move(*opened);
        };
        constexpr std::size_t kRowsWorthAThread = 32;
        std::vector<std::thread> helpers;
        for (std::size_t i = 1; i < std::min<std::size_t>(std::thread::hardware_concurrency(), sealed.size() / kRowsWorthAThread); ++i)
            helpers.emplace_back(work);
        work();
        for (std::thread& helper : helpers) helper.join();
        return plain;
    }

    core::Result<void> read_definitions(const std::map<std::string, std::uint64_t>& entries) {
        for (const core::FormVersion& form : header.forms) {
            const auto found = entries.find(definition_path(form));
            if (found == entries.end()) return disagrees();
            auto xml = archive->read(found->second, kMaximumDefinitionBytes);
            if (!xml) return xml.error();
            definitions.push_back({form, std::string(reinterpret_cast<const char*>(xml->data()), xml->size())});
        }
        return {};
    }
};

OpenedBundle::OpenedBundle(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}
OpenedBundle::OpenedBundle(OpenedBundle&&) noexcept = default;
OpenedBundle& OpenedBundle::operator=(OpenedBundle&&) noexcept = default;
OpenedBundle::~OpenedBundle() = default;

core::Result<OpenedBundle> OpenedBundle::open(core::ByteView bundle, const BundleSeal& seal, const core::Opener& opener) {
    if (bundle.size() > kMaximumBundleBytes)
        return core::Error{"bundle.too_large", {"Gói dữ liệu lớn hơn mức cho phép (2 GiB) nên không được mở.",
                                                "The bundle is larger than allowed (2 GiB) and was not opened."}};
    if (core::sha256_of(bundle) != seal.sha256) return disagrees();
    auto zip = opener.open(bundle);
    if (!zip) return zip.error();
    auto implementation = std::make_unique<Implementation>(std::move(*zip), opener);
    if (auto read = implementation->read(seal); !read) return read.error();
    return OpenedBundle(std::move(implementation));
}

const core::BundleHeader& OpenedBundle::header() const { return implementation_->header; }
const std::vector<BundledDefinition>& OpenedBundle::definitions() const { return implementation_->definitions; }

core::Result<void> OpenedBundle::for_each_row(const TakePlaintext& take) const {
    if (auto answers = implementation_->for_each_row(implementation_->answers, take); !answers) return answers;
    return implementation_->for_each_row(implementation_->poll, take);
}

}  // namespace kiosk::exporting
