#include "domain/grids/store.h"

#include "core/json.h"
#include "host/actor.h"

namespace linli::grids::store {
namespace {

constexpr std::string_view kColumns =
    "id, place, version, state, rule, grid_of, names, codes, successors, author, author_name,"
    " created_at, updated_at, reason, done, total, code";
constexpr std::string_view kLineColumns =
    "id, place, version, state, rule, '{}' AS grid_of, '{}' AS names, '{}' AS codes,"
    " '{}' AS successors, author, author_name, created_at, updated_at, reason, done, total, code";

template <class Key, class Item, class ToText, class ToJson>
std::string object_of(const std::map<Key, Item>& items, ToText key, ToJson item) {
  json::Object made;
  for (const auto& [name, value] : items) made.emplace_back(key(name), item(value));
  return json::write(made);
}

std::string same(const std::string& text) {
  return text;
}
std::string digits(int32_t number) {
  return std::to_string(number);
}
json::Value whole(int32_t number) {
  return static_cast<int64_t>(number);
}
json::Value text(const std::string& name) {
  return name;
}

json::Value all(const std::vector<Code>& codes) {
  json::Array list;
  for (const Code code : codes) list.emplace_back(code.padded());
  return list;
}

std::string write_rule(const LocalRule& rule) {
  return json::write(json::Object{{"standard", rule.standard},
                                  {"least", rule.least},
                                  {"most", rule.most},
                                  {"by_groups", rule.by_groups}});
}

LocalRule read_rule(const std::string& text) {
  const json::Value value = MUST(json::parse(text));
  return {value.text("standard"), value.number("least"), value.number("most"),
          value.flag("by_groups")};
}

GridOf read_grids(const std::string& text) {
  GridOf made;
  const json::Value value = MUST(json::parse(text));
  for (const auto& [house, grid] : value.as_object()) {
    made[house] = static_cast<int32_t>(grid.as_int());
  }
  return made;
}

Draft read(const db::Row& row) {
  Draft draft;
  draft.id = row.text(0);
  draft.place = Code(row.integer(1));
  draft.version = row.integer(2);
  draft.state = draft_state_named(row.text(3));
  draft.rule = read_rule(row.text(4));
  draft.grid_of = read_grids(row.text(5));
  const json::Value names = MUST(json::parse(row.text(6)));
  for (const auto& [number, name] : names.as_object()) {
    draft.names[std::stoi(number)] = name.as_string();
  }
  const json::Value codes = MUST(json::parse(row.text(7)));
  for (const auto& [number, code] : codes.as_object()) {
    draft.codes[std::stoi(number)] = Code(code.as_int());
  }
  const json::Value successors = MUST(json::parse(row.text(8)));
  for (const auto& [number, list] : successors.as_object()) {
    std::vector<Code>& into = draft.successors[std::stoi(number)];
    for (const json::Value& code : list.as_array()) into.emplace_back(code.as_int());
  }
  draft.author = row.text(9);
  draft.author_name = row.text(10);
  draft.created_at = row.integer(11);
  draft.updated_at = row.integer(12);
  draft.reason = row.text(13);
  draft.done = row.integer(14);
  draft.total = row.integer(15);
  draft.code = row.text(16);
  return draft;
}

db::Params values(const Draft& draft) {
  return {draft.village().padded(),
          draft.id,
          draft.place.padded(),
          draft.version,
          std::string(name_of(draft.state)),
          write_rule(draft.rule),
          object_of(draft.grid_of, same, whole),
          object_of(draft.names, digits, text),
          object_of(draft.codes, digits, [](Code code) { return json::Value(code.padded()); }),
          object_of(draft.successors, digits, all),
          draft.author,
          draft.author_name,
          draft.created_at,
          draft.updated_at,
          draft.reason,
          draft.done,
          draft.total,
          draft.code};
}

}  // namespace

void insert(db::Tx& tx, const Draft& draft) {
  tx.run(
      "INSERT INTO grid_draft (village, id, place, version, state, rule, grid_of, names, codes,"
      " successors, author, author_name, created_at, updated_at, reason, done, total, code)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
      values(draft));
}

bool update(db::Tx& tx, const Draft& draft) {
  return tx.affected(
             "UPDATE grid_draft SET place = $3, version = $4, state = $5, rule = $6, grid_of = $7,"
             " names = $8, codes = $9, successors = $10, author = $11, author_name = $12,"
             " created_at = $13, updated_at = $14, reason = $15, done = $16, total = $17,"
             " code = $18"
             " WHERE village = $1 AND id = $2 AND version = $4 - 1",
             values(draft)) == 1;
}

std::optional<Draft> load(db::Tx& tx, std::string_view id) {
  const auto row = tx.one("SELECT " + std::string(kColumns) + " FROM grid_draft WHERE id = $1",
                          {std::string(id)});
  if (!row) return std::nullopt;
  return read(*row);
}

std::vector<Draft> list(db::Tx& tx, const std::vector<Code>& territories, bool ended,
                        const std::vector<Value>& after, int64_t limit) {
  db::Params params = {limit, ended ? int64_t{1} : int64_t{0}};
  std::string sql = "SELECT " + std::string(kLineColumns) + " FROM grid_draft WHERE " +
                    host::scope_sql("place", territories, params) +
                    " AND ($2 = 1 OR state = 'draft' OR state = 'applying' OR state = 'stopped')";
  if (after.size() == 2) {
    params.push_back(after[0]);
    params.push_back(after[1]);
    const std::string last = std::to_string(params.size());
    sql += " AND (village, id) > ($" + std::to_string(params.size() - 1) + ", $" + last + ")";
  }
  std::vector<Draft> found;
  tx.each(sql + " ORDER BY village, id LIMIT $1", params, [&](const db::Row& row) {
    found.push_back(read(row));
    return true;
  });
  return found;
}

std::vector<std::string> applying(db::Tx& tx) {
  std::vector<std::string> ids;
  tx.each("SELECT id FROM grid_draft WHERE state = 'applying' ORDER BY id", {},
          [&](const db::Row& row) {
            ids.push_back(row.text(0));
            return true;
          });
  return ids;
}

bool is_applying(db::Tx& tx, Code village) {
  return tx
      .one("SELECT 1 AS there FROM grid_draft WHERE village = $1 AND state = 'applying'",
           {village.padded()})
      .has_value();
}

void tell_progress(db::Tx& tx, const Draft& draft) {
  tx.run("UPDATE grid_draft SET done = $3, total = $4 WHERE village = $1 AND id = $2",
         {draft.village().padded(), draft.id, draft.done, draft.total});
}

void push(db::Tx& tx, const Draft& draft, const Step& step) {
  tx.run(
      "INSERT INTO grid_draft_step (village, draft, sequence, what, author_name, at, grid_before,"
      " name_before) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {draft.village().padded(), draft.id, step.sequence, step.what, step.author_name, step.at,
       object_of(step.grid_before, same, whole),
       object_of(step.name_before, digits, [](const std::optional<std::string>& name) {
         return name ? json::Value(*name) : json::Value();
       })});
}

std::vector<Step> steps(db::Tx& tx, const Draft& draft, int64_t limit) {
  std::vector<Step> found;
  tx.each(
      "SELECT sequence, what, author_name, at, grid_before, name_before FROM grid_draft_step"
      " WHERE village = $1 AND draft = $2 ORDER BY sequence DESC LIMIT $3",
      {draft.village().padded(), draft.id, limit}, [&](const db::Row& row) {
        Step step{.sequence = row.integer(0),
                  .what = row.text(1),
                  .author_name = row.text(2),
                  .at = row.integer(3),
                  .grid_before = read_grids(row.text(4))};
        const json::Value names = MUST(json::parse(row.text(5)));
        for (const auto& [number, name] : names.as_object()) {
          step.name_before[std::stoi(number)] =
              name.is_null() ? std::nullopt : std::optional(name.as_string());
        }
        found.push_back(std::move(step));
        return true;
      });
  return found;
}

void pop(db::Tx& tx, const Draft& draft, int64_t sequence) {
  tx.run("DELETE FROM grid_draft_step WHERE village = $1 AND draft = $2 AND sequence = $3",
         {draft.village().padded(), draft.id, sequence});
}

}  // namespace linli::grids::store
