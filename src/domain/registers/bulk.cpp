// Work on many records at once: tables from declarations, bulk loads, the stream for figures,
// suspected duplicates.
#include "domain/registers/bulk.h"

#include <map>
#include <unordered_map>

#include "core/id.h"
#include "core/log.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "domain/registers/store_point.h"
#include "domain/registers/work.h"

namespace linli::registers {

namespace {

Done prepare_one(db::Tx& tx, const pack::Register& kind, time::Instant now, bool destructive) {
  const Table wanted = TRY(table_of(kind));
  const std::optional<Table> made = store::made(tx, kind.key);
  if (made == wanted) return {};
  const Evolution evolution = TRY(evolve(kind.key, made, wanted, destructive));
  for (const std::string& statement : evolution.statements) {
    tx.script(statement);
    log::info("register.table_changed", {{"register", kind.key}, {"statement", statement}});
  }
  store::save_made(tx, kind.key, evolution.result, now);
  if (made) store::locate(tx, kind);
  return {};
}

// The fields that two records of one thing would share.
std::vector<std::string> telling_fields(const pack::Register& kind) {
  for (const pack::Field& field : kind.fields) {
    if (field.type == pack::FieldType::date && !field.from.empty()) return {kind.title, field.name};
  }
  return {"village", kind.title};
}

}  // namespace

Done prepare(host::Services& services, time::Instant now, bool destructive) {
  return services.database.transact([&](db::Tx& tx) -> Done {
    for (const pack::Register& kind : services.content->registers) {
      TRY(prepare_one(tx, kind, now, destructive));
    }
    for (const std::string& key : store::made_registers(tx)) {
      if (destructive && services.content->find_register(key) == nullptr) store::drop(tx, key);
    }
    return {};
  });
}

void bulk_insert(db::Tx& tx, host::Services& services, const pack::Register& kind,
                 const std::vector<Loaded>& records) {
  const Layout layout(kind);
  std::unordered_map<region::Code, places::Attributes> attributes;
  std::vector<store::Row> rows;
  rows.reserve(records.size());
  for (const Loaded& loaded : records) {
    const region::Code village = loaded.record.village();
    auto known = attributes.find(village);
    if (known == attributes.end()) {
      known = attributes.emplace(village, places::attributes_of(tx, village)).first;
    }
    rows.push_back(seal(layout, services.keyring, loaded.record, known->second));
  }
  store::insert(tx, kind, rows);
  for (const Loaded& loaded : records) {
    const store::Key key{kind.key, loaded.record.village(), loaded.record.id};
    for (const LabelPeriod& period : loaded.labels) store::add_label(tx, key, period);
  }
}

void set_computed(db::Tx& tx, host::Services& services, const pack::Register& kind,
                  region::Code village, const std::vector<Values>& records, size_t keys,
                  time::Instant now) {
  const Source source{.channel = "system", .at = now};
  const Work work(tx, services, source, kind);
  const places::Attributes attributes = places::attributes_of(tx, village);
  const auto key_of = [&](const store::Row& row) {
    return std::vector<Value>(row.columns.begin(), row.columns.begin() + static_cast<long>(keys));
  };
  std::map<std::vector<Value>, store::Row> present;
  store::each_with_labels(tx, kind, village, region::Code(village.last()),
                          [&](const store::Row& row, const std::vector<LabelPeriod>&) {
                            present.emplace(key_of(row), row);
                          });
  std::vector<store::Row> fresh;
  for (const Values& values : records) {
    store::Row row = seal(work.layout, services.keyring,
                          {id::make(now), village, 1, now, now, values}, attributes);
    const auto before = present.find(key_of(row));
    if (before == present.end()) {
      work.tell(nullptr, {}, &row, {});
      fresh.push_back(std::move(row));
      continue;
    }
    const store::Row& known = before->second;
    if (known.columns != row.columns || !(known.attributes == row.attributes)) {
      row.id = known.id;
      row.created_at = known.created_at;
      row.version = known.version + 1;
      store::update(tx, kind, village, row);
      work.tell(&known, {}, &row, {});
    }
    present.erase(before);
  }
  store::insert(tx, kind, fresh);
  for (const auto& [key, row] : present) {
    store::remove(tx, kind, row);
    work.tell(&row, {}, nullptr, {});
  }
}

std::vector<Duplicates> duplicates(db::Tx& tx, const pack::Register& kind,
                                   const std::vector<region::Code>& territories, int64_t limit) {
  const std::vector<std::string> fields = telling_fields(kind);
  const Layout layout(kind);
  std::vector<Duplicates> groups;
  for (const store::Twins& twins : store::twins(tx, kind, territories, fields, limit)) {
    Duplicates group;
    for (const store::Row& row : store::sharing(tx, kind, territories, fields, twins.shared)) {
      group.records.push_back(open_part(layout, row));
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

void each_record(
    db::Tx& tx, const pack::Register& kind, region::Code first, region::Code last,
    const std::function<void(const std::string& id, const host::Change::Side&)>& record) {
  const Layout layout(kind);
  store::each_with_labels(tx, kind, first, last,
                          [&](const store::Row& row, const std::vector<LabelPeriod>& periods) {
                            const std::vector<Value> values = layout.scope_values(row);
                            const std::vector<host::HeldLabel> labels = held_labels(periods);
                            record(row.id, {row.place, &values, &labels});
                          });
}

bool all_records(db::Tx& tx, host::Services& services, std::string_view key, region::Code first,
                 region::Code last, const std::function<void(const host::Change::Side&)>& record) {
  const pack::Register* kind = services.content->find_register(key);
  if (kind == nullptr) return false;
  each_record(tx, *kind, first, last,
              [&](const std::string&, const host::Change::Side& side) { record(side); });
  return true;
}

void follow_place(db::Tx& tx, host::Services& services, const host::Change& change) {
  if (!change.after || change.kind != places::kind_of(region::Level::village)) return;
  if (change.before && *change.before->values == *change.after->values) return;
  const region::Code village = change.after->place;
  const places::Attributes attributes = places::attributes_of(tx, village);
  for (const pack::Register& kind : services.content->registers) {
    store::set_attributes(tx, kind.key, village, attributes);
  }
}

}  // namespace linli::registers
