#include "domain/demo/random.h"

#include <array>
#include <cstdio>
#include <string_view>

#include "core/text.h"

namespace linli::demo {
namespace {

std::string digits(int64_t number, size_t width) {
  std::string text = std::to_string(number);
  if (text.size() < width) text.insert(0, width - text.size(), '0');
  return text;
}

}  // namespace

uint64_t part_of(std::string_view key) {
  uint64_t hash = 14695981039346656037ULL;
  for (const char byte : key) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return hash;
}

std::string make_id(Random& random, time::Instant at) {
  const auto milliseconds = static_cast<uint64_t>(at / 1000);
  const uint64_t high = (milliseconds << 16) | 0x7000 | (random.next() & 0x0fff);
  const uint64_t low = (random.next() & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;
  std::string bytes;
  for (const uint64_t half : {high, low}) {
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes += static_cast<char>((half >> shift) & 0xff);
    }
  }
  std::string id = text::hex(bytes);
  for (const size_t at_dash : {20, 16, 12, 8}) id.insert(at_dash, "-");
  return id;
}

std::string make_id_number(const std::string& region, time::Date birth, int64_t sequence) {
  constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string number = region + digits(birth, 8) + digits(sequence, 3);
  int sum = 0;
  for (size_t i = 0; i < kWeights.size(); ++i) sum += (number[i] - '0') * kWeights[i];
  return number + "10X98765432"[sum % 11];
}

std::string make_credit_code(const std::string& region, int64_t number) {
  constexpr std::string_view kSigns = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::string code = "92" + region + "MA" + digits(number, 6);
  int body_sum = 0;  // the organisation code inside has a check character of its own
  constexpr std::array<int, 8> kBodyWeights = {3, 7, 9, 10, 5, 8, 4, 2};
  constexpr std::string_view kBodySigns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (size_t i = 0; i < kBodyWeights.size(); ++i) {
    body_sum += static_cast<int>(kBodySigns.find(code[8 + i])) * kBodyWeights[i];
  }
  const int body_check = 11 - body_sum % 11;
  code += body_check == 11 ? '0' : body_check == 10 ? 'X' : static_cast<char>('0' + body_check);
  int sum = 0;
  int weight = 1;
  for (const char sign : code) {
    sum += static_cast<int>(kSigns.find(sign)) * weight;
    weight = weight * 3 % 31;
  }
  return code + kSigns[static_cast<size_t>((31 - sum % 31) % 31)];
}

}  // namespace linli::demo
