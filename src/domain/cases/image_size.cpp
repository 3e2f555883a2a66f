// Headers of JPEG (markers up to a frame), PNG (IHDR) and WebP (VP8, VP8L, VP8X): enough to know
// how large a picture would become in memory.
#include "domain/cases/image.h"

namespace linli::cases::image {
namespace {

using std::string_view;

int64_t byte(string_view bytes, size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0;
}
int64_t big16(string_view bytes, size_t at) {
  return byte(bytes, at) << 8 | byte(bytes, at + 1);
}
int64_t big32(string_view bytes, size_t at) {
  return big16(bytes, at) << 16 | big16(bytes, at + 2);
}
int64_t little16(string_view bytes, size_t at) {
  return byte(bytes, at) | byte(bytes, at + 1) << 8;
}
int64_t little24(string_view bytes, size_t at) {
  return little16(bytes, at) | byte(bytes, at + 2) << 16;
}

std::optional<Size> jpeg(string_view bytes) {
  size_t at = 2;
  while (at + 9 < bytes.size()) {
    if (byte(bytes, at) != 0xFF) return std::nullopt;
    const int64_t marker = byte(bytes, at + 1);
    if (marker == 0xFF) {  // filling
      ++at;
      continue;
    }
    const bool frame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (frame) return Size{"image/jpeg", big16(bytes, at + 7), big16(bytes, at + 5)};
    const int64_t length = big16(bytes, at + 2);
    if (length < 2 || marker == 0xDA || marker == 0xD9) return std::nullopt;
    at += 2 + static_cast<size_t>(length);
  }
  return std::nullopt;
}

std::optional<Size> png(string_view bytes) {
  if (bytes.substr(12, 4) != "IHDR") return std::nullopt;
  return Size{"image/png", big32(bytes, 16), big32(bytes, 20)};
}

std::optional<Size> webp(string_view bytes) {
  const string_view chunk = bytes.substr(12, 4);
  if (chunk == "VP8X") return Size{"image/webp", little24(bytes, 24) + 1, little24(bytes, 27) + 1};
  if (chunk == "VP8L") {
    const int64_t bits = little16(bytes, 21) | little16(bytes, 23) << 16;
    return Size{"image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1};
  }
  if (chunk == "VP8 ")
    return Size{"image/webp", little16(bytes, 26) & 0x3FFF, little16(bytes, 28) & 0x3FFF};
  return std::nullopt;
}

}  // namespace

Result<Size> measure(string_view bytes) {
  std::optional<Size> size;
  if (bytes.size() > 30) {
    if (bytes.substr(0, 3) == "\xFF\xD8\xFF") size = jpeg(bytes);
    if (bytes.substr(0, 8) == "\x89PNG\r\n\x1A\n") size = png(bytes);
    if (bytes.substr(0, 4) == "RIFF" && bytes.substr(8, 4) == "WEBP") size = webp(bytes);
  }
  if (!size || size->width <= 0 || size->height <= 0)
    return refuse(ErrorKind::invalid, "attachment.not_an_image");
  return *size;
}

}  // namespace linli::cases::image
