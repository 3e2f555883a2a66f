// A code that parses reads back from its text, and its ancestors contain it.
#include "core/region.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using linli::region::Code;
  const auto code = Code::parse({reinterpret_cast<const char*>(data), size});
  if (!code) return 0;
  const auto again = Code::parse(code->text());
  if (!again || *again != *code) std::abort();
  for (const Code ancestor : code->chain()) {
    if (!ancestor.contains(*code)) std::abort();
  }
  return 0;
}
