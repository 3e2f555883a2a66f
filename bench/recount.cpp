// Every figure of all packs counted anew from the records, and the same question put so that
// another database can answer it: the records as CSV with their scope's names, every counter as SQL
// over them, and what Linli's figures say at the top, to be compared (bench/duckdb/recount.mjs).
//   bench_recount --data FOLDER --out FOLDER
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "app/installation.h"
#include "core/csv.h"
#include "core/expr/sql.h"
#include "domain/places/api.h"
#include "domain/plans/figures.h"
#include "engine/indicator/figure.h"

namespace {

using namespace linli;  // NOLINT: a program of one file
using indicator::Counter;
using region::Code;
using Clock = std::chrono::steady_clock;

constexpr size_t kNested = 1'000'000;  // from here on variables are other counters

// What another database needs to know of one kind of record.
struct Kind {
  const expr::Scope* scope = nullptr;
  std::set<std::string> labels;
  std::vector<const Counter*> counters;  // of records
};

std::string text_of(const Value& value) {
  if (const auto* whole = std::get_if<int64_t>(&value)) return std::to_string(*whole);
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* real = std::get_if<double>(&value)) {
    json::Writer out;
    out.value(*real);
    return out.take();
  }
  return "";
}

std::string literal(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr)
    return std::holds_alternative<std::monostate>(value) ? "NULL" : text_of(value);
  std::string quoted = "'";
  for (const char c : *text) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

class Questions {
 public:
  Questions(const indicator::Book& book, const pack::Content& content, time::Date today)
      : today_(today), places_scope_(content.place_scope) {
    for (const auto& counter : book.all()) {
      numbers_[counter->aggregate->text] = numbers_.size();
      if (counter->kind == Counter::Kind::places) {
        places_.push_back(counter.get());
        continue;
      }
      Kind& kind = kinds_[counter->subject()];
      const pack::Register* known = content.find_register(counter->subject());
      kind.scope = known ? &known->scope : &content.case_kind(counter->subject())->scope;
      kind.counters.push_back(counter.get());
    }
    for (auto& [name, kind] : kinds_) write_kind(name, kind);
    // A condition may ask for other counters of places: villages come before townships.
    std::stable_sort(places_.begin(), places_.end(),
                     [](const Counter* a, const Counter* b) { return a->level > b->level; });
    for (const Counter* counter : places_) write_places(*counter);
  }

  const std::map<std::string, Kind>& kinds() const { return kinds_; }
  const std::string& sql() const { return sql_; }
  // Where a counter's figures stand: table and column.
  std::string column(const Counter& counter) const {
    return "c" + std::to_string(numbers_.at(counter.aggregate->text));
  }
  std::string table(const Counter& counter) const {
    return counter.kind == Counter::Kind::places ? "f_" + column(counter)
                                                 : "f_" + counter.subject();
  }

 private:
  // A record's place and every place above it, the nation being 0.
  static std::string places_above(const std::string& at) {
    std::string list = "list_distinct([" + at;
    for (const char* part : {"100", "100000", "100000000", "100000000000", "10000000000000",
                             "1000000000000000", "100000000000000000"}) {
      list += ", " + at + " - " + at + " % " + part;
    }
    return list + "])";
  }

  void say(const std::string& statement) { sql_ += statement + ";\n"; }

