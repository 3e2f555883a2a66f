#include "domain/registers/features.h"

#include <algorithm>
#include <charconv>

#include "domain/registers/rules.h"
#include "domain/registers/store_point.h"
#include "domain/registers/store_text.h"
#include "domain/registers/values.h"
#include "domain/registers/view.h"

namespace linli::registers {

namespace {

// Rows a statement: the page, and some for what lies beside the box.
constexpr int64_t kLeastAtOnce = 100;

cell::Position position_in(const json::Value& item, const pack::Field& point) {
  const json::Value* at = item.find("values")->find(point.name);
  return {at->number("lon"), at->number("lat")};
}

// What of a record a feature says: all visible fields, or what a map says at once.
json::Object properties_of(const json::Value& item, const PointScope& scope,
                           const std::vector<const pack::Field*>& fields) {
  json::Object properties;
  const json::Value& values = *item.find("values");
  for (const pack::Field* field : fields) {
    if (const json::Value* value = values.find(field->name)) {
      properties.emplace_back(field->name, *value);
    }
  }
  const pack::Field* service = service_of(*scope.kind);
  const json::Value* open = service == nullptr ? nullptr : values.find(service->name);
  if (!scope.closed && open != nullptr && *open == json::Value(false)) {
    properties.emplace_back("closed", true);
  }
  properties.emplace_back("place", item.text("place"));
  properties.emplace_back("place_name", item.text("place_name"));
  if (scope.whole) properties.emplace_back("updated_at", item.text("updated_at"));
  return properties;
}

Result<std::string> equal_sql(const host::Services& services, const host::Actor& actor,
                              const PointScope& scope, const FeatureQuery& query, time::Date today,
                              db::Params& params) {
  const std::vector<const pack::Field*> visible = feature_fields(actor, scope);
  std::string sql;
  std::vector<FieldError> errors;
  for (const auto& [name, text] : query.equal) {
    const auto field = std::find_if(visible.begin(), visible.end(),
                                    [&](const pack::Field* one) { return one->name == name; });
    if (field == visible.end() || is_sensitive(**field)) {
      errors.push_back({"/" + name, "field.unknown", ""});
      continue;
    }
    Value value;
    Misfit misfit;
    const json::Value wire = wire_of_cell(**field, *services.content, text);
    if (!read_value(**field, *services.content, wire, today, value, misfit)) {
      errors.push_back({"/" + name, misfit.code, misfit.expected});
      continue;
    }
    sql += " AND t." + quoted(name) + " = " + store::parameter(params, value);
  }
  if (!errors.empty()) return refuse_fields(std::move(errors));
  return sql;
}

bool fits_cursor(const std::vector<Value>& after) {
  return after.size() == 4 && std::holds_alternative<int64_t>(after[0]) &&
         std::holds_alternative<int64_t>(after[1]) && std::holds_alternative<int64_t>(after[2]) &&
         std::holds_alternative<std::string>(after[3]);
}

// Rows with a point, by cell; the cell stands behind the row's own columns.
struct Found {
  store::Row row;
  int64_t cell = 0;
  std::vector<Value> cursor() const {
    return {cell, row.village().padded(), row.place.padded(), row.id};
  }
};

struct Search {
  db::Tx& tx;
  const PointScope& scope;
  const FeatureQuery& query;
  const int64_t at_once = std::max(query.limit + 1, kLeastAtOnce);
  const std::string cell = "t." + quoted(cell_column(*point_of(*scope.kind)));

