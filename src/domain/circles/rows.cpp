#include "domain/circles/rows.h"

#include "domain/registers/api.h"

namespace linli::circles {

const pack::Register* reach_register(const pack::Content& content) {
  const pack::Register* kind = content.find_register("circle_reach");
  return kind != nullptr && kind->computed_by == "circles" ? kind : nullptr;
}

registers::Values values_of(const pack::Register& kind, const Reach& row) {
  registers::Values values;
  for (const pack::Field& field : kind.fields) {
    values.push_back(field.name == "circle"             ? Value(row.circle)
                     : field.name == "need"             ? Value(row.need)
                     : field.name == "resident_group"   ? Value(row.resident_group)
                     : field.name == "residents"        ? Value(row.residents)
                     : field.name == "located"          ? Value(row.located)
                     : field.name == "reached"          ? Value(row.reached)
                     : field.name == "estimated"        ? Value(row.estimated)
                     : field.name == "unconnected"      ? Value(row.unconnected)
                     : field.name == "room" && row.room ? Value(*row.room)
                                                        : Value());
  }
  return values;
}

Reach reach_of(const pack::Register& kind, const std::vector<Value>& values) {
  const auto value = [&](std::string_view name) {
    const expr::Variable* variable = kind.scope.find(name);
    return variable == nullptr
               ? Value()
               : values.at(static_cast<size_t>(variable - kind.scope.variables.data()));
  };
  const auto text = [&](std::string_view name) {
    const Value found = value(name);
    return is_null(found) ? std::string() : std::get<std::string>(found);
  };
  const auto number = [&](std::string_view name) {
    const Value found = value(name);
    return is_null(found) ? 0 : std::get<int64_t>(found);
  };
  Reach row{text("circle"),    text("need"),      text("resident_group"), number("residents"),
            number("located"), number("reached"), number("estimated"),    number("unconnected")};
  if (!is_null(value("room"))) row.room = number("room");
  return row;
}

std::vector<Reach> rows_of(db::Tx& tx, const pack::Register& kind, region::Code village) {
  std::vector<Reach> rows;
  registers::each_record(tx, kind, village, region::Code(village.last()),
                         [&](const std::string&, const host::Change::Side& side) {
                           rows.push_back(reach_of(kind, *side.values));
                         });
  return rows;
}

void set_rows(db::Tx& tx, host::Services& services, const pack::Register& kind,
              region::Code village, const std::vector<Reach>& rows, time::Instant now) {
  std::vector<registers::Values> records;
  for (const Reach& row : rows) records.push_back(values_of(kind, row));
  registers::set_computed(tx, services, kind, village, records, kReachKeys, now);
}

}  // namespace linli::circles
