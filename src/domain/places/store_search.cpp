#include "core/text.h"
#include "domain/places/store.h"

namespace linli::places::store {
namespace {

// Which index serves is decided here, for both engines: a plus keeps a column out of the choice.
struct Statements {
  std::string prefix;    // by the index of level and column
  std::string contains;  // the same index, every place of the level
};

Statements statements_on(const std::string& column) {
  const std::string head = "SELECT code, name, " + column +
                           " FROM place WHERE status = 'active' AND level = $1"
                           " AND +code BETWEEN $2 AND $3 AND " +
                           column;
  return {head + " >= $4 AND " + column + " < $5 ORDER BY " + column + ", code LIMIT $6",
          head + " LIKE $4 ESCAPE '\\' ORDER BY code LIMIT $5"};
}

const Statements& statements(Column column) {
  static const Statements by_column[] = {statements_on("name_key"), statements_on("pinyin"),
                                         statements_on("initials")};
  return by_column[static_cast<size_t>(column)];
}

constexpr std::string_view kInNames =
    "SELECT code, name, name_key FROM place WHERE status = 'active' AND code BETWEEN $1 AND $2"
    " AND +level BETWEEN $3 AND $4 AND name_key LIKE $5 ESCAPE '\\'"
    " ORDER BY CASE WHEN name_key = $6 THEN 0 WHEN name_key LIKE $7 ESCAPE '\\' THEN 1 ELSE 2 END,"
    " +level, code LIMIT $8";
// The column that answers best is given back.
constexpr std::string_view kInSpellings =
    "SELECT code, name, CASE WHEN initials LIKE $7 ESCAPE '\\' OR NOT pinyin LIKE $5 ESCAPE '\\'"
    " THEN initials ELSE pinyin END"
    " FROM place WHERE status = 'active' AND code BETWEEN $1 AND $2"
    " AND +level BETWEEN $3 AND $4"
    " AND (pinyin LIKE $5 ESCAPE '\\' OR initials LIKE $5 ESCAPE '\\')"
    " ORDER BY CASE WHEN pinyin = $6 OR initials = $6 THEN 0"
    " WHEN pinyin LIKE $7 ESCAPE '\\' OR initials LIKE $7 ESCAPE '\\' THEN 1 ELSE 2 END,"
    " +level, code LIMIT $8";

std::vector<Found> read_found(db::Tx& tx, std::string_view sql, const db::Params& params) {
  std::vector<Found> found;
  tx.each(sql, params, [&](const db::Row& row) {
    found.push_back({Code(row.integer(0)), row.text(1), row.text(2)});
    return true;
  });
  return found;
}

// Above every text with this prefix in byte order, and still a text that both engines accept.
std::string after_all_with(std::string_view prefix) {
  return std::string(prefix) + "\U0010FFFF";
}

}  // namespace

std::vector<Found> with_prefix(db::Tx& tx, Column column, Level level, Code under,
                               const std::string& prefix, int64_t limit) {
  return read_found(tx, statements(column).prefix,
                    {static_cast<int64_t>(level), under.first(), under.last(), prefix,
                     after_all_with(prefix), limit});
}

std::vector<Found> containing(db::Tx& tx, Column column, Level level, Code under,
                              const std::string& part, int64_t limit) {
  return read_found(tx, statements(column).contains,
                    {static_cast<int64_t>(level), under.first(), under.last(),
                     "%" + text::escape_like(part) + "%", limit});
}

std::vector<Found> anywhere(db::Tx& tx, bool spelling, Level from, Level to, Code under,
                            const std::string& part, int64_t limit) {
  const std::string escaped = text::escape_like(part);
  return read_found(tx, spelling ? kInSpellings : kInNames,
                    {under.first(), under.last(), static_cast<int64_t>(from),
                     static_cast<int64_t>(to), "%" + escaped + "%", part, escaped + "%", limit});
}

uint64_t checksum(std::string_view name) {
  uint64_t hash = 14695981039346656037ULL;  // FNV-1a
  for (const char byte : name) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  }
  return hash;
}

std::vector<Known> known(db::Tx& tx, Code under) {
  std::vector<Known> places;
  const auto add = [&](const db::Row& row) {
    places.push_back({row.integer(0), checksum(row.text(1)), row.text(2) == "active"});
    return true;
  };
  const std::vector<Code> chain = under.chain();
  for (auto above = chain.rbegin(); above != chain.rend(); ++above) {
    if (*above == under) continue;
    tx.each("SELECT code, name, status FROM place WHERE code = $1", {above->padded()}, add);
  }
  tx.each(
      "SELECT code, name, status FROM place WHERE code BETWEEN $1 AND $2 AND level <= $3"
      " ORDER BY code",
      {under.first(), under.last(), static_cast<int64_t>(Level::village)}, add);
  return places;
}

}  // namespace linli::places::store