  std::vector<Found> rows(cell::Range range, const std::vector<Value>& after,
                          const std::string& equal, db::Params params) const {
    std::string sql = "SELECT " + store::column_list(*scope.kind, "t") + ", " + cell + " FROM " +
                      table_name(scope.kind->key) + " t WHERE " + cell + " BETWEEN " +
                      store::parameter(params, range.first) + " AND " +
                      store::parameter(params, range.last) + " AND " +
                      store::scope_condition(scope, params) + equal;
    if (query.from) sql += " AND t.updated_at >= " + store::parameter(params, *query.from);
    if (query.to) sql += " AND t.updated_at <= " + store::parameter(params, *query.to);
    if (!after.empty()) {
      sql += " AND (" + cell + ", t.village, t.place, t.id) > (";
      for (size_t i = 0; i < after.size(); ++i) {
        sql += (i == 0 ? "" : ", ") + store::parameter(params, after[i]);
      }
      sql += ")";
    }
    sql += " ORDER BY " + cell + ", t.village, t.place, t.id LIMIT " +
           store::parameter(params, at_once);
    std::vector<Found> found;
    tx.each(sql, params, [&](const db::Row& row) {
      Found one{store::read_row(row), row.integer(row.size() - 1)};
      one.row.columns.pop_back();
      found.push_back(std::move(one));
      return true;
    });
    return found;
  }
};

std::vector<cell::Range> ranges_of(const Box& box) {
  if (box.west <= box.east) return cell::cover(box.west, box.south, box.east, box.north);
  std::vector<cell::Range> all = cell::cover(-180, box.south, box.east, box.north);
  for (const cell::Range& range : cell::cover(box.west, box.south, 180, box.north)) {
    all.push_back(range);
  }
  std::sort(all.begin(), all.end(),
            [](const cell::Range& a, const cell::Range& b) { return a.first < b.first; });
  return all;
}

std::vector<Feature> features_of(db::Tx& tx, host::Services& services, const host::Actor& actor,
                                 const PointScope& scope, const std::vector<store::Row>& rows,
                                 time::Date today) {
  json::Writer out;
  View(tx, services, actor, *scope.kind, today).write_page(out, rows);
  const json::Value page = MUST(json::parse(out.take()));
  const std::vector<const pack::Field*> fields = feature_fields(actor, scope);
  std::vector<Feature> all;
  for (const json::Value& item : page.as_array()) {
    all.push_back({item.text("id"), position_in(item, *point_of(*scope.kind)),
                   properties_of(item, scope, fields)});
  }
  return all;
}

}  // namespace

bool Box::contains(cell::Position at) const {
  const bool between =
      west <= east ? west <= at.lon && at.lon <= east : at.lon >= west || at.lon <= east;
  return between && south <= at.lat && at.lat <= north;
}

std::vector<const pack::Field*> feature_fields(const host::Actor& actor, const PointScope& scope) {
  std::vector<const pack::Field*> fields;
  for (const pack::Field& field : scope.kind->fields) {
    if (&field == point_of(*scope.kind)) continue;
    const bool said = (scope.title && &field == pin_title(*scope.kind)) ||
                      (scope.choice && &field == pin_choice(*scope.kind));
    const bool seen =
        scope.whole && std::all_of(scope.territories.begin(), scope.territories.end(),
                                   [&](region::Code territory) {
                                     return sees(field.see, roles_at(actor, territory));
                                   });
    if (said || seen) fields.push_back(&field);
  }
  return fields;
}

Result<FeaturePage> features(db::Tx& tx, host::Services& services, const host::Actor& actor,
                             const PointScope& scope, const FeatureQuery& query, time::Date today) {
  if (!query.after.empty() && !fits_cursor(query.after)) {
    return refuse(ErrorKind::invalid, "page.bad_cursor");
  }
  db::Params params;
  const std::string equal = TRY(equal_sql(services, actor, scope, query, today, params));
  const Search search{tx, scope, query};
  const Layout layout(*scope.kind);
  std::vector<Found> kept;
  std::vector<Value> after = query.after;
  const auto enough = [&] { return static_cast<int64_t>(kept.size()) > query.limit; };
  for (const cell::Range& range : ranges_of(query.box)) {
    if (!after.empty() && range.last < std::get<int64_t>(after[0])) continue;
    for (bool more = true; more && !enough();) {
      std::vector<Found> rows = search.rows(range, after, equal, params);
      more = static_cast<int64_t>(rows.size()) == search.at_once;
      for (Found& one : rows) {
        after = one.cursor();
        if (!query.box.contains(store::position_of(*scope.kind, one.row))) continue;
        kept.push_back(std::move(one));
        if (enough()) break;
      }
    }
    if (enough()) break;
  }
  FeaturePage page;
  if (enough()) {
    kept.pop_back();
    page.next = kept.back().cursor();
  }
  std::vector<store::Row> rows;
  for (Found& one : kept) rows.push_back(std::move(one.row));
  page.items = features_of(tx, services, actor, scope, rows, today);
  return page;
}

Result<Feature> feature(db::Tx& tx, host::Services& services, const host::Actor& actor,
                        const PointScope& scope, std::string_view id, time::Date today) {
  const auto row = store::load(tx, *scope.kind, id);
  const bool within =
      row && std::any_of(scope.territories.begin(), scope.territories.end(),
                         [&](region::Code territory) { return territory.contains(row->place); });
  if (!within || is_null(store::cell_of(*scope.kind, *row)) || store::left_out(scope, *row)) {
    return refuse(ErrorKind::not_found, "record.not_found", scope.kind->key);
  }
  return features_of(tx, services, actor, scope, {*row}, today).front();
}

}  // namespace linli::registers
