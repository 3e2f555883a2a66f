// An instant or a date that parses reads back from its text; a length of time can be added.
#include "core/time.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/calendar.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace time = linli::time;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto instant = time::parse(text)) {
    const auto again = time::parse(time::format(*instant));
    if (!again || *again != *instant) std::abort();
  }
  if (const auto date = time::parse_date(text)) {
    if (time::date_of(time::start_of(*date)) != *date) std::abort();
  }
  if (const auto length = linli::Duration::parse(text)) {
    const time::Instant start = time::start_of(20250301);
    if (linli::calendar::add(linli::Calendar(), start, *length) <= start) std::abort();
  }
  return 0;
}
