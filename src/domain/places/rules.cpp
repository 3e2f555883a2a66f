#include "domain/places/rules.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/text.h"

namespace linli::places {
namespace {

constexpr size_t kMaxNameLength = 100;  // the longest official name of 2023 has 48 characters

constexpr std::array<std::string_view, 4> kStatusNames = {"active", "closed", "merged", "split"};

constexpr std::array<std::string_view, 6> kUrbanEndings = {"居委会", "居民委员会", "社区",
                                                           "生活区", "街道",       "街道办事处"};
constexpr std::array<std::string_view, 5> kRuralEndings = {"村委会", "村民委员会", "嘎查", "村",
                                                           "乡"};

bool ends_with_any(std::string_view name, const auto& endings) {
  return std::any_of(endings.begin(), endings.end(),
                     [&](std::string_view ending) { return name.ends_with(ending); });
}

Done check_successors(const Place& place, const std::vector<Place>& into) {
  if (into.empty()) return refuse(ErrorKind::invalid, "place.successor_missing");
  for (const Place& successor : into) {
    if (successor.level() != place.level()) {
      return refuse(ErrorKind::invalid, "place.level_differs", successor.code.text());
    }
    if (successor.status != Status::active) {
      return refuse(ErrorKind::conflict, "place.successor_not_active", successor.code.text());
    }
  }
  return {};
}

Result<Place> end(Place place, time::Date on, Status how) {
  if (place.status != Status::active) return refuse(ErrorKind::conflict, "place.not_active");
  place.status = how;
  place.valid_to = on;
  return place;
}

bool among(const Place& place, const std::vector<Place>& others) {
  return std::any_of(others.begin(), others.end(),
                     [&](const Place& other) { return other.code == place.code; });
}

}  // namespace

std::string_view name_of(Status status) {
  return kStatusNames[static_cast<size_t>(status)];
}

Status status_named(std::string_view name) {
  const auto* found = std::find(kStatusNames.begin(), kStatusNames.end(), name);
  if (found == kStatusNames.end()) throw std::logic_error("place status " + std::string(name));
  return static_cast<Status>(found - kStatusNames.begin());
}

std::optional<bool> guess_urban(std::string_view name) {
  if (ends_with_any(name, kUrbanEndings)) return true;
  if (ends_with_any(name, kRuralEndings)) return false;
  return std::nullopt;
}

Result<Code> next_child(Code parent, std::optional<Code> highest_ever) {
  int64_t step = 0;
  if (parent.level() == Level::village) {
    step = 100;
  } else if (parent.level() == Level::grid) {
    step = 1;
  } else {
    return refuse(ErrorKind::invalid, "place.no_grids_here", parent.text());
  }
  const Code next(highest_ever.value_or(parent).padded() + step);
  if (next > Code(parent.last())) {
    return refuse(ErrorKind::conflict, "place.codes_used_up", parent.text());
  }
  return next;
}

Result<std::string> check_name(std::string_view name) {
  std::string trimmed = text::trim(name);
  if (trimmed.empty() || !text::is_utf8(trimmed) ||
      text::count_code_points(trimmed) > kMaxNameLength) {
    return refuse(ErrorKind::invalid, "place.bad_name");
  }
  return trimmed;
}

Result<Place> edit(Place place, const Edit& changes) {
  if (place.status != Status::active) return refuse(ErrorKind::conflict, "place.not_active");
  if (changes.name) place.name = TRY(check_name(*changes.name));
  if (changes.urban) {
    place.urban = changes.urban;
    place.urban_guessed = false;
  }
  if (changes.community_types) place.community_types = *changes.community_types;
  return place;
}

Result<Place> close(Place place, time::Date on) {
  return end(std::move(place), on, Status::closed);
}

Result<Place> merge(Place place, time::Date on, const std::vector<Place>& into) {
  TRY(check_successors(place, into));
  if (among(place, into)) return refuse(ErrorKind::invalid, "place.successor_itself");
  return end(std::move(place), on, Status::merged);
}

Result<Place> split(Place place, time::Date on, const std::vector<Place>& into) {
  TRY(check_successors(place, into));
  if (!among(place, into)) return end(std::move(place), on, Status::split);
  if (into.size() == 1) return refuse(ErrorKind::invalid, "place.successor_itself");
  if (place.status != Status::active) return refuse(ErrorKind::conflict, "place.not_active");
  return place;
}

Fit fit_of(std::string_view key, std::string_view query) {
  const size_t at = key.find(query);
  if (at == std::string_view::npos) return Fit::none;
  if (at > 0) return Fit::contains;
  return key.size() == query.size() ? Fit::exact : Fit::prefix;
}

}  // namespace linli::places
