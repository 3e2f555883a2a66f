#include "domain/circles/facts.h"

#include <charconv>

#include "domain/places/api.h"

namespace linli::circles {

namespace {

// The place of a name among the values of a kind's records; none: packs declare no such field.
std::optional<size_t> slot(const pack::Content& content, std::string_view kind,
                           std::string_view name) {
  const pack::Register* found = content.find_register(kind);
  if (found == nullptr) return std::nullopt;
  for (size_t i = 0; i < found->scope.variables.size(); ++i) {
    if (found->scope.variables[i].name == name) return i;
  }
  return std::nullopt;
}

const Value& at(const std::vector<Value>& values, std::optional<size_t> slot) {
  static const Value kNone;
  return slot && *slot < values.size() ? values[*slot] : kNone;
}

std::string text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text == nullptr ? std::string() : *text;
}

// "lon,lat" as the registers keep points.
std::optional<places::Point> point_of(const Value& value) {
  const std::string text = text_of(value);
  places::Point point;
  const char* end = text.data() + text.size();
  const auto lon = std::from_chars(text.data(), end, point.lon);
  if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return std::nullopt;
  const auto lat = std::from_chars(lon.ptr + 1, end, point.lat);
  if (lat.ec != std::errc()) return std::nullopt;
  return point;
}

void each(db::Tx& tx, host::Services& services, std::string_view kind, region::Code under,
          const std::function<void(const host::Change::Side&)>& record) {
  for (const host::Module& module : services.modules) {
    if (module.records &&
        module.records(tx, services, kind, under, region::Code(under.last()), record))
      return;
  }
}

}  // namespace

std::vector<Facility> facilities(db::Tx& tx, host::Services& services, region::Code under) {
  const pack::Content& content = *services.content;
  const auto kind = slot(content, "facility", "kind");
  const auto name = slot(content, "facility", "name");
  const auto point = slot(content, "facility", "point");
  const auto in_service = slot(content, "facility", "in_service");
  const auto address = slot(content, "facility", "address");
  const auto phone = slot(content, "facility", "phone");
  std::vector<Facility> found;
  each(tx, services, "facility", under, [&](const host::Change::Side& record) {
    const std::optional<places::Point> where = point_of(at(*record.values, point));
    if (!where) return;
    const auto* open = std::get_if<int64_t>(&at(*record.values, in_service));
    found.push_back({text_of(at(*record.values, kind)), text_of(at(*record.values, name)),
                     record.place, *where, open == nullptr || *open != 0,
                     text_of(at(*record.values, address)), text_of(at(*record.values, phone))});
  });
  return found;
}

std::vector<Village> villages(db::Tx& tx, host::Services& services, region::Code under) {
  std::vector<Village> found;
  std::map<region::Code, size_t> number;
  places::each(tx, under, region::Level::village, [&](const places::Place& place) {
    if (place.status != places::Status::active) return true;
    number[place.code] = found.size();
    found.push_back({place.code, place.urban, 0, {}});
    return true;
  });
  const auto village = [&](region::Code place) -> Village* {
    const auto known = number.find(place.village());
    return known == number.end() ? nullptr : &found[known->second];
  };
  each(tx, services, "person", under, [&](const host::Change::Side& record) {
    if (Village* home = village(record.place)) ++home->residents;
  });
  const auto point = slot(*services.content, "dwelling", "point");
  each(tx, services, "dwelling", under, [&](const host::Change::Side& record) {
    const std::optional<places::Point> where = point_of(at(*record.values, point));
    Village* home = village(record.place);
    if (where && home != nullptr) home->homes.push_back(*where);
  });
  return found;
}

}  // namespace linli::circles
