#include "net/static_files.h"

#include <filesystem>

#include "net/compress.h"
#include "net/file.h"

namespace linli::net {

namespace fs = std::filesystem;

namespace {

constexpr uint64_t kMaxKept = 4 * 1024 * 1024;  // larger files are sent from the disk
constexpr std::string_view kIndex = "index.html";

std::string read_all(const File& file) {
  std::string bytes(file.size(), '\0');
  file.read(0, bytes.data(), bytes.size());
  return bytes;
}

// The real path of a plain file in the root, or empty.
std::string real_file(const fs::path& root, const std::string& path) {
  std::error_code error;
  const fs::path real = fs::canonical(root / path.substr(1), error);
  if (error || !fs::is_regular_file(real, error)) return {};
  const auto [end, rest] = std::mismatch(root.begin(), root.end(), real.begin(), real.end());
  return end == root.end() ? real.string() : std::string();
}

Response not_found(const Request& request) {
  return problem(Refusal{ErrorKind::not_found, "net.not_found", {}, {}}, request.id);
}

}  // namespace

// One file in memory, with each coding that was asked for so far.
struct StaticFiles::Kept {
  std::mutex mutex;
  int64_t modified_ns = 0;
  uint64_t size = 0;
  std::map<Coding, std::string> bodies;

  const std::string& body(const std::string& path, Coding coding) {
    const std::lock_guard lock(mutex);
    auto& body = bodies[coding];
    const auto& plain = bodies[Coding::identity];
    if (coding == Coding::identity || !body.empty()) return body;
    const File sibling(path + (coding == Coding::brotli ? ".br" : ".gz"));
    body = sibling.is_open() ? read_all(sibling) : compress(plain, coding, true);
    return body;
  }
};

Response StaticFiles::answer(const Request& request) const {
  if (request.method != "GET" && request.method != "HEAD") {
    Response response =
        problem(405, Refusal{ErrorKind::invalid, "net.method_not_allowed", {}, {}}, request.id);
    response.headers.emplace_back("allow", "GET, HEAD");
    return response;
  }
  const std::string path = find(request.path);
  if (path.empty()) return not_found(request);
  Response response{.route = "(files)"};
  const std::string_view type = media_type(path);
  const bool hashed = request.path.compare(0, 8, "/assets/") == 0;
  response.headers.emplace_back("content-type", type);
  response.headers.emplace_back("cache-control",
                                hashed ? "public, max-age=31536000, immutable" : "no-cache");
  const auto kept = keep(path);
  if (!kept) {
    response.file = path;
    return response;
  }
  Coding coding = Coding::identity;
  if (is_compressible(type)) {
    response.headers.emplace_back("vary", "accept-encoding");
    if (kept->size >= 1024) coding = best_coding(request.header("accept-encoding"));
  }
  response.body = kept->body(path, coding);
  if (coding != Coding::identity)
    response.headers.emplace_back("content-encoding", name_of(coding));
  response.headers.emplace_back("etag", '"' + std::to_string(kept->size) + '-' +
                                            std::to_string(kept->modified_ns) + '-' +
                                            std::string(name_of(coding)) + '"');
  response.headers.emplace_back("last-modified", http_date(kept->modified_ns / 1'000'000'000));
  return response;
}

std::string StaticFiles::find(const std::string& path) const {
  if (path.find("/.") != std::string::npos) return {};
  std::error_code error;
  const fs::path root = fs::canonical(folder_, error);
  if (error) return {};
  const bool folder = path.back() == '/';
  if (auto file = real_file(root, folder ? path + std::string(kIndex) : path); !file.empty())
    return file;
  size_t slash = path.rfind('/');
  if (path.find('.', slash) != std::string::npos) return {};
  for (;; slash = path.rfind('/', slash - 1)) {
    if (auto file = real_file(root, path.substr(0, slash + 1) + std::string(kIndex)); !file.empty())
      return file;
    if (slash == 0) return {};
  }
}

// The file in memory as it is on the disk now; null when it is too large to keep.
std::shared_ptr<StaticFiles::Kept> StaticFiles::keep(const std::string& path) const {
  const File file(path);
  if (!file.is_open() || file.size() > kMaxKept) return nullptr;
  const std::lock_guard lock(mutex_);
  auto& kept = kept_[path];
  if (!kept || kept->modified_ns != file.modified_ns() || kept->size != file.size()) {
    kept = std::make_shared<Kept>();
    kept->modified_ns = file.modified_ns();
    kept->size = file.size();
    kept->bodies[Coding::identity] = read_all(file);
  }
  return kept;
}

}  // namespace linli::net
