#include "domain/registers/vault.h"

#include <stdexcept>

#include "domain/registers/values.h"

namespace linli::registers {

namespace {

std::string column_path(const pack::Register& kind, const pack::Field& field) {
  return table_name(kind.key) + "." + field.name;
}

// A sealed value belongs to its record wherever that moves.
std::string context_of(const pack::Register& kind, const pack::Field& field,
                       const std::string& id) {
  return column_path(kind, field) + "." + id;
}

Record without_values(const store::Row& row) {
  return {row.id, row.place, row.version, row.created_at, row.updated_at, {}};
}

}  // namespace

Layout::Layout(const pack::Register& declared)
    : kind(declared), origins(registers::origins(declared)) {
  size_t next = 0;
  for (const pack::Field& field : kind.fields) {
    column.push_back(next);
    next += is_sensitive(field) ? 2 : 1;
  }
}

std::vector<Value> Layout::scope_values(const store::Row& row) const {
  Values values;
  values.reserve(column.size());
  for (const size_t at : column) values.push_back(row.columns[at]);
  return registers::scope_values(kind, origins, values, row.place, row.attributes);
}

store::Row seal(const Layout& layout, const crypto::Keyring& keyring, const Record& record,
                const places::Attributes& attributes) {
  store::Row row{.id = record.id,
                 .place = record.place,
                 .version = record.version,
                 .created_at = record.created_at,
                 .updated_at = record.updated_at,
                 .attributes = attributes,
                 .search = search_text(layout.kind, record.values),
                 .columns = {}};
  for (size_t i = 0; i < layout.kind.fields.size(); ++i) {
    const pack::Field& field = layout.kind.fields[i];
    const Value& value = record.values[i];
    if (!is_sensitive(field)) {
      row.columns.push_back(value);
    } else if (is_null(value)) {
      row.columns.insert(row.columns.end(), 2, Value());
    } else {
      row.columns.emplace_back(
          keyring.seal(std::get<std::string>(value), context_of(layout.kind, field, record.id)));
      row.columns.push_back(exact_value(layout.kind, field, keyring, value));
    }
  }
  return row;
}

Record unseal(const Layout& layout, const crypto::Keyring& keyring, const store::Row& row) {
  Record record = without_values(row);
  for (size_t i = 0; i < layout.kind.fields.size(); ++i) {
    const pack::Field& field = layout.kind.fields[i];
    const Value& value = row.columns[layout.column[i]];
    if (!is_sensitive(field) || is_null(value)) {
      record.values.push_back(value);
      continue;
    }
    const std::string context = context_of(layout.kind, field, row.id);
    Result<std::string> plain = keyring.unseal(std::get<std::string>(value), context);
    if (!plain) throw std::runtime_error("cannot unseal " + context + ": is it the right key?");
    record.values.emplace_back(std::move(*plain));
  }
  return record;
}

Record open_part(const Layout& layout, const store::Row& row) {
  Record record = without_values(row);
  for (size_t i = 0; i < layout.kind.fields.size(); ++i) {
    const bool hidden = is_sensitive(layout.kind.fields[i]);
    record.values.push_back(hidden ? Value() : row.columns[layout.column[i]]);
  }
  return record;
}

Value exact_value(const pack::Register& kind, const pack::Field& field,
                  const crypto::Keyring& keyring, const Value& plain) {
  if (!is_sensitive(field) || is_null(plain)) return plain;
  return keyring.lookup(std::get<std::string>(plain), column_path(kind, field));
}

std::string exact_column(const pack::Field& field) {
  return is_sensitive(field) ? lookup_column(field.name) : field.name;
}

}  // namespace linli::registers
