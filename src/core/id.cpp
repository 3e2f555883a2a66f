#include "core/id.h"

#include <algorithm>
#include <mutex>

#include "core/crypto.h"
#include "core/text.h"

namespace linli::id {

namespace {

// The last id's place in time: milliseconds and the 12-bit counter beneath them.
struct Tick {
  uint64_t millis = 0;
  uint64_t counter = 0;
};

// A tick after every earlier one. Within a millisecond the counter goes up; when it is full, or
// when the clock went back, time is borrowed from the future.
Tick next_tick(uint64_t millis, uint64_t random) {
  static std::mutex mutex;
  static Tick last;
  const std::lock_guard lock(mutex);
  if (millis > last.millis) {
    last = {millis, random & 0x3ff};
  } else if (++last.counter > 0xfff) {
    last = {last.millis + 1, random & 0x3ff};
  }
  return last;
}

}  // namespace

std::string make(time::Instant now) {
  std::string bytes = crypto::random_bytes(16);
  const uint64_t random =
      static_cast<unsigned char>(bytes[6]) * 256U + static_cast<unsigned char>(bytes[7]);
  const Tick tick = next_tick(static_cast<uint64_t>(std::max<int64_t>(now, 0)) / 1000, random);
  for (size_t i = 0; i < 6; ++i) bytes[i] = static_cast<char>(tick.millis >> (8 * (5 - i)));
  bytes[6] = static_cast<char>(0x70 | (tick.counter >> 8));
  bytes[7] = static_cast<char>(tick.counter);
  bytes[8] = static_cast<char>(0x80 | (static_cast<unsigned char>(bytes[8]) & 0x3f));
  std::string text = text::hex(bytes);
  for (const size_t dash : {8U, 13U, 18U, 23U}) text.insert(dash, 1, '-');
  return text;
}

bool is_valid(std::string_view text) {
  if (text.size() != 36) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    const bool digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
    if (dash ? text[i] != '-' : !digit) return false;
  }
  return true;
}

}  // namespace linli::id
