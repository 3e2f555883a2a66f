#include "domain/registers/store_text.h"

#include <algorithm>
#include <stdexcept>

#include "core/expr/sql.h"
#include "core/text.h"
#include "domain/registers/rules.h"
#include "domain/registers/values.h"
#include "host/actor.h"

namespace linli::registers::store {

namespace {

struct Range {
  int64_t first = 0;
  int64_t last = 0;
};

// The villages in which the records of a territory lie.
Range villages(region::Code territory) {
  if (territory.level() > region::Level::village) {
    return {territory.village().padded(), territory.village().padded()};
  }
  return {territory.first(), territory.last()};
}

Range villages(const std::vector<region::Code>& territories) {
  Range all = villages(territories.front());
  for (const region::Code territory : territories) {
    const Range range = villages(territory);
    all = {std::min(all.first, range.first), std::max(all.last, range.last)};
  }
  return all;
}

std::string held_label(std::string_view kind, std::string_view label, time::Date today,
                       db::Params& params) {
  return "l.kind = " + parameter(params, std::string(kind)) +
         " AND l.label = " + parameter(params, std::string(label)) +
         " AND l.from_on <= " + parameter(params, today) + " AND (l.to_on IS NULL OR l.to_on > " +
         parameter(params, today) + ")";
}

std::string where_sql(const pack::Register& kind, const Filter& filter, db::Params& params) {
  const std::vector<Origin> from = origins(kind);
  const expr::SqlNames names{
      .column = [&](size_t variable) -> std::string {
        switch (from.at(variable).from) {
          case Origin::From::place:
            return "t.place";
          case Origin::From::field:
            return "t." + quoted(kind.fields[from[variable].field].name);
          case Origin::From::urban:
            return "t.urban";
          case Origin::From::rural:
            return "(1 - t.urban)";
          case Origin::From::community_types:
            return "t.community_types";
          case Origin::From::nothing:
            break;
        }
        throw std::logic_error("no column for " + kind.scope.variables[variable].name);
      },
      .label =
          [&](std::string_view label, std::vector<Value>& values) {
            return "EXISTS (SELECT 1 FROM register_label l WHERE " +
                   held_label(kind.key, label, filter.today, values) +
                   " AND l.village = t.village AND l.record_id = t.id)";
          },
  };
  return expr::to_sql(*filter.where, names, filter.today, params);
}

}  // namespace

std::string parameter(db::Params& params, Value value) {
  params.push_back(std::move(value));
  return "$" + std::to_string(params.size());
}

std::string column_list(const pack::Register& kind, std::string_view alias) {
  const std::string prefix = std::string(alias) + ".";
  std::string sql;
  for (const std::string_view own : {"village", "id", "place", "version", "created_at",
                                     "updated_at", "urban", "community_types", "search"}) {
    sql += (sql.empty() ? "" : ", ") + prefix + std::string(own);
  }
  for (const Column& column : columns_of(kind)) {
    sql += ", " + prefix + quoted(column.name);
  }
  return sql;
}

Row read_row(const db::Row& row) {
  Row read;
  read.id = row.text(1);
  read.place = region::Code(row.integer(2));
  read.version = row.integer(3);
  read.created_at = row.integer(4);
  read.updated_at = row.integer(5);
  if (!row.null(6)) read.attributes.urban = row.integer(6) != 0;
  if (!row.null(7)) read.attributes.community_types = split_words(row.text(7));
  read.search = row.text(8);
  for (size_t i = 9; i < row.size(); ++i) read.columns.push_back(row.value(i));
  return read;
}

std::string territory_condition(const std::vector<region::Code>& territories, db::Params& params) {
  if (territories.empty()) return "1 = 0";
  const Range range = villages(territories);
  std::string sql = "t.village BETWEEN " + parameter(params, range.first) + " AND " +
                    parameter(params, range.last);
  const bool finer = std::any_of(territories.begin(), territories.end(), [](region::Code code) {
    return code.level() > region::Level::village;
  });
  if (finer || territories.size() > 1) {
    sql += " AND " + host::scope_sql("t.place", territories, params);
  }
  return sql;
}

std::string conditions(const pack::Register& kind, const Filter& filter, db::Params& params) {
  std::string sql = territory_condition(filter.territories, params);
  for (const std::string& word : filter.words) {
    sql += " AND t.search LIKE " + parameter(params, "%" + text::escape_like(word) + "%") +
           " ESCAPE '\\'";
  }
  if (!filter.label.empty() && !filter.territories.empty()) {
    const Range range = villages(filter.territories);
    sql += " AND (t.village, t.id) IN (SELECT l.village, l.record_id FROM register_label l WHERE " +
           held_label(kind.key, filter.label, filter.today, params) + " AND l.village BETWEEN " +
           parameter(params, range.first) + " AND " + parameter(params, range.last) + ")";
  }
  if (filter.where != nullptr) sql += " AND " + where_sql(kind, filter, params);
  return sql;
}

}  // namespace linli::registers::store
