#include "domain/registers/import_store.h"

namespace linli::registers::store {

namespace {

std::string options_text(const ImportOptions& options) {
  json::Writer out;
  out.begin_object();
  for (const auto& [column, target] : options.mapping) out.member(column, target);
  out.end_object();
  return out.take();
}

std::string importer_text(const Importer& importer) {
  json::Writer out;
  out.begin_object().member("id", importer.account_id).member("name", importer.name);
  out.key("territories").begin_array();
  for (const region::Code territory : importer.territories) out.value(territory.text());
  out.end_array().end_object();
  return out.take();
}

Importer read_importer(const std::string& text) {
  const json::Value tree = MUST(json::parse(text));
  Importer importer{tree.text("id"), tree.text("name"), {}};
  for (const json::Value& territory : tree.find("territories")->as_array()) {
    importer.territories.push_back(MUST(region::Code::parse(territory.as_string())));
  }
  return importer;
}

std::map<std::string, std::string> read_mapping(const std::string& text) {
  std::map<std::string, std::string> mapping;
  const json::Value tree = MUST(json::parse(text));
  for (const auto& [column, target] : tree.as_object()) mapping[column] = target.as_string();
  return mapping;
}

}  // namespace

void insert(db::Tx& tx, const Undertaking& undertaking, time::Instant at) {
  const Import& import = undertaking.import;
  tx.run(
      "INSERT INTO register_import (id, kind, state, file, file_hash, place, options, actor, line,"
      " accepted, rejected, created_at, touched_at)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9, $9)",
      {import.id, import.kind, import.state, undertaking.file, undertaking.file_hash,
       import.place.padded(), options_text(undertaking.options),
       importer_text(undertaking.importer), at});
}

std::optional<Undertaking> undertaking(db::Tx& tx, const std::string& id) {
  const auto row = tx.one(
      "SELECT kind, state, file, file_hash, place, options, actor, line, accepted, rejected"
      " FROM register_import WHERE id = $1",
      {id});
  if (!row) return std::nullopt;
  Undertaking found;
  found.import = {id,
                  row->text(0),
                  row->text(1),
                  region::Code(row->integer(4)),
                  row->integer(7),
                  row->integer(8),
                  row->integer(9),
                  {},
                  read_mapping(row->text(5))};
  found.file = row->text(2);
  found.file_hash = row->text(3);
  found.options = {found.import.place, found.import.mapping, false};
  found.importer = read_importer(row->text(6));
  tx.each(
      "SELECT line, field, code, expected FROM register_import_error WHERE import_id = $1"
      " ORDER BY line, field",
      {id}, [&](const db::Row& error) {
        found.import.errors.push_back(
            {error.integer(0), error.text(1), error.text(2), error.text(3)});
        return true;
      });
  return found;
}

std::optional<std::string> import_of_file(db::Tx& tx, const std::string& kind,
                                          const std::string& file_hash) {
  const auto row = tx.one("SELECT id FROM register_import WHERE kind = $1 AND file_hash = $2",
                          {kind, file_hash});
  if (!row) return std::nullopt;
  return row->text(0);
}

bool claim(db::Tx& tx, const std::string& id, time::Instant now, time::Instant stale) {
  return tx.affected(
             "UPDATE register_import SET state = 'running', touched_at = $2 WHERE id = $1"
             " AND (state = 'waiting' OR (state = 'running' AND touched_at < $3))",
             {id, now, stale}) == 1;
}

std::vector<std::string> unfinished(db::Tx& tx, time::Instant stale) {
  std::vector<std::string> ids;
  for (const db::Row& row : tx.query("SELECT id FROM register_import WHERE state = 'waiting'"
                                     " OR (state = 'running' AND touched_at < $1) ORDER BY id",
                                     {stale})) {
    ids.push_back(row.text(0));
  }
  return ids;
}

void advance(db::Tx& tx, const Import& import, const std::vector<ImportError>& errors,
             time::Instant at) {
  tx.run(
      "UPDATE register_import SET state = $2, line = $3, accepted = $4, rejected = $5,"
      " touched_at = $6 WHERE id = $1",
      {import.id, import.state, import.line, import.accepted, import.rejected, at});
  for (const ImportError& error : errors) {
    tx.run(
        "INSERT INTO register_import_error (import_id, line, field, code, expected)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (import_id, line, field) DO NOTHING",
        {import.id, error.line, error.field, error.code, error.expected});
  }
}

}  // namespace linli::registers::store
