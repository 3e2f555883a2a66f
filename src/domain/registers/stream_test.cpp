// What observers are told, added up, is what the stream for figures says: under random edits.
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/id.h"
#include "domain/registers/bulk.h"
#include "domain/registers/testing.h"

namespace linli::registers {
namespace {

using testing::kCity;
using testing::kNow;
using testing::kVillage;
using testing::World;

std::string print(const host::Change::Side& side) {
  std::string text = side.place.text();
  for (const Value& value : *side.values) {
    text += " ";
    if (const auto* whole = std::get_if<int64_t>(&value)) text += std::to_string(*whole);
    if (const auto* number = std::get_if<double>(&value)) text += std::to_string(*number);
    if (const auto* word = std::get_if<std::string>(&value)) text += *word;
  }
  std::vector<std::string> labels;
  for (const host::HeldLabel& label : *side.labels) {
    labels.push_back(label.label + std::to_string(label.from) + "-" +
                     std::to_string(label.to.value_or(0)));
  }
  std::sort(labels.begin(), labels.end());
  for (const std::string& label : labels) text += " " + label;
  return text;
}

using Bag = std::map<std::string, int>;  // printed records and how many there are

class Stream : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    host::Module watcher{.name = "watcher"};
    watcher.observers.push_back(
        {"watcher", [this](db::Tx&, host::Services&, const host::Change& change) {
           if (change.kind != "resident") return;
           if (change.before && --told[print(*change.before)] == 0) {
             told.erase(print(*change.before));
           }
           if (change.after) ++told[print(*change.after)];
         }});
    world = std::make_unique<World>(GetParam(), testing::kPack, std::vector<host::Module>{watcher});
  }
  Bag streamed(region::Code first, region::Code last) {
    return MUST(world->read([&](db::Tx& tx) -> Result<Bag> {
      Bag bag;
      EXPECT_TRUE(all_records(tx, world->services(), "resident", first, last, nullptr,
                              [&](const host::Change::Side& side) { ++bag[print(side)]; }));
      return bag;
    }));
  }
  void step(std::mt19937& random) {
    const auto any = [&](size_t below) { return random() % below; };
    const region::Code place = any(2) == 0 ? kCity : kVillage;
    world->source.at += time::kSecond;
    if (records.empty() || any(3) == 0) {
      records.push_back(
          MUST(world->add(place, R"({"name": "甲", "income": )" + std::to_string(any(5)) + "}")));
      return;
    }
    Record& record = records[any(records.size())];
    switch (any(5)) {
      case 0:
        record = MUST(world->edit(record, R"({"working": true, "workplace": "学校"})"));
        break;
      case 1:
        record = MUST(world->edit(record, R"({"working": null})", place));
        break;
      case 2: {
        LabelPeriod period;
        period.label = "living_alone";
        period.from = 20250101 + static_cast<int64_t>(any(28));
        (void)world->write([&](db::Tx& tx) {
          return add_label(tx, world->services(), world->source, world->kind(), record.id, period);
        });
        break;
      }
      case 3:
        (void)world->write([&](db::Tx& tx) {
          return end_label(tx, world->services(), world->source, world->kind(), record.id,
                           "living_alone", 20250110 + static_cast<int64_t>(any(10)));
        });
        break;
      default:
        MUST(world->write([&](db::Tx& tx) {
          return remove(tx, world->services(), world->source, world->kind(), record.id,
                        record.version);
        }));
        std::swap(record, records.back());
        records.pop_back();
    }
  }

  std::unique_ptr<World> world;
  std::vector<Record> records;
  Bag told;
};
INSTANTIATE_TEST_SUITE_P(, Stream, db::testing::engines(), db::testing::engine_name);

TEST_P(Stream, EqualsWhatObserversWereTold) {
  std::mt19937 random{7};
  for (int i = 0; i < 150; ++i) step(random);
  EXPECT_FALSE(told.empty());
  EXPECT_EQ(streamed(region::Code(), region::Code(region::Code().last())), told);
  Bag parts = streamed(kCity, region::Code(kCity.last()));
  for (const auto& [text, count] : streamed(kVillage, region::Code(kVillage.last()))) {
    parts[text] += count;
  }
  EXPECT_EQ(parts, told);
}

TEST_P(Stream, SaysWhenAKindIsNoRegister) {
  MUST(world->read([&](db::Tx& tx) -> Done {
    EXPECT_FALSE(all_records(tx, world->services(), "resident_request", kCity, kCity, nullptr,
                             [](const host::Change::Side&) {}));
    return {};
  }));
}

