#include "domain/cases/rules.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/text.h"

namespace linli::cases {
namespace {

using region::Code;
using region::Level;

// The values of a case as the record that routing conditions read.
class Facts : public expr::Record {
 public:
  explicit Facts(std::vector<Value> values) : values_(std::move(values)) {}
  Value get(size_t variable) const override { return values_.at(variable); }
  bool has_label(std::string_view /*label*/, time::Date /*today*/) const override { return false; }

 private:
  std::vector<Value> values_;
};

// A department rule names the subject's attribute that names the department, or the department.
std::string department_of(const pack::RouteRule& rule, const pack::CaseKind& kind,
                          const pack::Content& content, const Case& opened) {
  const std::string attribute = rule.unit.empty() ? "department" : rule.unit;
  const pack::ChoiceList* list = content.list(kind.subject_list);
  const pack::Choice* subject = list ? list->find(opened.subject()) : nullptr;
  if (subject) {
    const auto found = subject->attributes.find(attribute);
    if (found != subject->attributes.end() && found->second.is_string())
      return found->second.as_string();
  }
  return rule.unit;
}

std::string unit_of(const pack::RouteRule& rule, const pack::CaseKind& kind,
                    const pack::Content& content, const Case& opened) {
  if (rule.to == "village") return opened.village().text();
  if (rule.to == "township") return opened.place.at(Level::township).text();
  if (rule.to == "county" || rule.to == "duty_room") return opened.place.at(Level::county).text();
  if (rule.to != "department") return opened.place.text();
  const std::string department = department_of(rule, kind, content, opened);
  return department.empty() ? std::string() : department_unit(department, opened.place);
}

}  // namespace

std::string department_unit(std::string_view department, Code place) {
  return std::string(department) + "@" + place.at(Level::county).text();
}

std::string route(const pack::CaseKind& kind, const pack::Content& content, const Case& opened,
                  time::Date today) {
  const Facts facts(values_of(kind, content, opened));
  for (const pack::RouteRule& rule : kind.routes) {
    if (rule.when && !expr::holds(*rule.when, {.record = &facts, .today = today})) continue;
    std::string unit = unit_of(rule, kind, content, opened);
    if (!unit.empty()) return unit;
  }
  return {};
}

bool fits(const expr::Expression& condition, const pack::CaseKind& kind,
          const pack::Content& content, const Case& shown, time::Date today) {
  const Facts facts(values_of(kind, content, shown));
  return expr::holds(condition, {.record = &facts, .today = today});
}

std::vector<std::string> bound_units(const host::Actor& actor) {
  if (actor.unit.empty()) return {};
  if (actor.unit.find('@') != std::string::npos) return {actor.unit};
  std::vector<std::string> units;
  for (const Code territory : host::territories(actor, "case.handle")) {
    std::string unit = department_unit(actor.unit, territory);
    if (std::find(units.begin(), units.end(), unit) == units.end())
      units.push_back(std::move(unit));
  }
  return units;
}

bool works_for(const host::Actor& actor, std::string_view unit) {
  if (!actor.unit.empty()) {
    const std::vector<std::string> own = bound_units(actor);
    return std::find(own.begin(), own.end(), unit) != own.end();
  }
  if (unit.empty() || unit.find('@') != std::string_view::npos) return false;
  const Result<Code> place = Code::parse(unit);
  return place && host::may(actor, "case.handle", *place);
}

bool is_reporter(const host::Actor& actor, const Case& shown) {
  return !shown.reporter.empty() &&
         (shown.reporter == actor.account_id || shown.reporter == actor.acts_for);
}

workflow::Standing standing_of(const host::Actor& actor, const Case& shown) {
  workflow::Standing standing;
  standing.account = actor.account_id;
  standing.reporter = is_reporter(actor, shown);
  standing.acting = standing.reporter && shown.reporter != actor.account_id;
  standing.receiver = host::may(actor, "case.assign", shown.place);
  standing.caller = host::may(actor, "case.whistle", shown.place);
  standing.reviewer = host::may(actor, "case.review", shown.place);
  const auto consider = [&](const std::string& unit) {
    if (works_for(actor, unit)) standing.units.insert(unit);
  };
  if (host::may(actor, "case.handle", shown.place)) {
    consider(shown.state.unit);
    for (const workflow::Task& task : shown.state.tasks) {
      consider(task.unit);
      consider(task.caller_unit);
    }
  }
  if (standing.units.count(shown.state.unit))
    standing.unit = shown.state.unit;
  else if (!standing.units.empty())
    standing.unit = *standing.units.begin();
  return standing;
}

bool may_read(const host::Actor& actor, const Case& shown) {
  if (!host::may(actor, "case.read", shown.place)) return false;
  if (actor.unit.empty()) return true;
  const workflow::Standing standing = standing_of(actor, shown);
  return standing.receiver || standing.reviewer || !standing.units.empty();
}

std::vector<Code> within(const std::vector<Code>& territories, Code place) {
  std::vector<Code> parts;
  for (const Code territory : territories) {
    if (territory.contains(place)) return {place};
    if (place.contains(territory)) parts.push_back(territory);
  }
  return parts;
}

std::string number_of(Code county, int64_t year, int64_t count) {
  std::string digits = std::to_string(count);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return std::to_string(year) + "-" + county.text() + "-" + digits;
}

std::string excerpt(const Case& shown) {
  constexpr size_t kMostPoints = 60;
  constexpr size_t kPersonal = 6;  // shorter runs of digits are house numbers and dates
  const std::string whole = shown.form.text("description");
  std::string out;
  size_t points = 0;
  for (size_t i = 0; i < whole.size() && points < kMostPoints; ++points) {
    size_t digits = i;
    while (digits < whole.size() && whole[digits] >= '0' && whole[digits] <= '9') ++digits;
    if (digits - i >= kPersonal) {
      out += "…";
      i = digits;
      continue;
    }
    do out += whole[i++];
    while (i < whole.size() && (static_cast<unsigned char>(whole[i]) & 0xC0) == 0x80);
  }
  return out.size() < whole.size() && points == kMostPoints ? out + "…" : out;
}

std::string masked_name(std::string_view name) {
  size_t first = name.empty() ? 0 : 1;
  while (first < name.size() && (static_cast<unsigned char>(name[first]) & 0xC0) == 0x80) ++first;
  return first == 0 ? std::string() : std::string(name.substr(0, first)) + "**";
}

std::string masked_phone(std::string_view phone) {
  if (phone.size() < 8) return std::string(phone.empty() ? 0 : 4, '*');
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

namespace {
std::set<std::string> pairs_of(std::string_view text) {
  const std::string folded = text::fold(text);
  std::vector<size_t> starts;
  for (size_t i = 0; i < folded.size(); ++i)
    if ((static_cast<unsigned char>(folded[i]) & 0xC0) != 0x80) starts.push_back(i);
  starts.push_back(folded.size());
  std::set<std::string> pairs;
  for (size_t i = 0; i + 2 < starts.size(); ++i)
    pairs.insert(folded.substr(starts[i], starts[i + 2] - starts[i]));
  return pairs;
}
}  // namespace

int64_t shared_pairs(std::string_view a, std::string_view b) {
  const std::set<std::string> those = pairs_of(b);
  int64_t shared = 0;
  for (const std::string& pair : pairs_of(a)) shared += static_cast<int64_t>(those.count(pair));
  return shared;
}

namespace {
constexpr double kMetresPerDegree = 111'195.0;
constexpr double kCellsPerDegree = 200;
double radians(double degrees) {
  return degrees * M_PI / 180;
}
}  // namespace

double distance_m(places::Point a, places::Point b) {
  const double dx = (b.lon - a.lon) * std::cos(radians((a.lat + b.lat) / 2));
  return std::hypot(dx, b.lat - a.lat) * kMetresPerDegree;
}

int64_t cell_of(places::Point point) {
  const auto row = static_cast<int64_t>(std::floor((point.lat + 90) * kCellsPerDegree));
  const auto column = static_cast<int64_t>(std::floor((point.lon + 180) * kCellsPerDegree));
  return row * 100'000 + column;
}

std::vector<int64_t> cells_around(places::Point point, double radius_m) {
  const double high = radius_m / kMetresPerDegree;
  const double wide = high / std::max(0.05, std::cos(radians(point.lat)));
  const int64_t first = cell_of({point.lon - wide, point.lat - high});
  const int64_t last = cell_of({point.lon + wide, point.lat + high});
  std::vector<int64_t> cells;
  for (int64_t row = first / 100'000; row <= last / 100'000; ++row)
    for (int64_t column = first % 100'000; column <= last % 100'000; ++column)
      cells.push_back(row * 100'000 + column);
  return cells;
}

}  // namespace linli::cases