  std::string sql_of(const expr::Expression& expression, Kind* kind) {
    std::vector<Value> params;
    const expr::SqlNames names{.column =
                                   [&](size_t variable) {
                                     if (variable >= kNested)
                                       return "n" + std::to_string(variable - kNested);
                                     return '"' + expression_scope_->variables[variable].name + '"';
                                   },
                               .label =
                                   [&](std::string_view label, std::vector<Value>&) {
                                     if (kind != nullptr) kind->labels.insert(std::string(label));
                                     return "(\"label_" + std::string(label) + "\" <> 0)";
                                   }};
    const std::string text = expr::to_sql(expression, names, today_, params);
    std::string whole;
    for (size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '$') {
        whole += text[i];
        continue;
      }
      size_t number = 0;
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') {
        number = number * 10 + static_cast<size_t>(text[++i] - '0');
      }
      whole += literal(params[number - 1]);
    }
    return whole;
  }

  std::string aggregate_of(const Counter& counter, Kind* kind) {
    const expr::Aggregate& asked = *counter.aggregate;
    const std::string filter =
        asked.condition ? " FILTER (WHERE " + sql_of(*asked.condition, kind) + ")" : "";
    const std::string sum = asked.op == expr::Aggregate::Op::count
                                ? "count(*)"
                                : "sum(" + sql_of(*asked.value, kind) + ")";
    return "COALESCE(" + sum + filter + ", 0) AS " + column(counter);
  }

  void write_kind(const std::string& name, Kind& kind) {
    expression_scope_ = kind.scope;
    std::string own;
    std::string sums;
    std::map<std::string, std::vector<const Counter*>> splits;
    const bool flows = kind.counters.front()->kind == Counter::Kind::flow;
    for (const Counter* counter : kind.counters) {
      own += ", " + aggregate_of(*counter, &kind);
      sums += ", sum(" + column(*counter) + ") AS " + column(*counter);
      for (const Counter::Split& split : counter->by) splits[split.field].push_back(counter);
    }
    say("CREATE TABLE f_" + name + " AS SELECT place" + sums + " FROM (SELECT unnest(" +
        places_above("spot") + ") AS place, * FROM (SELECT spot" + own + " FROM " + name +
        " GROUP BY spot)) GROUP BY place");
    if (flows) {
      const std::string month =
          "\"" + kind.scope->variables[kind.counters.front()->opened_on].name + "\" // 100";
      say("CREATE TABLE m_" + name + " AS SELECT place, month" + sums + " FROM (SELECT unnest(" +
          places_above("spot") + ") AS place, * FROM (SELECT spot, " + month + " AS month" + own +
          " FROM " + name + " GROUP BY spot, month)) GROUP BY place, month");
    }
    for (const auto& [field, counters] : splits) {
      std::string parts;
      std::string part_sums;
      for (const Counter* counter : counters) {
        parts += ", " + aggregate_of(*counter, &kind);
        part_sums += ", sum(" + column(*counter) + ") AS " + column(*counter);
      }
      say("CREATE TABLE s_" + name + "_" + field + " AS SELECT place, word" + part_sums +
          " FROM (SELECT unnest(" + places_above("spot") + ") AS place, * FROM (SELECT spot, \"" +
          field + "\" AS word" + parts + " FROM " + name +
          " GROUP BY spot, word)) GROUP BY place, word");
    }
  }

  // The condition with a variable in the place of each nested figure.
  std::shared_ptr<const expr::Node> flat(const expr::Node& node,
                                         std::vector<const expr::Aggregate*>& nested) {
    auto copy = std::make_shared<expr::Node>(node);
    if (node.op == expr::Op::aggregate) {
      copy->op = expr::Op::variable;
      copy->variable = kNested + nested.size();
      nested.push_back(node.aggregate.get());
      return copy;
    }
    for (auto& operand : copy->operands) operand = flat(*operand, nested);
    return copy;
  }

  void write_places(const Counter& counter) {
    const std::string level(places::kind_of(counter.level));
    std::vector<const expr::Aggregate*> nested;
    std::string where;
    if (counter.aggregate->condition) {
      expression_scope_ = &places_scope_;
      expr::Expression asked = *counter.aggregate->condition;
      asked.root = flat(*asked.root, nested);
      where = " WHERE " + sql_of(asked, nullptr);
    }
    std::string columns;
    std::string joins;
    std::set<std::string> joined;
    for (size_t i = 0; i < nested.size(); ++i) {
      const Counter* found = nullptr;
      for (const Counter* known : counter.nested) {
        if (known->aggregate->text == nested[i]->text) found = known;
      }
      const std::string from = table(*found);
      columns += ", COALESCE(" + from + "." + column(*found) + ", 0) AS n" + std::to_string(i);
      if (joined.insert(from).second)
        joins += " LEFT JOIN " + from + " ON " + from + ".place = spot";
    }
    say("CREATE TABLE f_" + column(counter) + " AS SELECT place, count(*) AS " + column(counter) +
        " FROM (SELECT unnest(" + places_above("spot") + ") AS place FROM (SELECT " + level + ".*" +
        columns + " FROM " + level + joins + ")" + where + ") GROUP BY place");
  }

  time::Date today_;
  const expr::Scope& places_scope_;
  std::map<std::string, Kind> kinds_;
  std::vector<const Counter*> places_;
  std::map<std::string, size_t> numbers_;
  const expr::Scope* expression_scope_ = nullptr;
  std::string sql_;
};

std::string_view sql_type(expr::Type type) {
  switch (type) {
    case expr::Type::decimal:
      return "DOUBLE";
    case expr::Type::text:
    case expr::Type::choice:
    case expr::Type::choices:
    case expr::Type::id:
      return "VARCHAR";
    default:
      return "BIGINT";
  }
}

// The columns of a table of places, or of a kind of record.
void write_columns(json::Writer& out, const std::string& name, const expr::Scope& scope,
                   const std::set<std::string>& labels) {
  out.key(name).begin_object().member("spot", "BIGINT");
  for (const auto& variable : scope.variables) {
    out.member(variable.name, sql_type(variable.type));
  }
  for (const std::string& label : labels) out.member("label_" + label, "BIGINT");
  out.end_object();
}

