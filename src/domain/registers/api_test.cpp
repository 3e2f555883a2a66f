#include "domain/registers/api.h"

#include <gtest/gtest.h>

#include "domain/registers/store.h"
#include "domain/registers/testing.h"

namespace linli::registers {
namespace {

using testing::id_number;
using testing::kCity;
using testing::kNow;
using testing::kToday;
using testing::kVillage;
using testing::World;

class Registers : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<World>(GetParam());
  }
  // The names in a list, page by page.
  std::vector<std::string> walk(Filter filter, std::string order = "place", bool descending = false,
                                int64_t limit = 2) {
    filter.today = kToday;
    if (filter.territories.empty()) filter.territories = {region::Code()};
    return MUST(world->read([&](db::Tx& tx) -> Result<std::vector<std::string>> {
      Page page{order, descending, limit, {}};
      std::vector<std::string> names;
      while (true) {
        const std::vector<store::Row> rows = store::list(tx, world->kind(), filter, page);
        for (const store::Row& row : rows) names.push_back(std::get<std::string>(row.columns[0]));
        if (static_cast<int64_t>(rows.size()) < limit) return names;
        page.after = store::cursor(world->kind(), page, rows.back());
      }
    }));
  }
  std::vector<std::string> sorted(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return names;
  }
  std::vector<std::string> where(const std::string& text) {
    const expr::Expression condition =
        MUST(expr::compile(text, {.scope = &world->kind().scope}, expr::Type::boolean));
    Filter filter;
    filter.where = &condition;
    return sorted(walk(filter));
  }
  Record reload(const Record& record) {
    return MUST(world->read(
        [&](db::Tx& tx) { return load(tx, world->services(), world->kind(), record.id); }));
  }
  std::vector<HistoryItem> history(const Record& record) {
    return MUST(world->read([&](db::Tx& tx) -> Result<std::vector<HistoryItem>> {
      return store::history(tx, {"resident", record.village(), record.id}, "", 100);
    }));
  }
  Result<LabelPeriod> give(const Record& record, std::string label, time::Date from,
                           std::optional<time::Date> to = {}) {
    LabelPeriod period;
    period.label = std::move(label);
    period.from = from;
    period.to = to;
    period.evidence = "走访";
    return world->write([&](db::Tx& tx) {
      return add_label(tx, world->services(), world->source, world->kind(), record.id, period);
    });
  }
  using Names = std::vector<std::string>;

  std::unique_ptr<World> world;
};
INSTANTIATE_TEST_SUITE_P(, Registers, db::testing::engines(), db::testing::engine_name);

TEST_P(Registers, WhatIsSavedIsLoadedFieldByField) {
  const Record home = MUST(world->add(kCity, R"({"address": "东关街1号"})", "", "home"));
  const Record saved =
      MUST(world->add(kCity, R"({"name": "张三", "id_number": ")" + id_number(19500102, 13) +
                                 R"(", "phone": "13812345678", "hobbies": ["chess"], "income": 12.5,
                 "working": true, "workplace": "学校", "illness": "高血压",
                 "seat": {"lon": 106.5, "lat": 35.5}, "home": ")" +
                                 home.id + R"("})"));
  const Record loaded = reload(saved);
  EXPECT_EQ(loaded.values, saved.values);
  EXPECT_EQ(loaded.place, kCity);
  EXPECT_EQ(loaded.version, 1);
  EXPECT_EQ(loaded.created_at, kNow);
}

TEST_P(Registers, SensitiveValuesAreNowhereInTheClear) {
  const std::string number = id_number(19500102, 13);
  Record record = MUST(world->add(
      kCity, R"({"name": "张三", "phone": "13812345678", "id_number": ")" + number + R"("})"));
  record = MUST(world->edit(record, R"({"phone": "13912345678"})"));
  MUST(world->read([&](db::Tx& tx) -> Done {
    std::string all;
    for (const char* sql :
         {"SELECT id_number, id_number_lookup, phone, phone_lookup, search FROM reg_resident",
          "SELECT changes, '', '', '', '' FROM register_history",
          "SELECT data, '', '', '', '' FROM event_log"}) {
      for (const db::Row& row : tx.query(sql)) {
        for (size_t i = 0; i < row.size(); ++i) all += row.text(i) + "\n";
      }
    }
    for (const std::string& secret :
         {number, std::string("13812345678"), std::string("13912345678")}) {
      EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    }
    EXPECT_NE(all.find("138****5678"), std::string::npos);
    return {};
  }));
}

