// Work on many records at once: tables from declarations, bulk loads, the stream for figures,
// suspected duplicates.
#include "domain/registers/bulk.h"

#include <map>
#include <utility>

#include "core/id.h"
#include "core/log.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "domain/registers/store_point.h"
#include "domain/registers/work.h"

namespace linli::registers {

namespace {

// What is made already becomes what the register declares.
Done make_table(db::Tx& tx, const pack::Register& kind, const std::optional<Table>& made,
                time::Instant now, bool destructive) {
  const Table wanted = TRY(table_of(kind));
  const Evolution evolution = TRY(evolve(kind.key, made, wanted, destructive));
  for (const std::string& statement : evolution.statements) {
    tx.script(statement);
    log::info("register.table_changed", {{"register", kind.key}, {"statement", statement}});
  }
  store::save_made(tx, kind.key, evolution.result, now);
  return {};
}

Done prepare_one(db::Tx& tx, const pack::Register& kind, time::Instant now, bool destructive) {
  const std::optional<Table> made = store::made(tx, kind.key);
  if (made == TRY(table_of(kind))) return {};
  TRY(make_table(tx, kind, made, now, destructive));
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

struct Load::Rows {
  const pack::Register& kind;
  const crypto::Keyring& keyring;
  const Layout layout{kind};
  std::vector<store::Row> rows = {};
  std::vector<std::pair<store::Key, LabelPeriod>> labels = {};
};

Load::Load(host::Services& services, const pack::Register& kind)
    : rows_(std::make_unique<Rows>(Rows{kind, services.keyring})) {}
Load::~Load() = default;
Load::Load(Load&&) noexcept = default;
Load& Load::operator=(Load&&) noexcept = default;

void Load::add(const Loaded& loaded, const places::Attributes& attributes) {
  const Record& record = loaded.record;
  rows_->rows.push_back(seal(rows_->layout, rows_->keyring, record, attributes));
  for (const LabelPeriod& period : loaded.labels) {
    rows_->labels.emplace_back(store::Key{rows_->kind.key, record.village(), record.id}, period);
  }
}

void Load::write(db::Tx& tx) const {
  store::insert(tx, rows_->kind, rows_->rows);
  store::add_labels(tx, rows_->labels);
}

void drop_indexes(host::Services& services, time::Instant now) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    for (const pack::Register& kind : services.content->registers) {
      const std::optional<Table> made = store::made(tx, kind.key);
      if (made) store::drop_indexes(tx, kind.key, *made, now);
    }
    return {};
  }));
}

Done make_indexes(host::Services& services, time::Instant now) {
  for (const pack::Register& kind : services.content->registers) {
    TRY(services.database.transact([&](db::Tx& tx) -> Done {
      return make_table(tx, kind, store::made(tx, kind.key), now, false);
    }));
  }
  return {};
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
  store::each(tx, kind, {.territories = {village}}, [&](const store::Row& row) {
    present.emplace(key_of(row), row);
    return true;
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
      store::update(tx, kind, known, row);
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

bool all_records(db::Tx& tx, host::Services& services, std::string_view key, region::Code first,
                 region::Code last, const expr::Needs* needs,
                 const std::function<void(const host::Change::Side&)>& record) {
  const pack::Register* kind = services.content->find_register(key);
  if (kind == nullptr) return false;
  each_record(
      tx, *kind, first, last,
      [&](const std::string&, const host::Change::Side& side) { record(side); }, needs);
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
