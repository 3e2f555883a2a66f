// Detects, reads, and writes again what was read: the second reading must succeed.
#include "core/csv.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::istringstream in(bytes);
  std::string written;
  const auto done = linli::csv::read(in, linli::csv::detect(bytes.substr(0, 4096)),
                                     [&](int64_t, const linli::csv::Row& fields) {
                                       written += linli::csv::write(fields);
                                       return true;
                                     });
  std::istringstream again(written);
  const auto second = linli::csv::read(again, linli::csv::Format(),
                                       [](int64_t, const linli::csv::Row&) { return true; });
  if (done && !second) std::abort();
  return 0;
}