TEST_P(Registers, ASensitiveValueIsFoundExactly) {
  const Record record = MUST(world->add(kCity, R"({"name": "张三", "phone": "13812345678"})"));
  MUST(world->read([&](db::Tx& tx) -> Done {
    const auto found = [&](std::string_view phone) {
      return find_exact(tx, world->services(), world->kind(), "phone", phone, kToday);
    };
    EXPECT_EQ(found("+86 138 1234 5678").at(0).id, record.id);
    EXPECT_TRUE(found("13812345679").empty());
    EXPECT_TRUE(found("1381234").empty());
    return {};
  }));
}

TEST_P(Registers, TheSameCreationAgainIsTheSameAnswer) {
  const std::string id = "01890a5d-ac96-774b-bcce-b302099a8057";
  const Record first = MUST(world->add(kCity, R"({"name": "张三"})", id));
  const Record again = MUST(world->add(kCity, R"({"name": "张三"})", id));
  EXPECT_EQ(first.values, again.values);
  EXPECT_EQ(history(first).size(), 1u);
  EXPECT_EQ(world->add(kCity, R"({"name": "李四"})", id).error().code, "record.exists");
}

TEST_P(Registers, UniqueValuesAndReferencesAreChecked) {
  const std::string number = id_number(19500102, 13);
  MUST(world->add(kCity, R"({"name": "张三", "id_number": ")" + number + R"("})"));
  const auto twice =
      world->add(kVillage, R"({"name": "张三", "id_number": ")" + number +
                               R"(", "home": "01890a5d-ac96-774b-bcce-b302099a8057"})");
  ASSERT_FALSE(twice);
  ASSERT_EQ(twice.error().fields.size(), 2u);
  EXPECT_EQ(twice.error().fields[0].code, "field.not_unique");
  EXPECT_EQ(twice.error().fields[1].code, "reference.not_found");
}

TEST_P(Registers, AnUnknownPlaceIsRefused) {
  EXPECT_EQ(world->add(region::Code(62080200199900000), R"({"name": "张三"})").error().code,
            "place.not_found");
}

TEST_P(Registers, AChangeCarriesTheVersionItRead) {
  const Record record = MUST(world->add(kCity, R"({"name": "张三"})"));
  const Record changed = MUST(world->edit(record, R"({"income": 5})"));
  EXPECT_EQ(changed.version, 2);
  EXPECT_EQ(world->edit(record, R"({"income": 6})").error().code, "record.changed_meanwhile");
  EXPECT_EQ(MUST(world->edit(changed, R"({"income": 5})")).version, 2);
}

TEST_P(Registers, HistorySaysWhoChangedWhatThroughWhichDoor) {
  Record record = MUST(world->add(kCity, R"({"name": "张三", "income": 4})"));
  world->source = {"account-2", "王工", "counter", kNow + time::kHour};
  record = MUST(world->edit(record, R"({"income": 5})"));
  const std::vector<HistoryItem> items = history(record);
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].action, "changed");
  EXPECT_EQ(items[0].source.actor_name, "王工");
  EXPECT_EQ(items[0].source.channel, "counter");
  ASSERT_EQ(items[0].changes.size(), 1u);
  EXPECT_EQ(items[0].changes[0].before.as_number(), 4);
  EXPECT_EQ(items[0].changes[0].after.as_number(), 5);
  EXPECT_EQ(items[1].action, "created");
}

