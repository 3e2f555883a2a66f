#include "domain/gateways/locate.h"

#include <array>

#include "domain/places/api.h"

namespace linli::gateways {
namespace {

using places::Place;
using region::Code;
using region::Level;

constexpr int64_t kMaxChildren = 1000;

// What people leave out of a place's name.
std::string_view short_name(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kEndings = {"居民委员会", "村民委员会", "居委会",
                                                               "村委会", "办事处"};
  for (const std::string_view ending : kEndings)
    if (name.size() > ending.size() && name.ends_with(ending))
      return name.substr(0, name.size() - ending.size());
  return name;
}

// Keeps the place with the longest name that the address holds; two of the same name are none.
class Named {
 public:
  explicit Named(std::string_view address) : address_(address) {}

  void consider(const Place& place) {
    const std::string_view name = short_name(place.name);
    if (place.status != places::Status::active || name.size() < longest_ ||
        address_.find(name) == std::string_view::npos)
      return;
    found_ = name.size() == longest_ ? std::nullopt : std::optional(place.code);
    longest_ = name.size();
  }
  std::optional<Code> found() const { return found_; }

 private:
  std::string_view address_;
  size_t longest_ = 1;
  std::optional<Code> found_;
};

// Down from `within` by the names in the address; from a county on, levels may be left out.
std::optional<Code> by_words(db::Tx& tx, Code within, std::string_view address) {
  Code at = within;
  while (at.level() < Level::micro_grid) {
    Named below(address);
    for (const Place& child : places::children(tx, at, at, kMaxChildren)) below.consider(child);
    if (!below.found() && at.level() >= Level::county && at.level() < Level::village)
      places::each(tx, at, Level::village, [&](const Place& village) {
        below.consider(village);
        return true;
      });
    if (!below.found()) break;
    at = *below.found();
  }
  return at.level() >= Level::village ? std::optional(at) : std::nullopt;
}

}  // namespace

Result<Code> locate(db::Tx& tx, const host::Settings& settings, Code within,
                    const Location& location) {
  std::optional<Code> found;
  if (!location.address_id.empty()) {
    if (const Result<Code> code = Code::parse(location.address_id);
        code && code->level() >= Level::village && within.contains(*code) &&
        places::require_active(tx, *code))
      found = *code;
  } else {
    if (!location.address.empty()) found = by_words(tx, within, location.address);
    if (!found && location.point)
      found =
          places::Atlas(places::outlines_folder(settings)).village_at(tx, within, *location.point);
  }
  if (found) return *found;
  return refuse_fields({{"/address_id", "place.not_found",
                         "the code of a village, or an address_string that names it, or a lat and "
                         "long in the jurisdiction"}});
}

}  // namespace linli::gateways
