// Records as expressions see them, by the thousand: read in steps by key, no column twice, and none
// that no expression can see (what is sealed, what is searched).
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "domain/registers/api.h"
#include "domain/registers/rules.h"
#include "domain/registers/store.h"
#include "domain/registers/store_text.h"
#include "domain/registers/tables.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

constexpr int64_t kRecordsAtOnce = 2000;

struct Read {
  std::string id;
  int64_t village = 0;
  region::Code place;
  std::vector<Value> values;
};
using Labels = std::unordered_map<std::string, std::vector<host::HeldLabel>>;

// What scope_values() makes of a row, as columns: of a sensitive value, that it is known; of one
// that nobody needs, nothing.
std::string seen_columns(const pack::Register& kind, const expr::Needs* needs) {
  std::string list;
  const std::vector<Origin> from = origins(kind);
  for (size_t i = 0; i < from.size(); ++i) {
    const Origin& origin = from[i];
    const bool needed = needs == nullptr || needs->variables.contains(kind.scope.variables[i].name);
    const std::string column = needed ? store::column_of(kind, origin) : "";
    const bool sealed =
        origin.from == Origin::From::field && is_sensitive(kind.fields[origin.field]);
    if (column.empty()) {
      list += ", NULL";
    } else if (sealed) {
      list += ", CASE WHEN " + column + " IS NULL THEN NULL ELSE '*' END";
    } else {
      list += ", " + column;
    }
  }
  return list;
}

// The labels of the records from one key to another, by the record's id. Joined with '' so that no
// index of all labels of the kind looks better than the range of keys.
Labels labels_between(db::Tx& tx, const pack::Register& kind, const Read& first, const Read& last) {
  Labels labels;
  tx.each(
      "SELECT record_id, label, from_on, to_on FROM register_label"
      " WHERE (village, record_id) >= ($1, $2) AND (village, record_id) <= ($3, $4)"
      " AND kind || '' = $5",
      {first.village, first.id, last.village, last.id, kind.key}, [&](const db::Row& row) {
        labels[row.text(0)].push_back({row.text(1), row.integer(2), row.maybe_integer(3)});
        return true;
      });
  return labels;
}

}  // namespace

void each_record(
    db::Tx& tx, const pack::Register& kind, region::Code first, region::Code last,
    const std::function<void(const std::string& id, const host::Change::Side&)>& record,
    const expr::Needs* needs) {
  const std::string sql = "SELECT t.id, t.village, t.place" + seen_columns(kind, needs) + " FROM " +
                          table_name(kind.key) +
                          " t WHERE (t.village, t.id) > ($1, $2) AND t.village <= $3"
                          " AND t.place BETWEEN $4 AND $5 ORDER BY t.village, t.id LIMIT $6";
  const std::vector<host::HeldLabel> none;
  const bool labelled = !kind.labels.empty() && (needs == nullptr || !needs->labels.empty());
  std::vector<Read> step;
  int64_t village = first.village().padded();
  std::string id;
  do {
    step.clear();
    tx.each(sql, {village, id, last.padded(), first.padded(), last.padded(), kRecordsAtOnce},
            [&](const db::Row& row) {
              Read& read = step.emplace_back(
                  Read{row.text(0), row.integer(1), region::Code(row.integer(2)), {}});
              read.values.reserve(row.size() - 3);
              for (size_t i = 3; i < row.size(); ++i) read.values.push_back(row.value(i));
              return true;
            });
    if (step.empty()) return;
    const Labels labels = labelled ? labels_between(tx, kind, step.front(), step.back()) : Labels();
    for (const Read& read : step) {
      const auto held = labels.find(read.id);
      record(read.id, {read.place, &read.values, held == labels.end() ? &none : &held->second});
    }
    village = step.back().village;
    id = step.back().id;
  } while (std::ssize(step) == kRecordsAtOnce);
}

}  // namespace linli::registers
