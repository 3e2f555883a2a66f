#include "net/file.h"

#include <array>
#include <ctime>
#include <stdexcept>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linli::net {

File::File(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  struct stat info {};
  if (descriptor_ >= 0 && (::fstat(descriptor_, &info) != 0 || !S_ISREG(info.st_mode)))
    ::close(std::exchange(descriptor_, -1));
}

File::~File() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

uint64_t File::size() const {
  struct stat info {};
  if (::fstat(descriptor_, &info) != 0) throw std::runtime_error("cannot stat an open file");
  return static_cast<uint64_t>(info.st_size);
}

int64_t File::modified_ns() const {
  struct stat info {};
  if (::fstat(descriptor_, &info) != 0) throw std::runtime_error("cannot stat an open file");
  return int64_t{info.st_mtim.tv_sec} * 1'000'000'000 + info.st_mtim.tv_nsec;
}

void File::read(uint64_t offset, char* buffer, size_t count) const {
  while (count > 0) {
    const ssize_t got = ::pread(descriptor_, buffer, count, static_cast<off_t>(offset));
    if (got <= 0) throw std::runtime_error("a file became shorter while it was sent");
    buffer += got;
    offset += static_cast<uint64_t>(got);
    count -= static_cast<size_t>(got);
  }
}

std::string_view media_type(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 24> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".mjs", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".geojson", "application/geo+json"},
      {".map", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".xml", "application/xml"},
      {".csv", "text/csv; charset=utf-8"},
      {".txt", "text/plain; charset=utf-8"},
      {".md", "text/plain; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".jpeg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".pdf", "application/pdf"},
      {".pmtiles", "application/vnd.pmtiles"},
      {".mvt", "application/vnd.mapbox-vector-tile"},
      {".pbf", "application/x-protobuf"},
      {".wasm", "application/wasm"},
  }};
  for (const auto& [ending, type] : kTypes)
    if (path.size() >= ending.size() && path.substr(path.size() - ending.size()) == ending)
      return type;
  return "application/octet-stream";
}

bool is_compressible(std::string_view type) {
  type = type.substr(0, type.find(';'));
  return type.substr(0, 5) == "text/" || type == "application/json" || type == "application/xml" ||
         type == "image/svg+xml" || type == "application/geo+json" ||
         type == "application/problem+json" || type == "application/manifest+json" ||
         type == "application/wasm";
}

std::string http_date(int64_t unix_seconds) {
  const auto seconds = static_cast<time_t>(unix_seconds);
  struct tm parts {};
  gmtime_r(&seconds, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace linli::net