TEST_P(Stream, BulkLoadedRecordsAreInIt) {
  MUST(world->write([&](db::Tx& tx) -> Done {
    Load many(world->services(), world->kind());
    for (int i = 0; i < 70; ++i) {
      const Record record =
          MUST(create(tx, world->services(), world->source, world->kind(),
                      {"", kCity, MUST(json::parse(R"({"name": "甲", "phone": "13812345678"})"))}));
      Loaded loaded{record, {}};
      loaded.record.id = id::make(kNow + i);
      LabelPeriod period;
      period.id = id::make(kNow);
      period.label = "living_alone";
      period.from = 20250101;
      if (i % 2 == 0) loaded.labels.push_back(period);
      many.add(loaded, {});
    }
    many.write(tx);
    return {};
  }));
  int seen = 0;
  int labels = 0;
  MUST(world->read([&](db::Tx& tx) -> Done {
    all_records(tx, world->services(), "resident", kCity, region::Code(kCity.last()), nullptr,
                [&](const host::Change::Side& side) {
                  ++seen;
                  labels += static_cast<int>(side.labels->size());
                });
    return {};
  }));
  EXPECT_EQ(seen, 140);
  EXPECT_EQ(labels, 35);
}

TEST_P(Stream, OnlyWhatIsNeededIsRead) {
  MUST(world->write([&](db::Tx& tx) -> Done {
    const Record record = TRY(create(tx, world->services(), world->source, world->kind(),
                                     {"", kCity, TRY(json::parse(R"({"name": "甲"})"))}));
    LabelPeriod period;
    period.label = "living_alone";
    period.from = 20250101;
    TRY(add_label(tx, world->services(), world->source, world->kind(), record.id, period));
    return {};
  }));
  const auto position = [&](std::string_view name) {
    const expr::Scope& scope = world->kind().scope;
    return static_cast<size_t>(scope.find(name) - scope.variables.data());
  };
  const auto read = [&](const expr::Needs& needs) {
    std::vector<host::HeldLabel> labels;
    std::vector<Value> values;
    MUST(world->read([&](db::Tx& tx) -> Done {
      all_records(tx, world->services(), "resident", kCity, region::Code(kCity.last()), &needs,
                  [&](const host::Change::Side& side) {
                    values = *side.values;
                    labels = *side.labels;
                  });
      return {};
    }));
    return std::make_pair(values, labels.size());
  };
  const auto [named, none] = read({{"name"}, {}});
  EXPECT_EQ(named.at(position("name")), Value("甲"));
  EXPECT_EQ(none, 0U);
  const auto [unnamed, labels] = read({{}, {"living_alone"}});
  EXPECT_EQ(unnamed.at(position("name")), Value());
  EXPECT_EQ(unnamed.size(), named.size());
  EXPECT_EQ(labels, 1U);
}

class Indexes : public Stream {
 protected:
  // Of the tables of registers, without those of primary keys.
  std::vector<std::string> made() {
    const char* sql =
        GetParam() == db::Engine::sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
              " AND tbl_name LIKE 'reg\\_%' ESCAPE '\\' ORDER BY name"
            : "SELECT CAST(indexname AS TEXT) FROM pg_indexes WHERE schemaname = current_schema()"
              " AND tablename LIKE 'reg\\_%' AND indexname NOT LIKE '%\\_pkey'"
              " ORDER BY indexname";
    std::vector<std::string> names;
    MUST(world->read([&](db::Tx& tx) -> Done {
      for (const db::Row& row : tx.query(sql)) names.push_back(row.text(0));
      return {};
    }));
    return names;
  }
};
INSTANTIATE_TEST_SUITE_P(, Indexes, db::testing::engines(), db::testing::engine_name);

TEST_P(Indexes, AreMadeAgainAfterALoad) {
  const std::vector<std::string> before = made();
  EXPECT_GT(before.size(), 4U);
  drop_indexes(world->services(), kNow);
  EXPECT_TRUE(made().empty());
  MUST(world->add(kCity, R"({"name": "甲"})"));
  MUST(make_indexes(world->services(), kNow));
  EXPECT_EQ(made(), before);
  MUST(make_indexes(world->services(), kNow));
  EXPECT_EQ(made(), before);
}

TEST_P(Indexes, AreMadeAgainAtTheNextStartWhenALoadWasKilled) {
  const std::vector<std::string> before = made();
  drop_indexes(world->services(), kNow);
  MUST(prepare(world->services(), kNow, false));
  EXPECT_EQ(made(), before);
}

}  // namespace
}  // namespace linli::registers
