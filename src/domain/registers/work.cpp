#include "domain/registers/work.h"

#include "core/id.h"
#include "domain/registers/rules.h"
#include "domain/registers/values.h"

namespace linli::registers {

std::vector<host::HeldLabel> held_labels(const std::vector<LabelPeriod>& periods) {
  std::vector<host::HeldLabel> labels;
  for (const LabelPeriod& period : periods) {
    labels.push_back({period.label, period.from, period.to});
  }
  return labels;
}

Result<store::Row> Work::load_row(std::string_view id) const {
  auto row = store::load(tx, kind(), id);
  if (!row) return refuse(ErrorKind::not_found, "record.not_found", kind().key);
  return std::move(*row);
}

Result<Record> Work::load(std::string_view id) const {
  return unseal(layout, services.keyring, TRY(load_row(id)));
}

Done Work::check_against_others(const Record& record, const Values& before) const {
  std::vector<FieldError> errors;
  for (size_t i = 0; i < kind().fields.size(); ++i) {
    const pack::Field& field = kind().fields[i];
    const Value& value = record.values[i];
    if (is_null(value) || (i < before.size() && before[i] == value)) continue;
    if (field.type == pack::FieldType::reference &&
        !store::exists(tx, field.to, std::get<std::string>(value))) {
      errors.push_back({"/values/" + field.name, "reference.not_found", field.to});
    }
    if (!field.unique) continue;
    const Value exact = exact_value(kind(), field, services.keyring, value);
    for (const store::Row& other : store::find(tx, kind(), exact_column(field), exact, 2)) {
      if (other.id == record.id) continue;
      errors.push_back({"/values/" + field.name, "field.not_unique", ""});
    }
  }
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return {};
}

void Work::remember(const Record& record, std::string action,
                    std::vector<FieldChange> changes) const {
  store::add_history(tx, key_of(record),
                     {id::make(source.at), std::move(action), source, std::move(changes)});
}

void Work::announce(const Record& record, const std::string& what, json::Value data) const {
  data.set("register", kind().key);
  services.announce(tx, {.name = "record." + what,
                         .place = record.place,
                         .subject_id = record.id,
                         .at = source.at,
                         .actor_id = source.actor_id,
                         .data = std::move(data)});
}

void Work::tell(const store::Row* before, const std::vector<LabelPeriod>& labels_before,
                const store::Row* after, const std::vector<LabelPeriod>& labels_after) const {
  const std::vector<host::HeldLabel> labels[] = {held_labels(labels_before),
                                                 held_labels(labels_after)};
  std::vector<Value> values[2];
  host::Change change{kind().key, {}, {}};
  if (before != nullptr) {
    values[0] = layout.scope_values(*before);
    change.before = {before->place, &values[0], &labels[0]};
  }
  if (after != nullptr) {
    values[1] = layout.scope_values(*after);
    change.after = {after->place, &values[1], &labels[1]};
  }
  services.changed(tx, change);
}

}  // namespace linli::registers
