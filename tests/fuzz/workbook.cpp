// Workbooks: the archive as it comes, and the sheet inside one as XML.
#include "core/workbook.h"

#include <cstddef>
#include <cstdint>

#include "core/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(linli::workbook::read(
      bytes, [](int64_t, const linli::csv::Row& fields) { return fields.size() < 100; }));
  static_cast<void>(linli::xml::each(
      bytes, "row", [](const linli::xml::Element& row) { return row.children.size() < 100; }));
  return 0;
}
