#include "domain/rounds/store.h"

namespace linli::rounds::store {

namespace {

std::string select_round(std::string_view more) {
  return "SELECT id, place, name, weeks, valid_from, valid_to, published_at, published_by,"
         " withdrawn_at FROM mobile_round WHERE " +
         std::string(more);
}

Round round_in(const db::Row& row) {
  return {.id = row.text(0),
          .place = region::Code(row.integer(1)),
          .name = row.text(2),
          .weeks = static_cast<int>(row.integer(3)),
          .valid_from = row.integer(4),
          .valid_to = row.maybe_integer(5),
          .published_at = row.integer(6),
          .published_by = row.text(7),
          .withdrawn_at = row.maybe_integer(8)};
}

std::vector<RoundVisit> visits(db::Tx& tx, std::string_view more, const db::Params& params) {
  std::vector<RoundVisit> found;
  const std::string sql =
      "SELECT id, round_id, village, name, lon, lat, week, weekday, vehicle, arrive_minute,"
      " leave_minute FROM mobile_visit WHERE " +
      std::string(more) + " ORDER BY round_id, week, weekday, vehicle, arrive_minute";
  for (const db::Row& row : tx.query(sql, params)) {
    found.push_back({.id = row.text(0),
                     .round_id = row.text(1),
                     .village = region::Code(row.integer(2)),
                     .name = row.text(3),
                     .point = {row.real(4), row.real(5)},
                     .week = static_cast<int>(row.integer(6)),
                     .weekday = static_cast<int>(row.integer(7)),
                     .vehicle = static_cast<int>(row.integer(8)),
                     .arrive_minute = static_cast<int>(row.integer(9)),
                     .leave_minute = static_cast<int>(row.integer(10))});
  }
  return found;
}

Value value_of(const std::optional<time::Date>& date) {
  return date ? Value(*date) : Value();
}

}  // namespace

void insert(db::Tx& tx, const Round& round, const std::vector<RoundVisit>& visits) {
  tx.run(
      "INSERT INTO mobile_round (village, id, place, name, weeks, valid_from, valid_to,"
      " published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
      {round.place.village().padded(), round.id, round.place.padded(), round.name,
       int64_t{round.weeks}, round.valid_from, value_of(round.valid_to), round.published_at,
       round.published_by});
  for (const RoundVisit& visit : visits) {
    tx.run(
        "INSERT INTO mobile_visit (village, id, round_id, name, lon, lat, week, weekday, vehicle,"
        " arrive_minute, leave_minute) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        {visit.village.village().padded(), visit.id, round.id, visit.name, visit.point.lon,
         visit.point.lat, int64_t{visit.week}, int64_t{visit.weekday}, int64_t{visit.vehicle},
         int64_t{visit.arrive_minute}, int64_t{visit.leave_minute}});
  }
}

std::optional<Round> load(db::Tx& tx, std::string_view id) {
  const auto row = tx.one(select_round("id = $1"), {std::string(id)});
  return row ? std::optional(round_in(*row)) : std::nullopt;
}

std::vector<Round> under(db::Tx& tx, region::Code place, int64_t limit) {
  std::vector<Round> found;
  const std::string sql =
      select_round("withdrawn_at IS NULL AND place BETWEEN $1 AND $2 ORDER BY place, id LIMIT $3");
  for (const db::Row& row : tx.query(sql, {place.first(), place.last(), limit})) {
    found.push_back(round_in(row));
  }
  return found;
}

std::vector<RoundVisit> visits_of(db::Tx& tx, std::string_view round_id) {
  return visits(tx, "round_id = $1", {std::string(round_id)});
}

std::vector<RoundVisit> visits_in(db::Tx& tx, region::Code village) {
  return visits(tx, "village = $1", {village.village().padded()});
}

void withdraw(db::Tx& tx, const Round& round, time::Instant now) {
  tx.run("UPDATE mobile_round SET withdrawn_at = $3 WHERE village = $1 AND id = $2",
         {round.place.village().padded(), round.id, now});
  tx.run("DELETE FROM mobile_visit WHERE round_id = $1", {round.id});
}

}  // namespace linli::rounds::store
