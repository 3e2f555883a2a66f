#include "domain/grids/sheet.h"

#include <charconv>

#include "domain/registers/api.h"

namespace linli::grids {

using host::Change;

Sheet::Sheet(db::Tx& tx, host::Services& services, std::string_view key, region::Code under)
    : tx_(tx), kind_(services.content->find_register(key)), under_(under) {}

size_t Sheet::slot(std::string_view field) const {
  if (kind_ == nullptr) return SIZE_MAX;
  const auto& variables = kind_->scope.variables;
  for (size_t i = 0; i < variables.size(); ++i) {
    if (variables[i].name == field) return i;
  }
  return SIZE_MAX;
}

void Sheet::each(
    const std::function<void(const std::string& id, const Change::Side&)>& record) const {
  if (kind_ == nullptr) return;
  registers::each_record(tx_, *kind_, under_, region::Code(under_.last()), record);
}

std::string text_at(const Change::Side& side, size_t slot) {
  if (slot >= side.values->size()) return {};
  const auto* text = std::get_if<std::string>(&(*side.values)[slot]);
  return text == nullptr ? std::string() : *text;
}

// "lon,lat", as the registers keep points.
std::optional<places::Point> point_at(const Change::Side& side, size_t slot) {
  const std::string text = text_at(side, slot);
  places::Point point;
  const char* end = text.data() + text.size();
  const auto lon = std::from_chars(text.data(), end, point.lon);
  if (lon.ec != std::errc() || lon.ptr == end || *lon.ptr != ',') return std::nullopt;
  const auto lat = std::from_chars(lon.ptr + 1, end, point.lat);
  if (lat.ec != std::errc()) return std::nullopt;
  return point;
}

}  // namespace linli::grids
