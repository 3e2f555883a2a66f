#include "engine/pack/types.h"

#include <algorithm>
#include <array>

namespace linli::pack {
namespace {

constexpr std::array<std::string_view, 19> kFieldTypes = {
    "text",          "long_text", "person_name", "integer",      "decimal",
    "boolean",       "date",      "instant",     "choice",       "choices",
    "place",         "reference", "phone",       "cn_id_number", "credit_code",
    "opening_hours", "point",     "images",      "url"};

constexpr std::array<std::string_view, 6> kComparators = {"at_least",  "more_than", "at_most",
                                                          "less_than", "equal",     "between"};
constexpr std::array<std::string_view, 4> kSources = {"computed", "partly_delivered", "reported",
                                                      "rule"};

template <class Items, class Name>
auto find_by(const Items& items, std::string_view wanted, Name name) -> decltype(items.data()) {
  const auto found = std::find_if(items.begin(), items.end(),
                                  [&](const auto& item) { return item.*name == wanted; });
  return found == items.end() ? nullptr : &*found;
}

}  // namespace

std::string_view name_of(Pace pace) {
  constexpr std::array<std::string_view, 3> kNames = {"linear", "seasonal", "path"};
  return kNames.at(static_cast<size_t>(pace));
}

std::string_view name_of(Severity severity) {
  constexpr std::array<std::string_view, 3> kNames = {"error", "warning", "notice"};
  return kNames.at(static_cast<size_t>(severity));
}

std::string_view name_of(FieldType type) {
  return kFieldTypes.at(static_cast<size_t>(type));
}

std::string_view name_of(Comparator comparator) {
  return kComparators.at(static_cast<size_t>(comparator));
}
std::string_view name_of(ValueSource source) {
  return kSources.at(static_cast<size_t>(source));
}
bool Standard::of_places() const {
  return of == "community" || of == "township" || of == "grid" || of == "micro_grid";
}

const Choice* ChoiceList::find(std::string_view wanted) const {
  return find_by(choices, wanted, &Choice::key);
}
const Field* Register::field(std::string_view wanted) const {
  return find_by(fields, wanted, &Field::name);
}
const Label* Register::label(std::string_view wanted) const {
  return find_by(labels, wanted, &Label::key);
}
const Stage* CaseKind::stage(std::string_view wanted) const {
  return find_by(stages, wanted, &Stage::key);
}

const ChoiceList* Content::list(std::string_view wanted) const {
  return find_by(lists, wanted, &ChoiceList::key);
}
const Register* Content::find_register(std::string_view wanted) const {
  return find_by(registers, wanted, &Register::key);
}
const CaseKind* Content::case_kind(std::string_view wanted) const {
  return find_by(cases, wanted, &CaseKind::key);
}
const Role* Content::role(std::string_view wanted) const {
  return find_by(roles, wanted, &Role::key);
}
const Indicator* Content::indicator(std::string_view wanted) const {
  return find_by(indicators, wanted, &Indicator::key);
}
const Evaluation* Content::evaluation(std::string_view wanted) const {
  return find_by(evaluations, wanted, &Evaluation::key);
}
const PlanHeader* Content::plan(std::string_view wanted) const {
  return find_by(plans, wanted, &PlanHeader::key);
}
const ResidentGroup* Content::group(std::string_view wanted) const {
  return find_by(groups, wanted, &ResidentGroup::key);
}
const Circle* Content::circle(std::string_view wanted) const {
  return find_by(circles, wanted, &Circle::key);
}

std::optional<int> CircleMinutes::in(std::optional<bool> is_urban) const {
  if (!is_urban) return std::nullopt;
  return *is_urban ? urban : rural;
}
const CircleNeed* Circle::need(std::string_view wanted) const {
  return find_by(needs, wanted, &CircleNeed::key);
}

}  // namespace linli::pack
