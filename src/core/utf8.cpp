#include "core/utf8.h"

namespace linli::text {

namespace {

constexpr char32_t kReplacement = 0xfffd;

}  // namespace

bool take(std::string_view& text, char32_t& point) {
  const auto lead = static_cast<unsigned char>(text.front());
  const size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  bool good = size != 0 && lead < 0xf5 && text.size() >= size;
  point = size <= 1 ? lead : lead & (0x7fU >> size);
  for (size_t i = 1; good && i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    good = (next & 0xc0) == 0x80;
    point = point << 6 | (next & 0x3fU);
  }
  const bool shortest = size < 3 || point >= (size == 3 ? 0x800U : 0x10000U);
  good = good && shortest && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  if (!good) point = kReplacement;
  text.remove_prefix(good ? size : 1);
  return good;
}

char32_t take_code_point(std::string_view& text) {
  char32_t point = 0;
  take(text, point);
  return point;
}

void append_code_point(std::string& out, char32_t point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace linli::text
