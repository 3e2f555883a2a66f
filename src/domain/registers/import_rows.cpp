#include "domain/registers/import_rows.h"

#include <algorithm>
#include <set>

#include "core/id.h"
#include "core/text.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

constexpr std::string_view kPlace = "place";
constexpr std::string_view kId = "id";

// Header words for what is no field.
const std::map<std::string, std::string_view>& own_columns() {
  static const std::map<std::string, std::string_view> words = {
      {"place", kPlace},      {"placecode", kPlace},    {"地区代码", kPlace},
      {"区划代码", kPlace},   {"行政区划代码", kPlace}, {"村社区", kPlace},
      {"所在村社区", kPlace}, {"地区", kPlace},         {"id", kId},
      {"记录编号", kId},
  };
  return words;
}

std::string field_named(const pack::Register& kind, const std::string& folded) {
  for (const pack::Field& field : kind.fields) {
    for (const std::string& name : {field.name, field.label.zh, field.label.en}) {
      if (!name.empty() && text::fold(name) == folded) return field.name;
    }
  }
  return {};
}

}  // namespace

std::map<std::string, std::string> guess_mapping(const pack::Register& kind,
                                                 const csv::Row& header) {
  std::map<std::string, std::string> mapping;
  std::vector<std::string> taken;
  for (const std::string& column : header) {
    const std::string folded = text::fold(column);
    std::string target = field_named(kind, folded);
    const auto own = own_columns().find(folded);
    if (target.empty() && own != own_columns().end()) target = own->second;
    if (std::find(taken.begin(), taken.end(), target) != taken.end()) target.clear();
    const bool fresh = mapping.emplace(text::trim(column), target).second;
    if (fresh && !target.empty()) taken.push_back(target);
  }
  return mapping;
}

RowImport::RowImport(host::Services& services, const pack::Register& kind, const csv::Row& header,
                     const ImportOptions& options, const Importer& importer, const Source& source)
    : services_(services), kind_(kind), options_(options), importer_(importer), source_(source) {
  std::set<std::string> seen;  // of columns of one name, the first counts
  for (const std::string& column : header) {
    const std::string name = text::trim(column);
    const auto target = options.mapping.find(name);
    const bool counts = target != options.mapping.end() && seen.insert(name).second;
    targets_.push_back(counts ? target->second : "");
  }
}

Done RowImport::allow(region::Code place) const {
  for (const region::Code territory : importer_.territories) {
    if (territory.contains(place)) return {};
  }
  return refuse(ErrorKind::forbidden, "access.denied");
}

Result<region::Code> RowImport::place_of(db::Tx& tx, const std::string& cell) {
  const std::string word = text::trim(cell);
  if (word.empty()) return options_.place;
  if (std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return region::Code::parse(word);
  }
  if (!villages_) {
    villages_.emplace();
    if (options_.place.level() >= region::Level::city) {
      places::each(tx, options_.place, region::Level::village, [&](const places::Place& village) {
        // Two villages of one name are told apart by code only.
        const auto [at, fresh] = villages_->emplace(village.name, village.code);
        if (!fresh) at->second = region::Code();
        return true;
      });
    }
  }
  const auto village = villages_->find(word);
  if (village == villages_->end() || village->second == region::Code()) {
    return refuse_fields({{"/place", "place.bad_code", "a region code"}});
  }
  return village->second;
}

// A reference by a unique field or, in the same village, by the title of what it means.
void RowImport::resolve(db::Tx& tx, region::Code place, const pack::Field& field,
                        json::Value& wire) {
  if (!wire.is_string() || id::is_valid(wire.as_string())) return;
  const pack::Register& to = *services_.content->find_register(field.to);
  for (const pack::Field& other : to.fields) {
    if (!other.unique || is_sensitive(other)) continue;
    const std::vector<store::Row> rows = store::find(tx, to, other.name, wire.as_string(), 1);
    if (!rows.empty()) {
      wire = rows.front().id;
      return;
    }
  }
  const std::vector<store::Row> rows =
      store::sharing(tx, to, {place.village()}, {to.title}, {wire.as_string()});
  if (rows.size() == 1) wire = rows.front().id;
}

Result<std::optional<Record>> RowImport::present(db::Tx& tx, const std::string& id,
                                                 const json::Value& values) {
  if (!id.empty()) return std::optional(TRY(load(tx, services_, kind_, id)));
  for (const pack::Field& field : kind_.fields) {
    const json::Value* wire = field.unique ? values.find(field.name) : nullptr;
    if (wire == nullptr || !wire->is_string()) continue;
    std::vector<Record> found =
        find_exact(tx, services_, kind_, field.name, wire->as_string(), time::date_of(source_.at));
    if (!found.empty()) return std::optional(std::move(found.front()));
  }
  return std::optional<Record>();
}

Done RowImport::apply(db::Tx& tx, const csv::Row& cells) {
  std::string id;
  std::string place_cell;
  json::Value values = json::Object{};
  for (size_t i = 0; i < cells.size() && i < targets_.size(); ++i) {
    const std::string& target = targets_[i];
    if (target == kId) id = text::trim(cells[i]);
    if (target == kPlace) place_cell = cells[i];
    const pack::Field* field = kind_.field(target);
    if (field == nullptr) continue;
    if (is_sensitive(*field) && cells[i].find('*') != std::string::npos) continue;
    json::Value wire = wire_of_cell(*field, *services_.content, cells[i]);
    if (!wire.is_null()) values.set(field->name, std::move(wire));
  }
  const region::Code place = TRY(place_of(tx, place_cell));
  for (auto& [name, wire] : values.as_object()) {
    const pack::Field& field = *kind_.field(name);
    if (field.type == pack::FieldType::reference) resolve(tx, place, field, wire);
  }
  const std::optional<Record> known = TRY(present(tx, id, values));
  if (!known) {
    TRY(allow(place));
    TRY(create(tx, services_, source_, kind_, {"", place, std::move(values)}));
    return {};
  }
  TRY(allow(known->place));
  Edit edit{.version = known->version, .place = {}, .values = std::move(values)};
  if (!text::trim(place_cell).empty()) {
    TRY(allow(place));
    edit.place = place;
  }
  TRY(change(tx, services_, source_, kind_, known->id, edit));
  return {};
}

}  // namespace linli::registers
