// Pictures. A loose one lies in village 0 until a case takes it with it to its own village.
#include "domain/cases/store.h"

namespace linli::cases::store {
namespace {

constexpr std::string_view kColumns =
    "village, id, case_id, owner, sha256, kind, width, height, bytes, lon, lat, visible,"
    " created_at";

std::string select(std::string_view rest) {
  return "SELECT " + std::string(kColumns) + " FROM attachment " + std::string(rest);
}

Attachment read(const db::Row& row) {
  Attachment read;
  read.village = region::Code(row.integer(0));
  read.id = row.text(1);
  read.case_id = row.text(2);
  read.owner = row.text(3);
  read.sha256 = row.text(4);
  read.kind = row.text(5);
  read.width = row.integer(6);
  read.height = row.integer(7);
  read.bytes = row.integer(8);
  if (!row.null(9)) read.point = places::Point{row.real(9), row.real(10)};
  read.visible = row.integer(11) != 0;
  read.created_at = row.integer(12);
  return read;
}

std::vector<Attachment> read_all(db::Tx& tx, const std::string& sql, const db::Params& params) {
  std::vector<Attachment> all;
  tx.each(sql, params, [&](const db::Row& row) {
    all.push_back(read(row));
    return true;
  });
  return all;
}

}  // namespace

void insert(db::Tx& tx, const Attachment& made) {
  tx.run(
      "INSERT INTO attachment (village, id, case_id, owner, sha256, kind, width, height, bytes,"
      " lon, lat, visible, created_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
      {made.village.padded(), made.id, made.case_id, made.owner, made.sha256, made.kind, made.width,
       made.height, made.bytes, made.point ? Value(made.point->lon) : Value(),
       made.point ? Value(made.point->lat) : Value(), static_cast<int64_t>(made.visible),
       made.created_at});
}

std::optional<Attachment> attachment(db::Tx& tx, std::string_view id) {
  const auto row = tx.one(select("WHERE id = $1"), {std::string(id)});
  return row ? std::optional(read(*row)) : std::nullopt;
}

std::vector<Attachment> attachments(db::Tx& tx, region::Code village, std::string_view holder) {
  return read_all(tx, select("WHERE village = $1 AND case_id = $2 ORDER BY created_at, id"),
                  {village.padded(), std::string(holder)});
}

void attach(db::Tx& tx, const Attachment& picture, region::Code village, std::string_view holder,
            bool visible) {
  Attachment held = picture;
  held.village = village;
  held.case_id = holder;
  held.visible = visible;
  remove(tx, picture);
  insert(tx, held);
}

std::vector<Attachment> loose_before(db::Tx& tx, time::Instant before, int64_t limit) {
  return read_all(tx, select("WHERE case_id = '' AND created_at < $1 ORDER BY created_at LIMIT $2"),
                  {before, limit});
}

void remove(db::Tx& tx, const Attachment& gone) {
  tx.run("DELETE FROM attachment WHERE village = $1 AND id = $2", {gone.village.padded(), gone.id});
}

bool is_used(db::Tx& tx, std::string_view sha256) {
  return tx.one("SELECT 1 FROM attachment WHERE sha256 = $1 LIMIT 1", {std::string(sha256)})
      .has_value();
}

}  // namespace linli::cases::store
