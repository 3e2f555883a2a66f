// A small city for the tests of this module: three levels of places, a register of workers and
// requests that lie in one table, and a content that measures them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/places/api.h"
#include "domain/plans/figures.h"
#include "domain/plans/reader.h"
#include "domain/plans/store.h"
#include "host/testing.h"

namespace linli::places {
std::vector<db::Migration> migrations();
}
namespace linli::plans {
std::vector<db::Migration> migrations();
}

namespace linli::plans::testing {

// What the table holds: a worker (kind, area, born) or a request (subject, opened, answered).
struct Thing {
  int64_t id = 0;
  std::string kind;  // worker, request
  Code place;
  Value word;    // kind of worker or subject
  Value number;  // area
  Value date;    // born or opened
  Value flag;    // answered
  std::vector<host::HeldLabel> labels;
};

inline Code code(const char* text) {
  return MUST(Code::parse(text));
}

inline std::shared_ptr<const pack::Content> content() {
  using expr::Type;
  auto made = std::make_shared<pack::Content>();
  pack::Register worker;
  worker.key = "worker";
  worker.scope = {
      .name = "worker",
      .variables = {{.name = "place", .type = Type::place},
                    {.name = "kind", .type = Type::choice, .choices = {"party", "aide"}},
                    {.name = "area", .type = Type::decimal},
                    {.name = "born", .type = Type::date},
                    {.name = "urban", .type = Type::boolean},
                    {.name = "rural", .type = Type::boolean},
                    {.name = "community_types", .type = Type::choices},
                    {.name = "age",
                     .type = Type::integer,
                     .derived = "years_between(born, today)"}},
      .labels = {"mentor"}};
  made->registers.push_back(worker);
  pack::CaseKind request;
  request.key = "request";
  request.scope = {
      .name = "request",
      .variables = {
          {.name = "place", .type = Type::place},
          {.name = "subject", .type = Type::choice, .choices = {"noise", "light", "water"}},
          {.name = "opened_on", .type = Type::date},
          {.name = "answered", .type = Type::boolean},
          {.name = "urban", .type = Type::boolean},
          {.name = "rural", .type = Type::boolean},
          {.name = "community_types", .type = Type::choices}}};
  made->cases.push_back(request);

  static const expr::Scope places = {
      .name = "community",
      .variables = {{.name = "place", .type = Type::place},
                    {.name = "urban", .type = Type::boolean},
                    {.name = "rural", .type = Type::boolean},
                    {.name = "community_types", .type = Type::choices}},
      .of_places = true};
  const expr::Environment environment = {
      .kind_scope = [&](std::string_view kind) -> const expr::Scope* {
        if (kind == "worker") return &worker.scope;
        if (kind == "request") return &request.scope;
        return kind == "community" || kind == "township" ? &places : nullptr;
      },
      .statistics = {"population"}};
  const std::vector<std::pair<std::string, std::string>> measures = {
      {"workers", "count(worker)"},
      {"urban_party", "count(worker where kind = party and urban)"},
      {"area", "sum(worker.area where kind = aide)"},
      {"elderly", "count(worker where age >= 60)"},
      {"mentors", "count(worker where label(mentor))"},
      {"covered",
       "100 * count(community where count(worker where kind = party) > 0)"
       " / count(community)"},
      {"busy_townships", "count(township where count(request) > 2)"},
      {"requests", "count(request)"},
      {"response_rate", "100 * count(request where answered) / count(request)"},
      {"per_head", "10000 * count(worker) / statistic(population)"},
  };
  for (const auto& [key, text] : measures) {
    pack::Measure measure;
    measure.key = key;
    measure.value = MUST(expr::compile(text, environment, Type::decimal));
    if (key == "requests" || key == "response_rate") measure.by = {"subject"};
    made->measures.push_back(std::move(measure));
  }
  return made;
}

class City {
 public:
  explicit City(db::Engine engine)
      : stage(engine, {things()}, content()),
        grid(code("620802001001001")),
        villages{code("620802001001"), code("620802001002"), code("620802002001"),
                 code("620821100001")} {
    MUST(base().transact([&](db::Tx& tx) -> Done {
      tx.script(
          "CREATE TABLE thing (id BIGINT PRIMARY KEY, kind TEXT, place BIGINT, word TEXT,"
          " number DOUBLE PRECISION, date BIGINT, flag BIGINT, label_from BIGINT, label_to "
          "BIGINT)");
      std::vector<places::Place> all;
      std::map<Code, int64_t> children;
      for (const char* text :
           {"62", "6208", "620802", "620821", "620802001", "620802002", "620821100", "620802001001",
            "620802001002", "620802002001", "620821100001", "620802001001001"}) {
        places::Place place{.code = code(text), .name = text, .parent = code(text).parent()};
        if (place.level() == region::Level::village) place.urban = false;
        ++children[place.parent];
        all.push_back(place);
      }
      for (places::Place& place : all) place.children_count = children[place.code];
      places::add_places(tx, all);
      return {};
    }));
  }

