// The content of packs, as loaded and checked. The grammar of the files is docs/formats/pack.md;
// every definition knows its file and line, the capabilities it carries and the plan's row.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/calendar.h"
#include "core/expr/expression.h"
#include "core/json.h"
#include "core/region.h"
#include "engine/pack/definition.h"
#include "engine/pack/figures.h"

namespace linli::pack {

// A closed list of words that fields choose from (request subjects, kinds of facility).
struct Choice {
  std::string key;
  Text name;
  std::string parent;                             // for two-level lists, else empty
  std::map<std::string, json::Value> attributes;  // linkage: {department: …, emergency: true}
};
struct ChoiceList : Definition {
  std::vector<Choice> choices;
  const Choice* find(std::string_view key) const;
};

enum class FieldType {
  text,
  long_text,
  person_name,
  integer,
  decimal,
  boolean,
  date,
  instant,
  choice,
  choices,
  place,
  reference,
  phone,
  cn_id_number,
  credit_code,
  opening_hours,
  point,
  images,
  url,
};
std::string_view name_of(FieldType type);

enum class Sensitivity { open, contact, identity };

struct Field {
  std::string name;
  Text label;
  Text help;
  FieldType type = FieldType::text;
  bool required = false;
  bool unique = false;
  bool search_text = false;
  bool search_pinyin = false;
  bool listed = false;  // a column of the list page
  Sensitivity sensitive = Sensitivity::open;
  std::string list;  // of a choice: the ChoiceList's key
  std::string to;    // of a reference: the register's key
  std::string from;  // derived on entry from another field (birth_date)
  std::optional<double> minimum;
  std::optional<double> maximum;
  std::optional<int64_t> max_length;
  std::string unit;                      // m2, persons
  std::optional<expr::Expression> when;  // asked only when this holds
  std::vector<std::string> see;          // roles that may see it; empty: all who see the record
  Position at;
};

struct Label {
  std::string key;
  Text name;
  bool evidence_required = false;
  std::vector<std::string> see;  // roles that may see it; empty: all who see the record
};

struct Derived {
  std::string name;
  Text label;
  expr::Expression value;
};

// A record kind. Its table holds village, place, id, version and the fields; `scope` is what
// expressions over it see: place, the fields, then place attributes (urban, rural,
// community_types), then the derived names.
struct Register : Definition {
  std::vector<Field> fields;
  std::vector<Label> labels;
  std::vector<Derived> derived;
  std::string title;   // the field that names a record
  std::string symbol;  // map symbol or empty
  // The module that writes the records; empty: people do.
  std::string computed_by;
  expr::Scope scope;
  const Field* field(std::string_view name) const;
  const Label* label(std::string_view key) const;
};

// One step of a case kind. Actions that are not listed are refused.
struct Stage {
  std::string key;
  Text name;
  Text resident_name;                // what the resident reads
  std::optional<Duration> within;    // its clock; none: no clock
  std::string by;                    // who acts: receiver, assignee, reporter, reviewer
  std::vector<std::string> actions;  // assign, accept, hand_back, whistle, …
  bool terminal = false;
};

struct RouteRule {
  std::optional<expr::Expression> when;  // over the case's scope; none: always
  std::string to;                        // grid, village, township, department, duty_room
  std::string unit;                      // of a department: the choice attribute or unit key
};

struct CaseKind : Definition {
  std::vector<Field> form;   // subject, description, place and images are ordinary
  std::string subject_list;  // the ChoiceList behind `subject`
  std::vector<RouteRule> routes;
  std::vector<Stage> stages;        // the first is where a case begins
  std::vector<int> remind_percent;  // 50, 90
  bool escalate_on_breach = true;
  int duplicate_radius_m = 0;  // 0: near-duplicates are not looked for
  int duplicate_days = 0;
  int reopen_days = 0;         // how long after closing a reporter may reopen
  int bad_rating_at_most = 2;  // ratings up to this go to review
  expr::Scope scope;
  const Stage* stage(std::string_view key) const;
};

struct Role : Definition {
  std::vector<std::string> permissions;  // case.handle, register.person.read, report.*
  std::vector<region::Level> levels;     // of territories it may be granted for
};

struct PackHeader : Definition {
  std::string version;
  std::vector<std::string> languages;
  std::vector<std::string> needs;
};

// Everything that is loaded. Immutable; a reload makes another.
struct Content {
  std::vector<PackHeader> packs;
  std::vector<PlanHeader> plans;
  std::vector<ChoiceList> lists;
  std::vector<Register> registers;
  std::vector<CaseKind> cases;
  std::vector<Role> roles;
  std::vector<Statistic> statistics;
  std::vector<Measure> measures;
  std::vector<Indicator> indicators;
  std::vector<Check> checks;
  std::vector<Evaluation> evaluations;
  std::vector<Standard> standards;
  std::vector<ResidentGroup> groups;
  std::vector<Circle> circles;
  std::vector<Colocation> colocations;
  std::map<std::string, std::map<std::string, std::string>> texts;  // language → key → text
  Calendar calendar;                                                // all years together
  // What conditions over community, township and county see: place, urban, rural, community_types.
  expr::Scope place_scope;

  const ChoiceList* list(std::string_view key) const;
  const Register* find_register(std::string_view key) const;
  const CaseKind* case_kind(std::string_view key) const;
  const Role* role(std::string_view key) const;
  const Indicator* indicator(std::string_view key) const;
  const PlanHeader* plan(std::string_view key) const;
  const ResidentGroup* group(std::string_view key) const;
  const Circle* circle(std::string_view key) const;
  const Evaluation* evaluation(std::string_view key) const;
};

}  // namespace linli::pack
