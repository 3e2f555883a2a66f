// Opening hours that parse are written to the same again, and change only in the future.
#include "core/opening_hours.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using linli::OpeningHours;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto hours = OpeningHours::parse(text);
  if (!hours) return 0;
  const auto again = OpeningHours::parse(hours->text());
  if (!again || !(*again == *hours)) std::abort();
  const linli::time::Instant now = linli::time::start_of(20250301) + 9 * linli::time::kHour;
  const auto state = hours->at(linli::Calendar(), now);
  if (state.until && *state.until <= now) std::abort();
  const double length = hours->hours_a_day();
  if (!(length >= 0 && length <= 24)) std::abort();
  return 0;
}
