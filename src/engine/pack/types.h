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

namespace linli::pack {

struct Text {  // one text in each language; zh is always there
  std::string zh;
  std::string en;
};

struct Position {
  std::string file;  // relative to the packs folder
  int line = 0;
};

// What every definition has.
struct Definition {
  std::string key;   // person, pingliang.7
  std::string pack;  // base
  Text name;
  Text description;
  std::vector<std::string> capabilities;                    // REG-03
  std::vector<std::pair<std::string, std::string>> source;  // plan → where: {"pingliang", "T7"}
  Position at;
};

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

// A figure that packs name: an expression over aggregates (docs/formats/expressions.md).
struct Measure : Definition {
  expr::Expression value;
  std::string unit;             // "%", "m2", "count"
  std::vector<std::string> by;  // dimensions: fields of the aggregated kind
  int64_t public_from = 0;      // shown to everybody where so many are counted; 0: to nobody
};

enum class Comparator { at_least, more_than, at_most, less_than, equal, between };
// A, M, H; `rule`: a number that the plan fixes for others to act by, which nothing measures.
enum class ValueSource { computed, partly_delivered, reported, rule };
std::string_view name_of(Comparator comparator);
std::string_view name_of(ValueSource source);

struct Target {
  int year = 0;  // due at its end, unless `due` is set
  time::Date due = 0;
  std::string repeat;  // "", yearly, monthly, always
  Comparator comparator = Comparator::at_least;
  double value = 0;
  std::optional<double> upper;  // of between
  std::string qualifier;        // "", strive, basically, about, full_coverage
  std::string printed;          // as the plan prints it: "≥ 18", "80"
  Text note;
};

struct Baseline {
  int year = 0;
  std::optional<double> value;  // none: the plan prints "–"
  Comparator comparator = Comparator::equal;
  std::string printed;
  Text note;
};

struct Indicator : Definition {
  std::string plan;    // pingliang
  std::string number;  // "7", "PL-b4"
  bool main = true;    // a row of the plan's main table
  std::string unit;
  bool higher_is_better = true;
  bool binding = false;                   // 约束性
  std::optional<bool> attribute_printed;  // none: the plan prints no attribute
  ValueSource source_of_value = ValueSource::computed;
  std::optional<expr::Expression> value;  // none: reported with evidence
  Text scope;                             // whom or which places it is about
  Text numerator;
  Text denominator;
  std::vector<Baseline> baselines;
  std::vector<Target> targets;
  std::vector<Baseline> results;  // what a plan that has ended says was reached
  Text note;
};

struct Statistic : Definition {  // a number from outside, per place and year
  std::string unit;
};

// What there has to be, by a plan: square metres, households of a grid. Held against places
// (community, township, grid: `value` is a figure) or against the records of a register (`value`
// is an expression over one record).
struct Standard : Definition {
  std::string plan;
  std::string of;                        // community, township, grid or a register's key
  std::optional<expr::Expression> when;  // of which of them; none: of all
  expr::Expression value;                // what there is
  std::optional<expr::Expression> minimum;
  std::optional<expr::Expression> maximum;
  std::string unit;
  double limit = 0;     // the number that the plan prints: 30
  std::string printed;  // as it prints it: "≥ 30"
  Text per;             // of what: per 100 households
  time::Date valid_from = 0;
  time::Date valid_to = 0;  // 0: until further notice
  Text note;
  bool of_places() const;
};

struct Circle : Definition {
  std::string plan;
  std::string mode;  // walk
  std::optional<int> urban_minutes;
  std::optional<int> rural_minutes;
  std::map<std::string, int> needs;  // facility kind → how many; empty: not said
  Text note;
};

struct PlanHeader : Definition {  // a plan as a document
  std::string document;           // 平政办发〔2022〕85号
  std::string status;             // issued, draft
  std::string follows;            // the plan of the period before, or empty
  time::Date issued = 0;
  int first_year = 0;
  int last_year = 0;
  region::Code territory;
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
  std::vector<Standard> standards;
  std::vector<Circle> circles;
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
};

}  // namespace linli::pack
