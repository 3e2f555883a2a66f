#include "net/compress.h"

#include <stdexcept>

#include <brotli/encode.h>
#include <zlib.h>

#include "core/text.h"

namespace linli::net {

namespace {

std::string gzip(std::string_view bytes, int level) {
  constexpr int kGzipWindow = 15 + 16;  // 32 KiB and a gzip header instead of zlib's
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib: cannot start");
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int end = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (end != Z_STREAM_END) throw std::runtime_error("zlib: cannot finish");
  return out;
}

std::string brotli(std::string_view bytes, int quality) {
  size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  if (BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                            reinterpret_cast<const uint8_t*>(bytes.data()), &size,
                            reinterpret_cast<uint8_t*>(out.data())) != BROTLI_TRUE)
    throw std::runtime_error("brotli: cannot compress");
  out.resize(size);
  return out;
}

}  // namespace

std::string_view name_of(Coding coding) {
  switch (coding) {
    case Coding::gzip:
      return "gzip";
    case Coding::brotli:
      return "br";
    case Coding::identity:
      break;
  }
  return "identity";
}

bool accepts(std::string_view accept_encoding, Coding coding) {
  for (const auto& item : text::split(accept_encoding, ',')) {
    const auto parts = text::split(item, ';');
    if (text::trim(parts.front()) != name_of(coding)) continue;
    if (parts.size() == 1) return true;
    const std::string weight = text::trim(parts[1]);
    return weight.find_first_of("123456789") != std::string::npos;
  }
  return coding == Coding::identity;
}

Coding best_coding(std::string_view accept_encoding) {
  if (accepts(accept_encoding, Coding::brotli)) return Coding::brotli;
  return accepts(accept_encoding, Coding::gzip) ? Coding::gzip : Coding::identity;
}

std::string compress(std::string_view bytes, Coding coding, bool thorough) {
  switch (coding) {
    case Coding::gzip:
      return gzip(bytes, thorough ? 9 : 5);
    case Coding::brotli:
      return brotli(bytes, thorough ? 9 : 4);
    case Coding::identity:
      break;
  }
  return std::string(bytes);
}

}  // namespace linli::net
