// Labels and history: what hangs on records.
#include "domain/registers/store.h"
#include "domain/registers/store_text.h"

namespace linli::registers::store {

namespace {

constexpr size_t kRowsAtOnce = 64;

std::string changes_text(const std::vector<FieldChange>& changes) {
  json::Writer out;
  out.begin_array();
  for (const FieldChange& change : changes) {
    out.begin_object().member("field", change.field);
    out.key("before").value(change.before).key("after").value(change.after).end_object();
  }
  out.end_array();
  return out.take();
}

std::vector<FieldChange> read_changes(const std::string& text) {
  std::vector<FieldChange> changes;
  const json::Value tree = MUST(json::parse(text));
  for (const json::Value& item : tree.as_array()) {
    changes.push_back({item.text("field"), *item.find("before"), *item.find("after")});
  }
  return changes;
}

}  // namespace

void add_label(db::Tx& tx, const Key& record, const LabelPeriod& period) {
  add_labels(tx, {{record, period}});
}

void add_labels(db::Tx& tx, const std::vector<std::pair<Key, LabelPeriod>>& periods) {
  for (size_t at = 0; at < periods.size();) {
    const size_t count = periods.size() - at >= kRowsAtOnce ? kRowsAtOnce : 1;
    db::Params params;
    std::string rows;
    for (size_t i = at; i < at + count; ++i) {
      const auto& [record, period] = periods[i];
      const auto next = [&](Value value) { return parameter(params, std::move(value)); };
      rows += rows.empty() ? "(" : ", (";
      rows += next(record.village.padded()) + ", " + next(record.id) + ", " + next(period.id);
      rows += ", " + next(record.kind) + ", " + next(period.label) + ", " + next(period.from);
      rows += ", CAST(" + next(period.to ? Value(*period.to) : Value()) + " AS BIGINT), ";
      rows += next(period.evidence) + ", " + next(period.confirmed_by) + ", ";
      rows += next(period.confirmed_by_name) + ", " + next(period.at) + ")";
    }
    tx.run(
        "INSERT INTO register_label (village, record_id, id, kind, label, from_on, to_on,"
        " evidence, confirmed_by, confirmed_by_name, at) VALUES " +
            rows,
        params);
    at += count;
  }
}

void end_label(db::Tx& tx, const Key& record, std::string_view period_id, time::Date to) {
  tx.run("UPDATE register_label SET to_on = $4 WHERE village = $1 AND record_id = $2 AND id = $3",
         {record.village.padded(), record.id, std::string(period_id), to});
}

void remove_label(db::Tx& tx, const Key& record, std::string_view period_id) {
  tx.run("DELETE FROM register_label WHERE village = $1 AND record_id = $2 AND id = $3",
         {record.village.padded(), record.id, std::string(period_id)});
}

std::vector<LabelPeriod> labels(db::Tx& tx, const Key& record) {
  std::vector<LabelPeriod> periods;
  tx.each(
      "SELECT id, label, from_on, to_on, evidence, confirmed_by, confirmed_by_name, at"
      " FROM register_label WHERE village = $1 AND record_id = $2 ORDER BY from_on, id",
      {record.village.padded(), record.id}, [&](const db::Row& row) {
        periods.push_back({row.text(0), row.text(1), row.integer(2), row.maybe_integer(3),
                           row.text(4), row.text(5), row.text(6), row.integer(7)});
        return true;
      });
  return periods;
}

std::map<std::string, std::vector<std::string>> labels_on(db::Tx& tx, const std::vector<Row>& rows,
                                                          time::Date day) {
  std::map<std::string, std::vector<std::string>> held;
  if (rows.empty()) return held;
  db::Params params = {day};
  std::string keys;
  for (const Row& row : rows) {
    keys += keys.empty() ? "(" : ", (";
    keys += parameter(params, row.village().padded()) + ", ";
    keys += parameter(params, row.id) + ")";
  }
  tx.each("SELECT record_id, label FROM register_label WHERE (village, record_id) IN (VALUES " +
              keys + ") AND from_on <= $1 AND (to_on IS NULL OR to_on > $1) ORDER BY label",
          params, [&](const db::Row& row) {
            held[row.text(0)].push_back(row.text(1));
            return true;
          });
  return held;
}

void add_history(db::Tx& tx, const Key& record, const HistoryItem& item) {
  tx.run(
      "INSERT INTO register_history (village, record_id, id, kind, action, at, actor_id,"
      " actor_name, channel, changes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {record.village.padded(), record.id, item.id, record.kind, item.action, item.source.at,
       item.source.actor_id, item.source.actor_name, item.source.channel,
       changes_text(item.changes)});
}

std::vector<HistoryItem> history(db::Tx& tx, const Key& record, std::string_view before_id,
                                 int64_t limit) {
  std::vector<HistoryItem> items;
  tx.each(
      "SELECT id, action, at, actor_id, actor_name, channel, changes FROM register_history"
      " WHERE village = $1 AND record_id = $2 AND ($3 = '' OR id < $3) ORDER BY id DESC LIMIT $4",
      {record.village.padded(), record.id, std::string(before_id), limit}, [&](const db::Row& row) {
        items.push_back({row.text(0),
                         row.text(1),
                         {row.text(3), row.text(4), row.text(5), row.integer(2)},
                         read_changes(row.text(6))});
        return true;
      });
  return items;
}

void move_attachments(db::Tx& tx, const Key& record, region::Code to) {
  for (const char* sql :
       {"UPDATE register_label SET village = $3 WHERE village = $1 AND record_id = $2",
        "UPDATE register_history SET village = $3 WHERE village = $1 AND record_id = $2"}) {
    tx.run(sql, {record.village.padded(), record.id, to.padded()});
  }
}

void remove_labels(db::Tx& tx, const Key& record) {
  tx.run("DELETE FROM register_label WHERE village = $1 AND record_id = $2",
         {record.village.padded(), record.id});
}

}  // namespace linli::registers::store