TEST_P(Registers, AMovedRecordKeepsItsIdLabelsAndHistory) {
  const Record record = MUST(world->add(kCity, R"({"name": "张三"})"));
  MUST(give(record, "living_alone", 20250101));
  const Record moved = MUST(world->edit(record, "{}", kVillage));
  EXPECT_EQ(moved.id, record.id);
  EXPECT_EQ(reload(record).place, kVillage);
  EXPECT_EQ(history(moved).size(), 3u);
  MUST(world->read([&](db::Tx& tx) -> Done {
    EXPECT_EQ(labels_of(tx, world->kind(), moved).size(), 1u);
    return {};
  }));
  EXPECT_EQ(where("rural and label(living_alone)"), Names{"张三"});
}

TEST_P(Registers, ARecordThatIsReferredToIsNotDeleted) {
  const Record home = MUST(world->add(kCity, R"({"address": "东关街1号"})", "", "home"));
  const Record record =
      MUST(world->add(kCity, R"({"name": "张三", "home": ")" + home.id + R"("})"));
  const auto remove_one = [&](const char* key, const Record& which) {
    return world->write([&](db::Tx& tx) {
      return remove(tx, world->services(), world->source, world->kind(key), which.id,
                    which.version);
    });
  };
  EXPECT_EQ(remove_one("home", home).error().code, "record.referenced");
  MUST(remove_one("resident", record));
  MUST(remove_one("home", home));
  EXPECT_EQ(remove_one("home", home).error().code, "record.not_found");
}

TEST_P(Registers, ListsAreCutByTerritory) {
  MUST(world->add(kCity, R"({"name": "甲"})"));
  MUST(world->add(kVillage, R"({"name": "乙"})"));
  const auto in = [&](std::vector<region::Code> territories) {
    Filter filter;
    filter.territories = std::move(territories);
    return sorted(walk(filter));
  };
  EXPECT_EQ(in({kCity}), Names{"甲"});
  EXPECT_EQ(in({kCity, kVillage}), (Names{"乙", "甲"}));
  EXPECT_EQ(in({MUST(region::Code::parse("620802"))}), (Names{"乙", "甲"}));
  EXPECT_TRUE(in({MUST(region::Code::parse("330201"))}).empty());
  MUST(world->read([&](db::Tx& tx) -> Done {
    EXPECT_EQ(store::count(tx, world->kind(), {}), 0);
    return {};
  }));
}

TEST_P(Registers, EveryOrderWalksAllRecordsOnce) {
  const std::vector<std::pair<std::string, std::string>> people = {
      {"丁", R"("income": 3)"},
      {"丙", R"("birth_date": "1990-01-01")"},
      {"乙", R"("income": 3)"},
      {"甲", R"("income": 9, "birth_date": "1950-01-01")"},
      {"甲", "\"income\": 1"}};
  for (const auto& [name, more] : people) {
    MUST(world->add(name == "丁" ? kVillage : kCity,
                    R"({"name": ")" + name + R"(", )" + more + "}"));
    world->source.at += time::kSecond;
  }
  const Names all = {"丁", "丙", "乙", "甲", "甲"};
  for (const char* order : {"place", "updated_at", "name", "income", "birth_date"}) {
    for (const bool descending : {false, true}) {
      for (const int64_t limit : {1, 2, 3, 10}) {
        EXPECT_EQ(sorted(walk({}, order, descending, limit)), all) << order << limit;
      }
    }
  }
  EXPECT_EQ(walk({}, "updated_at"), (Names{"丁", "丙", "乙", "甲", "甲"}));
  EXPECT_EQ(walk({}, "name", true), (Names{"甲", "甲", "乙", "丙", "丁"}));
  EXPECT_EQ(walk({}, "income", true).front(), "甲");
}

