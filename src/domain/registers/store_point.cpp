#include "domain/registers/store_point.h"

#include <algorithm>
#include <charconv>

#include "domain/registers/points.h"
#include "domain/registers/store_text.h"
#include "domain/registers/values.h"

namespace linli::registers::store {

namespace {

constexpr size_t kRowsAtOnce = 100;

// "lon,lat" as values.cpp writes it.
cell::Position read_point(const std::string& text) {
  cell::Position at;
  const char* end = text.data() + text.size();
  const auto lon = std::from_chars(text.data(), end, at.lon);
  std::from_chars(lon.ptr + 1, end, at.lat);
  return at;
}

Value cell_of_text(const Value& point) {
  const auto* text = std::get_if<std::string>(&point);
  return text == nullptr ? Value() : Value(cell::of(read_point(*text)));
}

const Value& value_in(const pack::Register& kind, const pack::Field* wanted, const Row& row) {
  size_t column = 0;
  for (const pack::Field* field = kind.fields.data(); field != wanted; ++field) {
    column += is_sensitive(*field) ? 2 : 1;
  }
  return row.columns[column];
}

bool says_closed(const Value& in_service) {
  const auto* open = std::get_if<int64_t>(&in_service);
  return open != nullptr && *open == 0;
}

}  // namespace

Value cell_of(const pack::Register& kind, const Row& row) {
  return point_of(kind) == nullptr ? Value() : cell_of_text(value_in(kind, point_of(kind), row));
}

cell::Position position_of(const pack::Register& kind, const Row& row) {
  return read_point(std::get<std::string>(value_in(kind, point_of(kind), row)));
}

bool is_closed(const pack::Register& kind, const Row& row) {
  const pack::Field* service = service_of(kind);
  return service != nullptr && says_closed(value_in(kind, service, row));
}

bool left_out(const PointScope& scope, const Row& row) {
  const auto holds = [&](region::Code at) { return at.contains(row.place); };
  return !scope.closed && is_closed(*scope.kind, row) &&
         std::none_of(scope.own.begin(), scope.own.end(), holds);
}

Spot spot_of(const pack::Register& kind, const Row& row) {
  return {cell_of(kind, row), row.village(), is_closed(kind, row)};
}

std::string closed_kind(const pack::Register& kind) {
  return kind.key + " closed";
}

void Crowds::add(const Spot& spot, int64_t records) {
  const auto* at = std::get_if<int64_t>(&spot.cell);
  if (at == nullptr) return;
  for (const int depth : kCrowdDepths) {
    const int64_t cell = cell::at_depth(*at, depth);
    added_[{false, depth, cell, spot.village.padded()}] += records;
    if (spot.closed) added_[{true, depth, cell, spot.village.padded()}] += records;
  }
}

void Crowds::save(db::Tx& tx) const {
  for (auto next = added_.begin(); next != added_.end();) {
    db::Params params;
    std::string rows;
    for (size_t count = 0; count < kRowsAtOnce && next != added_.end(); ++count, ++next) {
      const auto& [closed, depth, cell, village] = next->first;
      rows += rows.empty() ? "(" : ", (";
      rows += "CAST(" + parameter(params, closed ? closed_kind(kind_) : kind_.key) +
              " AS TEXT), CAST(" + parameter(params, int64_t{depth}) + " AS BIGINT), CAST(" +
              parameter(params, cell) + " AS BIGINT), CAST(" + parameter(params, village) +
              " AS BIGINT), CAST(" + parameter(params, next->second) + " AS BIGINT), 1)";
    }
    tx.run("INSERT INTO register_crowd (kind, depth, cell, village, records, edition) VALUES " +
               rows +
               " ON CONFLICT (kind, depth, cell, village) DO UPDATE SET records ="
               " register_crowd.records + excluded.records, edition = register_crowd.edition + 1",
           params);
  }
}

void locate(db::Tx& tx, const pack::Register& kind) {
  const pack::Field* point = point_of(kind);
  tx.run("DELETE FROM register_crowd WHERE kind IN ($1, $2)", {kind.key, closed_kind(kind)});
  if (point == nullptr) return;
  const std::string table = table_name(kind.key);
  const std::string column = quoted(cell_column(*point));
  const pack::Field* service = service_of(kind);
  const std::string open = service == nullptr ? "CAST(1 AS BIGINT)" : quoted(service->name);
  struct Found {
    int64_t village = 0;
    std::string id;
    Value cell;
    bool closed = false;
  };
  Crowds crowds(kind);
  Found last;
  for (;;) {
    std::vector<Found> found;
    tx.each("SELECT village, id, " + quoted(point->name) + ", " + open + " FROM " + table +
                " WHERE (village, id) > ($1, $2) ORDER BY village, id LIMIT 1000",
            {last.village, last.id}, [&](const db::Row& row) {
              found.push_back({row.integer(0), row.text(1), cell_of_text(row.value(2)),
                               says_closed(row.value(3))});
              return true;
            });
    if (found.empty()) break;
    for (const Found& one : found) {
      crowds.add({one.cell, region::Code(one.village), one.closed}, 1);
      tx.run("UPDATE " + table + " SET " + column +
                 " = CAST($1 AS BIGINT) WHERE village = $2 AND id = $3",
             {one.cell, one.village, one.id});
    }
    last = found.back();
  }
  crowds.save(tx);
}

}  // namespace linli::registers::store