std::ofstream opened(const std::filesystem::path& file) {
  return std::ofstream(file, std::ios::binary);
}

void write_records(host::Services& services, db::Tx& tx, const std::string& name, const Kind& kind,
                   Code region, time::Date today, const std::filesystem::path& folder) {
  std::ofstream out = opened(folder / (name + ".csv"));
  csv::Row row = {"spot"};
  for (const auto& variable : kind.scope->variables) row.push_back(variable.name);
  for (const std::string& label : kind.labels) row.push_back("label_" + label);
  out << csv::write(row);
  const auto record = [&](const host::Change::Side& side) {
    row = {std::to_string(side.place.padded())};
    for (const Value& value : *side.values) row.push_back(text_of(value));
    row.resize(1 + kind.scope->variables.size());
    for (const std::string& label : kind.labels) {
      bool holds = false;
      if (side.labels != nullptr) {
        for (const host::HeldLabel& held : *side.labels) {
          holds |= held.label == label && held.from <= today && (!held.to || today < *held.to);
        }
      }
      row.emplace_back(holds ? "1" : "0");
    }
    out << csv::write(row);
  };
  for (const host::Module& module : services.modules) {
    if (module.records &&
        module.records(tx, services, name, region, Code(region.last()), nullptr, record)) {
      return;
    }
  }
}

void write_places(db::Tx& tx, Code region, region::Level level,
                  const std::filesystem::path& folder) {
  std::ofstream out = opened(folder / (std::string(places::kind_of(level)) + ".csv"));
  out << csv::write({"spot", "place", "urban", "rural", "community_types"});
  places::each(tx, region, level, [&](const places::Place& place) {
    if (place.status != places::Status::active) return true;
    csv::Row row = {std::to_string(place.code.padded()), std::to_string(place.code.padded())};
    for (const Value& value : places::values_of({place.urban, place.community_types})) {
      row.push_back(text_of(value));
    }
    out << csv::write(row);
    return true;
  });
}

}  // namespace

int main(int count, char** words) {
  std::map<std::string, std::string> options;
  for (int at = 1; at + 1 < count; at += 2) options[words[at]] = words[at + 1];
  const std::filesystem::path folder = options["--out"];
  std::filesystem::create_directories(folder);
  const auto installation =
      MUST(app::Installation::open(MUST(app::read_configuration(options["--data"])), false, true));
  host::Services& services = installation->services();
  const time::Instant now = time::now();
  MUST(installation->start(now));
  const Code region = MUST(Code::parse(services.settings.region));
  plans::Figures figures;

  const Clock::time_point start = Clock::now();
  const int64_t wrong = plans::compare(figures, services, false);
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();

  MUST(services.database.read([&](db::Tx& tx) -> Done {
    const auto kept = figures.kept(tx, services);
    const time::Date today = time::date_of(now);
    const Questions questions(*kept->book, *services.content, today);
    int64_t records = 0;
    json::Writer columns;
    columns.begin_object();
    for (const auto& [name, kind] : questions.kinds()) {
      write_records(services, tx, name, kind, region, today, folder);
      write_columns(columns, name, *kind.scope, kind.labels);
      ++records;
    }
    for (const region::Level level :
         {region::Level::village, region::Level::township, region::Level::county}) {
      write_places(tx, region, level, folder);
      write_columns(columns, std::string(places::kind_of(level)), services.content->place_scope,
                    {});
    }
    opened(folder / "columns.json") << columns.end_object().text() << "\n";
    opened(folder / "figures.sql") << questions.sql();
    std::ofstream expected = opened(folder / "expected.csv");
    expected << "table,column,value\n";
    for (const auto& counter : kept->book->all()) {
      const plans::Generation* live = kept->live(*counter);
      if (live == nullptr || (counter->kind == Counter::Kind::flow && !counter->in_total)) continue;
      const auto row = tx.one(
          "SELECT value FROM figure WHERE counter = $1 AND place = $2 AND dimension = '' AND"
          " period = 0",
          {live->id, region.padded()});
      const int64_t value = row ? row->integer(0) : 0;
      expected << questions.table(*counter) << "," << questions.column(*counter) << "," << value
               << "\n";
    }
    json::Writer out;
    out.begin_object()
        .member("kinds", records)
        .member("counters", static_cast<int64_t>(kept->book->all().size()))
        .member("recount_s", seconds)
        .member("figures_that_differ", wrong)
        .member("region", region.padded())
        .end_object();
    opened(folder / "linli.json") << out.text() << "\n";
    std::cout << out.text() << "\n";
    return {};
  }));
  return wrong == 0 ? 0 : 1;
}
