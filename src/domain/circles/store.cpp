#include "domain/circles/store.h"

#include "core/id.h"

namespace linli::circles::store {

namespace {

Value number_or_null(const std::optional<Box>& box, const places::Point Box::*corner,
                     double places::Point::*axis) {
  if (!box) return {};
  return (*box).*corner.*axis;
}

}  // namespace

void touch(db::Tx& tx, region::Code village, const std::optional<places::Point>& point,
           time::Instant now) {
  tx.run(
      "INSERT INTO circle_touch (village, id, lon, lat)"
      " VALUES ($1, $2, CAST($3 AS DOUBLE PRECISION), CAST($4 AS DOUBLE PRECISION))",
      {village.padded(), id::make(now), point ? Value(point->lon) : Value(),
       point ? Value(point->lat) : Value()});
}

std::vector<Touch> touches_around(db::Tx& tx, int64_t limit) {
  std::vector<Touch> found;
  tx.each(
      "SELECT village, id, lon, lat FROM circle_touch WHERE lon IS NOT NULL"
      " ORDER BY village, id LIMIT $1",
      {limit}, [&](const db::Row& row) {
        found.push_back(
            {region::Code(row.integer(0)), row.text(1), places::Point{row.real(2), row.real(3)}});
        return true;
      });
  return found;
}

std::vector<region::Code> touched(db::Tx& tx, int64_t limit) {
  std::vector<region::Code> found;
  tx.each("SELECT DISTINCT village FROM circle_touch WHERE lon IS NULL ORDER BY village LIMIT $1",
          {limit}, [&](const db::Row& row) {
            found.emplace_back(row.integer(0));
            return true;
          });
  return found;
}

std::vector<Touch> touches_of(db::Tx& tx, region::Code village) {
  std::vector<Touch> found;
  tx.each("SELECT id FROM circle_touch WHERE village = $1 AND lon IS NULL ORDER BY id",
          {village.padded()}, [&](const db::Row& row) {
            found.push_back({village, row.text(0), std::nullopt});
            return true;
          });
  return found;
}

void forget(db::Tx& tx, const std::vector<Touch>& touches) {
  for (const Touch& touch : touches) {
    tx.run("DELETE FROM circle_touch WHERE village = $1 AND id = $2",
           {touch.village.padded(), touch.id});
  }
}

int64_t facilities_edition(db::Tx& tx) {
  return tx.one("SELECT edition FROM circle_facilities WHERE id = 1")->integer(0);
}

void facilities_changed(db::Tx& tx) {
  tx.run("UPDATE circle_facilities SET edition = edition + 1 WHERE id = 1");
}

void computed(db::Tx& tx, region::Code village, const std::optional<Box>& box,
              std::string_view basis, time::Date due, time::Instant now) {
  tx.run(
      "INSERT INTO circle_village (village, edition, basis, low_lon, low_lat, high_lon, high_lat,"
      " due, stamp) VALUES ($1, 1, $2, CAST($3 AS DOUBLE PRECISION),"
      " CAST($4 AS DOUBLE PRECISION), CAST($5 AS DOUBLE PRECISION),"
      " CAST($6 AS DOUBLE PRECISION), $7, $8)"
      " ON CONFLICT (village) DO UPDATE SET basis = excluded.basis, due = excluded.due,"
      " stamp = excluded.stamp, edition = circle_village.edition + 1,"
      " low_lon = excluded.low_lon, low_lat = excluded.low_lat,"
      " high_lon = excluded.high_lon, high_lat = excluded.high_lat",
      {village.padded(), std::string(basis), number_or_null(box, &Box::low, &places::Point::lon),
       number_or_null(box, &Box::low, &places::Point::lat),
       number_or_null(box, &Box::high, &places::Point::lon),
       number_or_null(box, &Box::high, &places::Point::lat), due, id::make(now)});
}

void drop(db::Tx& tx, region::Code village) {
  tx.run("DELETE FROM circle_village WHERE village = $1", {village.padded()});
}

std::set<region::Code> known(db::Tx& tx) {
  std::set<region::Code> found;
  tx.each("SELECT village FROM circle_village", {}, [&](const db::Row& row) {
    found.insert(region::Code(row.integer(0)));
    return true;
  });
  return found;
}

void expect(db::Tx& tx, const std::vector<region::Code>& villages) {
  for (const region::Code village : villages) {
    tx.run(
        "INSERT INTO circle_village (village, edition, basis) VALUES ($1, 0, '')"
        " ON CONFLICT DO NOTHING",
        {village.padded()});
  }
}

bool meet(const Box& a, const Box& b) {
  return a.low.lon <= b.high.lon && a.high.lon >= b.low.lon && a.low.lat <= b.high.lat &&
         a.high.lat >= b.low.lat;
}

Boxes::Boxes(db::Tx& tx) {
  tx.each(
      "SELECT village, low_lon, low_lat, high_lon, high_lat FROM circle_village"
      " WHERE low_lon IS NOT NULL ORDER BY village",
      {}, [&](const db::Row& row) {
        boxes_.emplace_back(row.integer(0),
                            Box{{row.real(1), row.real(2)}, {row.real(3), row.real(4)}});
        return true;
      });
}

std::vector<region::Code> Boxes::within(const Box& box) const {
  std::vector<region::Code> found;
  for (const auto& [village, homes] : boxes_) {
    if (meet(homes, box)) found.push_back(village);
  }
  return found;
}

std::vector<region::Code> outdated(db::Tx& tx, std::string_view basis, int64_t limit) {
  std::vector<region::Code> found;
  for (const char* sql :
       {"SELECT village FROM circle_village WHERE basis < $1 ORDER BY basis, village LIMIT $2",
        "SELECT village FROM circle_village WHERE basis > $1 ORDER BY basis, village LIMIT $2"}) {
    tx.each(sql, {std::string(basis), limit - static_cast<int64_t>(found.size())},
            [&](const db::Row& row) {
              found.emplace_back(row.integer(0));
              return true;
            });
  }
  return found;
}

std::vector<region::Code> due(db::Tx& tx, std::string_view basis, time::Date today, int64_t limit) {
  std::vector<region::Code> found;
  tx.each(
      "SELECT village FROM circle_village WHERE basis = $1 AND due <= $2 ORDER BY due, village"
      " LIMIT $3",
      {std::string(basis), today, limit}, [&](const db::Row& row) {
        found.emplace_back(row.integer(0));
        return true;
      });
  return found;
}

std::map<region::Code, std::string> stamps(db::Tx& tx, region::Code place, time::Date today) {
  std::map<region::Code, std::string> found;
  tx.each("SELECT village, stamp FROM circle_village WHERE village BETWEEN $1 AND $2 AND due > $3",
          {place.padded(), place.last(), today}, [&](const db::Row& row) {
            found[region::Code(row.integer(0))] = row.text(1);
            return true;
          });
  tx.each(
      "SELECT village, MAX(id) FROM circle_touch WHERE village BETWEEN $1 AND $2 AND lon IS NULL"
      " GROUP BY village",
      {place.padded(), place.last()}, [&](const db::Row& row) {
        found[region::Code(row.integer(0))] = row.text(1) + " " + std::to_string(today);
        return true;
      });
  return found;
}

std::vector<GroupHome> homes(db::Tx& tx, region::Code village) {
  std::vector<GroupHome> found;
  tx.each(
      "SELECT resident_group, urban, lon, lat, residents FROM circle_home WHERE village = $1"
      " ORDER BY number",
      {village.padded()}, [&](const db::Row& row) {
        GroupHome& made = found.emplace_back();
        made.resident_group = row.text(0);
        if (!row.null(1)) made.urban = row.integer(1) != 0;
        made.point = {row.real(2), row.real(3)};
        made.residents = row.integer(4);
        return true;
      });
  return found;
}

void set_homes(db::Tx& tx, region::Code village, const std::vector<GroupHome>& homes) {
  tx.run("DELETE FROM circle_home WHERE village = $1", {village.padded()});
  int64_t number = 0;
  for (const GroupHome& home : homes) {
    tx.run(
        "INSERT INTO circle_home (village, number, resident_group, urban, lon, lat, residents)"
        " VALUES ($1, $2, $3, CAST($4 AS BIGINT), $5, $6, $7)",
        {village.padded(), ++number, home.resident_group,
         home.urban ? Value(int64_t{*home.urban}) : Value(), home.point.lon, home.point.lat,
         home.residents});
  }
}

void mark_room(db::Tx& tx, region::Code village) {
  tx.run("INSERT INTO circle_room (village) VALUES ($1) ON CONFLICT DO NOTHING",
         {village.padded()});
}

std::vector<region::Code> marked_rooms(db::Tx& tx, int64_t limit) {
  std::vector<region::Code> found;
  tx.each("SELECT village FROM circle_room ORDER BY village LIMIT $1", {limit},
          [&](const db::Row& row) {
            found.emplace_back(row.integer(0));
            return true;
          });
  return found;
}

void forget_room(db::Tx& tx, region::Code village) {
  tx.run("DELETE FROM circle_room WHERE village = $1", {village.padded()});
}

Edition edition(db::Tx& tx, region::Code place) {
  const auto row = tx.one(
      "SELECT CAST(COALESCE(SUM(edition), 0) AS BIGINT), COUNT(*) FROM circle_village"
      " WHERE village BETWEEN $1 AND $2",
      {place.first(), place.last()});
  return {row->integer(0), row->integer(1)};
}

bool is_pending(db::Tx& tx, region::Code place, std::string_view basis, time::Date today) {
  return tx.one("SELECT 1 FROM circle_touch WHERE village BETWEEN $1 AND $2 LIMIT 1",
                {place.padded(), place.last()}) ||
         tx.one("SELECT 1 FROM circle_room WHERE village BETWEEN $1 AND $2 LIMIT 1",
                {place.padded(), place.last()}) ||
         tx.one(
             "SELECT 1 FROM circle_village WHERE village BETWEEN $1 AND $2"
             " AND (basis <> $3 OR due <= $4) LIMIT 1",
             {place.padded(), place.last(), std::string(basis), today});
}

}  // namespace linli::circles::store
