#include "domain/registers/api.h"

#include "core/id.h"
#include "domain/places/api.h"
#include "domain/registers/rules.h"
#include "domain/registers/store.h"
#include "domain/registers/values.h"
#include "domain/registers/view.h"
#include "domain/registers/work.h"

namespace linli::registers {

namespace {

constexpr std::string_view kPerson = "person";
constexpr std::string_view kPhone = "phone";

json::Value names_of(const std::vector<FieldChange>& changes) {
  json::Array names;
  for (const FieldChange& change : changes) names.emplace_back(change.field);
  return json::Object{{"fields", std::move(names)}};
}

// The register and field of a record that refers to this one, or nothing.
std::string referring(db::Tx& tx, const pack::Content& content, const pack::Register& kind,
                      const std::string& id) {
  for (const pack::Register& other : content.registers) {
    for (const pack::Field& field : other.fields) {
      if (field.type != pack::FieldType::reference || field.to != kind.key) continue;
      if (!store::find(tx, other, field.name, id, 1).empty()) return other.key + "." + field.name;
    }
  }
  return {};
}

// What a module computes is nobody's to write.
Done require_written(const pack::Register& kind) {
  if (kind.computed_by.empty()) return {};
  return refuse(ErrorKind::conflict, "register.computed", kind.key);
}

// Saves `after` over `before`, with history, event and observers.
Result<Record> save_over(const Work& work, const store::Row& before_row, const Record& before,
                         Record after, const std::vector<LabelPeriod>& labels,
                         const places::Attributes& attributes, std::vector<FieldChange> changes) {
  const bool moved = after.place != before.place;
  after.version += 1;
  after.updated_at = work.source.at;
  const store::Row row = seal(work.layout, work.services.keyring, after, attributes);
  if (!store::update(work.tx, work.kind(), before_row, row)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  if (moved) {
    changes.insert(changes.begin(), {"place", before.place.text(), after.place.text()});
    if (before.village() != after.village()) {
      store::move_attachments(work.tx, work.key_of(before), after.village());
    }
  }
  json::Value data = names_of(changes);
  work.remember(after, moved ? "moved" : "changed", std::move(changes));
  work.announce(after, moved ? "moved" : "changed", std::move(data));
  work.tell(&before_row, labels, &row, labels);
  return after;
}

}  // namespace

Source source_of(const host::Actor& actor, time::Instant now) {
  return {actor.account_id, actor.name, actor.channel, now};
}

Result<const pack::Register*> register_named(const pack::Content& content, std::string_view key) {
  const pack::Register* found = content.find_register(key);
  if (found == nullptr) {
    return refuse(ErrorKind::not_found, "register.not_found", std::string(key));
  }
  return found;
}

bool shows(const host::Actor& actor, const pack::Field& field, region::Code place) {
  return field.sensitive == pack::Sensitivity::open && sees(field.see, roles_at(actor, place));
}

Result<Record> load(db::Tx& tx, host::Services& services, const pack::Register& kind,
                    std::string_view id) {
  return Work(tx, services, {}, kind).load(id);
}

std::vector<Record> find_exact(db::Tx& tx, host::Services& services, const pack::Register& kind,
                               std::string_view field_name, std::string_view value,
                               time::Date today) {
  constexpr int64_t kMost = 50;
  const pack::Field* field = kind.field(field_name);
  Value plain;
  Misfit misfit;
  if (field == nullptr ||
      !read_value(*field, *services.content, json::Value(value), today, plain, misfit) ||
      is_null(plain)) {
    return {};
  }
  const Layout layout(kind);
  std::vector<Record> records;
  for (const store::Row& row :
       store::find(tx, kind, exact_column(*field),
                   exact_value(kind, *field, services.keyring, plain), kMost)) {
    records.push_back(unseal(layout, services.keyring, row));
  }
  return records;
}

std::optional<Record> person_by_phone(db::Tx& tx, host::Services& services, std::string_view phone,
                                      time::Date today) {
  const pack::Register* person = services.content->find_register(kPerson);
  if (person == nullptr) return std::nullopt;
  std::vector<Record> found = find_exact(tx, services, *person, kPhone, phone, today);
  if (found.size() != 1) return std::nullopt;
  return std::move(found.front());
}

Result<Record> create(db::Tx& tx, host::Services& services, const Source& source,
                      const pack::Register& kind, const NewRecord& wanted) {
  TRY(require_written(kind));
  const Work work(tx, services, source, kind);
  TRY(places::require_active(tx, wanted.place));
  const places::Attributes attributes = places::attributes_of(tx, wanted.place);
  const std::vector<std::string> no_labels;
  const Surroundings around{*services.content, wanted.place, attributes, no_labels, work.today()};
  Record record{
      wanted.id.empty() ? id::make(source.at) : wanted.id, wanted.place, 1, source.at, source.at,
      TRY(lay_over(kind, around, {}, wanted.values))};
  if (!wanted.id.empty()) {
    if (const auto row = store::load(tx, kind, wanted.id)) {
      Record present = unseal(work.layout, services.keyring, *row);
      if (present.values == record.values && present.place == record.place) return present;
      return refuse(ErrorKind::conflict, "record.exists");
    }
  }
  TRY(work.check_against_others(record, {}));
  const store::Row row = seal(work.layout, services.keyring, record, attributes);
  store::insert(tx, kind, {row});
  work.remember(record, "created", differences(kind, {}, record.values));
  work.announce(record, "created", json::Object{});
  work.tell(nullptr, {}, &row, {});
  return record;
}

Result<Record> change(db::Tx& tx, host::Services& services, const Source& source,
                      const pack::Register& kind, std::string_view id, const Edit& edit) {
  TRY(require_written(kind));
  const Work work(tx, services, source, kind);
  const store::Row before_row = TRY(work.load_row(id));
  const Record before = unseal(work.layout, services.keyring, before_row);
  if (before.version != edit.version) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  Record after = before;
  after.place = edit.place.value_or(before.place);
  const bool moved = after.place != before.place;
  if (moved) TRY(places::require_active(tx, after.place));
  const places::Attributes attributes =
      moved ? places::attributes_of(tx, after.place) : before_row.attributes;
  const std::vector<LabelPeriod> labels = store::labels(tx, work.key_of(before));
  const std::vector<std::string> labels_today = held(labels, work.today());
  after.values =
      TRY(lay_over(kind, {*services.content, after.place, attributes, labels_today, work.today()},
                   before.values, edit.values));
  std::vector<FieldChange> changes = differences(kind, before.values, after.values);
  if (changes.empty() && !moved) return before;
  TRY(work.check_against_others(after, before.values));

  return save_over(work, before_row, before, std::move(after), labels, attributes,
                   std::move(changes));
}

Result<Record> relocate(db::Tx& tx, host::Services& services, const Source& source,
                        const pack::Register& kind, std::string_view id, region::Code place) {
  const Work work(tx, services, source, kind);
  const store::Row before_row = TRY(work.load_row(id));
  const Record before = unseal(work.layout, services.keyring, before_row);
  if (before.place == place) return before;
  TRY(places::require_active(tx, place));
  Record after = before;
  after.place = place;
  return save_over(work, before_row, before, std::move(after),
                   store::labels(tx, work.key_of(before)), places::attributes_of(tx, place), {});
}

Done remove(db::Tx& tx, host::Services& services, const Source& source, const pack::Register& kind,
            std::string_view id, int64_t version) {
  TRY(require_written(kind));
  const Work work(tx, services, source, kind);
  const store::Row row = TRY(work.load_row(id));
  const Record record = unseal(work.layout, services.keyring, row);
  const std::string by = referring(tx, *services.content, kind, record.id);
  if (!by.empty()) return refuse(ErrorKind::conflict, "record.referenced", by);
  if (record.version != version || !store::remove(tx, kind, row)) {
    return refuse(ErrorKind::conflict, "record.changed_meanwhile");
  }
  const std::vector<LabelPeriod> labels = store::labels(tx, work.key_of(record));
  store::remove_labels(tx, work.key_of(record));
  work.remember(record, "deleted", differences(kind, record.values, {}));
  work.announce(record, "deleted", json::Object{});
  work.tell(&row, labels, nullptr, {});
  return {};
}

}  // namespace linli::registers
