// Between records in the clear and rows with sealed fields. The key stands outside the database.
#pragma once

#include "core/crypto.h"
#include "domain/registers/rules.h"
#include "domain/registers/store.h"

namespace linli::registers {

// A register as this module works with it; made once for a piece of work.
struct Layout {
  explicit Layout(const pack::Register& kind);

  const pack::Register& kind;
  std::vector<size_t> column;   // of each field
  std::vector<Origin> origins;  // of each variable of the scope

  // The values of a record in the order of the scope, out of its row.
  std::vector<Value> scope_values(const store::Row& row) const;
};

store::Row seal(const Layout& layout, const crypto::Keyring& keyring, const Record& record,
                const places::Attributes& attributes);
// A value that does not open under this key is a fault.
Record unseal(const Layout& layout, const crypto::Keyring& keyring, const store::Row& row);
// Only what says nothing about sensitive fields: those are null.
Record open_part(const Layout& layout, const store::Row& row);

// What to look for in a field's exact column.
Value exact_value(const pack::Register& kind, const pack::Field& field,
                  const crypto::Keyring& keyring, const Value& plain);
std::string exact_column(const pack::Field& field);

}  // namespace linli::registers
