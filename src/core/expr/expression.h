// The one expression language of packs: filters, conditions, labels, routing, measures.
//
//   age >= 60 and (label("living_alone") or label("incapacitated"))
//   kind in [party, committee_full_time] and urban
//   100 * sum(facility.area where kind = comprehensive_service) / count(household)
//
// Total, typed, bounded in cost; the grammar is docs/formats/expressions.md. Three back ends that
// must agree: evaluate() here, to_sql() in sql.h, and web/src/core/expression.ts, which reads the
// tree that to_json() writes. Null is "not known": comparisons with it are not known, `and`/`or`
// follow three-valued logic, and a condition holds only when it is true.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/time.h"
#include "core/value.h"

namespace linli::expr {

enum class Type { boolean, integer, decimal, text, choice, choices, date, instant, place, id };
std::string_view name_of(Type type);

// A name that an expression may use. `choices` lists the legal words of a choice (bare words in an
// expression are checked against it).
struct Variable {
  std::string name;
  Type type = Type::text;
  std::vector<std::string> choices;
  // A derived name (age) stands for another expression over the same scope; else empty. Its type
  // is found by compiling it.
  std::string derived;
  // Sealed, pictures, points: an expression may only ask whether it is known.
  bool opaque = false;
};

// The names of one kind of record, in the order of its values. `labels` are what label("…") may
// ask. Named derived expressions must not form a cycle.
struct Scope {
  std::string name;
  std::vector<Variable> variables;
  std::vector<std::string> labels;
  // A level of places: conditions over it may hold aggregates over what each place holds.
  bool of_places = false;
  const Variable* find(std::string_view variable) const;
};

// A mistake in an expression, at a 0-based offset into its text.
struct Mistake {
  size_t offset = 0;
  std::string what;      // English: "unknown name `agee`"
  std::string expected;  // "perhaps `age`", "one of: a, b"
};

struct Node;  // the typed tree (tree.h)

// An aggregate found inside a figure expression: count(kind where condition),
// sum(kind.field where condition). Nested aggregates (over places) keep their own list.
struct Aggregate;

// Compiled once, shared by all threads.
struct Expression {
  std::string source;
  Type type = Type::boolean;
  std::shared_ptr<const Node> root;
  bool uses_today = false;             // changes as time passes
  std::vector<std::string> variables;  // names it reads, derived ones resolved
  std::vector<std::string> labels;     // labels it asks for
};

// What expressions read of a record: what else it holds need not be fetched for them.
struct Needs {
  std::set<std::string, std::less<>> variables;
  std::set<std::string, std::less<>> labels;

  void add(const Expression& expression) {
    variables.insert(expression.variables.begin(), expression.variables.end());
    labels.insert(expression.labels.begin(), expression.labels.end());
  }
};

// What the compiler may look up: the scope in which the text stands and, for figures, the scopes
// of the kinds that aggregates name (null where aggregates are not allowed) and the statistics.
struct Environment {
  const Scope* scope = nullptr;
  std::function<const Scope*(std::string_view kind)> kind_scope = nullptr;
  std::vector<std::string> statistics;
};

// Compiles; on a mistake refuses `expression.invalid` and fills `mistake`.
// An integer is also a decimal, a choice also a text.
Result<Expression> compile(std::string_view text, const Environment& environment, Type expected,
                           Mistake* mistake = nullptr);
// The same where any type will do.
Result<Expression> compile(std::string_view text, const Environment& environment,
                           Mistake* mistake = nullptr);

// What a record offers at run time.
class Record {
 public:
  virtual ~Record() = default;
  virtual Value get(size_t variable) const = 0;  // by position in the scope; derived not asked
  virtual bool has_label(std::string_view label, time::Date today) const = 0;
};

// The value over a record on a day. Aggregates are answered by `figure` (engine/indicator).
struct Run {
  const Record* record = nullptr;
  time::Date today = 0;
  std::function<Value(const Aggregate&)> figure = nullptr;
  std::function<Value(std::string_view statistic)> statistic = nullptr;
};
Value evaluate(const Expression& expression, const Run& run);
bool holds(const Expression& expression, const Run& run);  // true, not null

// The typed tree for the TypeScript back end.
json::Value to_json(const Expression& expression);

}  // namespace linli::expr