TEST_P(Registers, WordsFindNamesInChinesePinyinAndInitials) {
  for (const char* name : {"张小明", "章晓敏", "李四"}) {
    MUST(world->add(kCity, std::string(R"({"name": ")") + name + R"("})"));
  }
  const auto found = [&](std::vector<std::string> words) {
    Filter filter;
    filter.words = std::move(words);
    return sorted(walk(filter));
  };
  EXPECT_EQ(found({"小明"}), Names{"张小明"});
  EXPECT_EQ(found({"zxm"}), (Names{"张小明", "章晓敏"}));
  EXPECT_EQ(found({"lisi"}), Names{"李四"});
  EXPECT_EQ(found({"zhang", "晓"}), Names{"章晓敏"});
  EXPECT_TRUE(found({"%"}).empty());
}

TEST_P(Registers, FiltersAreExpressionsOverFieldsPlaceAndLabels) {
  const Record old = MUST(world->add(kCity, R"({"name": "甲", "birth_date": "1950-01-01"})"));
  MUST(world->add(kVillage, R"({"name": "乙", "birth_date": "1950-01-01", "hobbies": ["chess"]})"));
  MUST(world->add(kCity, R"({"name": "丙", "phone": "13812345678", "working": true})"));
  MUST(give(old, "living_alone", 20250101, 20250401));
  EXPECT_EQ(where("age >= 60"), (Names{"乙", "甲"}));
  EXPECT_EQ(where("special_care"), Names{"甲"});
  EXPECT_EQ(where("rural"), Names{"乙"});
  EXPECT_EQ(where("hobbies has chess or working"), (Names{"丙", "乙"}));
  EXPECT_EQ(where("phone is unknown"), (Names{"乙", "甲"}));
  Filter labelled;
  labelled.label = "living_alone";
  EXPECT_EQ(walk(labelled), Names{"甲"});
}

TEST_P(Registers, ALabelEndsOnItsDay) {
  const Record record = MUST(world->add(kCity, R"({"name": "甲"})"));
  MUST(give(record, "living_alone", 20250101));
  const auto end = [&](time::Date on) {
    return world->write([&](db::Tx& tx) {
      return end_label(tx, world->services(), world->source, world->kind(), record.id,
                       "living_alone", on);
    });
  };
  MUST(end(kToday));
  EXPECT_TRUE(where("label(living_alone)").empty());
  EXPECT_EQ(end(kToday).error().code, "label.not_held");
  EXPECT_EQ(history(record).size(), 3u);
}

TEST_P(Registers, RecordsFollowTheAttributesOfTheirPlace) {
  MUST(world->add(kVillage, R"({"name": "甲"})"));
  EXPECT_TRUE(where("urban").empty());
  MUST(world->write([&](db::Tx& tx) -> Done {
    store::set_attributes(tx, "resident", kVillage, {true, {"old_estate"}});
    return {};
  }));
  EXPECT_EQ(where("urban and community_types has old_estate"), Names{"甲"});
}

TEST_P(Registers, DuplicatesShareNameAndBirthDate) {
  for (const char* born : {"1950-01-01", "1950-01-01", "1960-01-01"}) {
    MUST(world->add(kCity, std::string(R"({"name": "甲", "birth_date": ")") + born + R"("})"));
  }
  MUST(world->add(kCity, R"({"name": "甲"})"));
  MUST(world->read([&](db::Tx& tx) -> Done {
    const auto groups = duplicates(tx, world->kind(), {kCity}, 10);
    EXPECT_EQ(groups.size(), 1u);
    if (!groups.empty()) {
      EXPECT_EQ(groups[0].records.size(), 2u);
    }
    EXPECT_TRUE(duplicates(tx, world->kind(), {kVillage}, 10).empty());
    return {};
  }));
}

TEST_P(Registers, ANewPackVersionKeepsWhatIsThere) {
  const Record record = MUST(world->add(kCity, R"({"name": "甲", "income": 5})"));
  std::string next(testing::kPack);
  next.replace(next.find("  seat: {"), 0,
               "  nickname: {type: text, label: {zh: 小名, en: Nickname}, listed: true}\n");
  const auto content = testing::content_of(next);
  world->stage.services.content = content;
  MUST(prepare(world->services(), kNow, false));
  MUST(prepare(world->services(), kNow, false));
  const Record changed = MUST(world->edit(reload(record), R"({"nickname": "小甲"})"));
  EXPECT_EQ(reload(changed).values, changed.values);
  EXPECT_EQ(where("nickname = \"小甲\" and income = 5"), Names{"甲"});
}

}  // namespace
}  // namespace linli::registers