  db::Database& base() { return stage.services.database; }

  // Writes a thing, moves it, or takes it away (`after` none), and tells the observer.
  void save(const std::optional<Thing>& before, const std::optional<Thing>& after) {
    MUST(base().transact([&](db::Tx& tx) -> Done {
      if (before) tx.run("DELETE FROM thing WHERE id = $1", {before->id});
      if (after) insert(tx, *after);
      host::Change change{.kind = (after ? after : before)->kind};
      std::vector<Value> values[2];
      const auto side = [&](const std::optional<Thing>& thing,
                            std::vector<Value>& kept) -> std::optional<host::Change::Side> {
        if (!thing) return std::nullopt;
        kept = values_of(tx, *thing);
        return host::Change::Side{thing->place, &kept, &thing->labels};
      };
      change.before = side(before, values[0]);
      change.after = side(after, values[1]);
      observe(figures, tx, stage.services, change);
      return {};
    }));
  }

  void set_urban(Code village, std::optional<bool> urban) {
    MUST(base().transact([&](db::Tx& tx) -> Done {
      const places::Attributes before = places::attributes_of(tx, village);
      places::set_attributes(tx, village, {urban, {}});
      std::vector<Value> old_values = places::values_of(before);
      std::vector<Value> new_values = places::values_of({urban, {}});
      observe(figures, tx, stage.services,
              {.kind = "community",
               .before = host::Change::Side{village, &old_values},
               .after = host::Change::Side{village, &new_values}});
      return {};
    }));
  }

  void turn(time::Date today) { plans::turn(figures, stage.services, time::start_of(today)); }
  void settle() { plans::settle(figures, stage.services); }

  std::optional<double> value(const std::string& measure, Code place, time::Date today,
                              const std::string& period = "now",
                              Territory territory = Territory::as_is) {
    const expr::Expression& expression = measure_of(measure).value;
    return MUST(base().read([&](db::Tx& tx) -> Result<std::optional<double>> {
      Reader reader(tx, stage.services, figures, today, territory);
      reader.load({&expression}, {place}, TRY(indicator::parse_period(period, today)));
      return reader.value(expression, place);
    }));
  }

  std::map<std::string, std::optional<double>> by(const std::string& measure, Code place,
                                                  time::Date today, const std::string& field) {
    const expr::Expression& expression = measure_of(measure).value;
    return MUST(
        base().read([&](db::Tx& tx) -> Result<std::map<std::string, std::optional<double>>> {
          Reader reader(tx, stage.services, figures, today);
          reader.load({&expression}, {place}, TRY(indicator::parse_period("now", today)));
          return reader.by(expression, place, field);
        }));
  }

  const pack::Measure& measure_of(const std::string& key) {
    for (const pack::Measure& measure : stage.services.content->measures) {
      if (measure.key == key) return measure;
    }
    throw std::out_of_range(key);
  }

  host::testing::Stage stage;
  Figures figures;
  Code grid;
  std::vector<Code> villages;

 private:
  static void insert(db::Tx& tx, const Thing& thing) {
    const bool labelled = !thing.labels.empty();
    const auto until = labelled ? thing.labels[0].to : std::nullopt;
    tx.run("INSERT INTO thing VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
           {thing.id, thing.kind, thing.place.padded(), thing.word, thing.number, thing.date,
            thing.flag, labelled ? Value(thing.labels[0].from) : Value(),
            until ? Value(*until) : Value()});
  }

  static std::vector<Value> values_of(db::Tx& tx, const Thing& thing) {
    const std::vector<Value> around =
        places::values_of(places::attributes_of(tx, thing.place.village()));
    std::vector<Value> values = {thing.place.padded(), thing.word};
    if (thing.kind == "worker") values.push_back(thing.number);
    values.push_back(thing.date);
    if (thing.kind == "request") values.push_back(thing.flag);
    values.insert(values.end(), around.begin(), around.end());
    return values;
  }

  // The module whose records these are.
  static host::Module things() {
    host::Module module{.name = "things"};
    module.migrations = places::migrations();
    for (db::Migration& migration : migrations()) module.migrations.push_back(std::move(migration));
    module.records = [](db::Tx& tx, host::Services&, std::string_view kind, Code first, Code last,
                        const expr::Needs*,
                        const std::function<void(const host::Change::Side&)>& record) {
      for (const db::Row& row :
           tx.query("SELECT id, kind, place, word, number, date, flag, label_from, label_to"
                    " FROM thing WHERE kind = $1 AND place BETWEEN $2 AND $3",
                    {std::string(kind), first.padded(), last.padded()})) {
        Thing thing{row.integer(0), row.text(1),  Code(row.integer(2)), row.value(3),
                    row.value(4),   row.value(5), row.value(6)};
        if (!row.null(7)) thing.labels = {{"mentor", row.integer(7), row.maybe_integer(8)}};
        const std::vector<Value> values = values_of(tx, thing);
        record({thing.place, &values, &thing.labels});
      }
      return true;
    };
    return module;
  }
};

}  // namespace linli::plans::testing
