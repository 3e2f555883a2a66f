// The register of persons with many records: how long a bulk load takes, and what a page of a list
// costs with it loaded.
//   bench_registers PACKS COUNT [DATABASE]
#include <algorithm>
#include <chrono>
#include <iostream>
#include <random>
#include <vector>

#include "core/id.h"
#include "core/text.h"
#include "db/migration.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "domain/registers/bulk.h"
#include "domain/registers/store.h"
#include "domain/registers/values.h"
#include "engine/pack/load.h"

namespace linli::places {
std::vector<db::Migration> migrations();
}
namespace linli::registers {
std::vector<db::Migration> migrations();
}

namespace {

using namespace linli;  // NOLINT: a program of one file

constexpr int kPersonsAVillage = 2500;
constexpr time::Date kToday = 20250301;

double seconds() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

region::Code village(int64_t number) {
  return region::Code(62080200000000000 + (number / 20 + 1) * 100000000 +
                      (number % 20 + 1) * 100000);
}

std::string name_of(std::mt19937_64& random) {
  static const std::vector<std::string> family = {"王", "李", "张", "刘", "陈", "杨", "赵", "马",
                                                  "吴", "周", "徐", "孙", "朱", "胡", "郭", "何"};
  static const std::vector<std::string> given = {
      "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛",
      "明", "超", "兰", "霞", "平", "刚", "桂", "英", "玉", "秀", "建", "国", "文", "华", "梅"};
  return family[random() % family.size()] + given[random() % given.size()] +
         given[random() % given.size()];
}

registers::Loaded person(const pack::Register& kind, std::mt19937_64& random, int64_t number) {
  registers::Loaded loaded;
  registers::Record& record = loaded.record;
  record.id = id::make(time::start_of(kToday) + number);
  record.place = village(number / kPersonsAVillage);
  record.values.resize(kind.fields.size());
  const auto set = [&](std::string_view field, Value value) {
    record.values[static_cast<size_t>(kind.field(field) - kind.fields.data())] = std::move(value);
  };
  set("name", name_of(random));
  set("gender", random() % 2 == 0 ? "male" : "female");
  set("birth_date",
      static_cast<int64_t>((1930 + random() % 95) * 10000 + 101 + random() % 12 * 100));
  set("phone", "139" + std::to_string(10000000 + number));
  set("residence", "registered_here");
  set("address", "柳湖镇崆峒大道" + std::to_string(random() % 500) + "号");
  if (random() % 20 == 0) {
    registers::LabelPeriod period;
    period.id = id::make(time::start_of(kToday) + number);
    period.label = "living_alone";
    period.from = 20240101;
    loaded.labels.push_back(period);
  }
  return loaded;
}

void page(host::Services& services, const pack::Register& kind, const std::string& what,
          registers::Filter filter, const std::string& order = "place") {
  filter.today = kToday;
  std::vector<double> times;
  size_t found = 0;
  for (int i = 0; i < 7; ++i) {
    const double start = seconds();
    MUST(services.database.read([&](db::Tx& tx) -> Done {
      found = registers::store::list(tx, kind, filter, {order, false, 50, {}}).size();
      return {};
    }));
    times.push_back((seconds() - start) * 1000);
  }
  std::sort(times.begin(), times.end());
  std::cout << "  " << what << ": " << found << " rows, median " << times[3] << " ms, best "
            << times[0] << " ms\n";
}

void load(host::Services& services, const pack::Register& kind, int64_t count) {
  MUST(services.database.transact([&](db::Tx& tx) -> Done {
    std::vector<places::Place> all;
    for (int64_t i = 0; i * kPersonsAVillage < count; ++i) {
      places::Place place;
      place.code = village(i);
      place.name = "村" + std::to_string(i);
      place.parent = place.code.parent();
      place.urban = i % 2 == 0;
      all.push_back(place);
    }
    places::add_places(tx, all);
    return {};
  }));
  std::mt19937_64 random{1};
  const double start = seconds();
  for (int64_t at = 0; at < count; at += 20000) {
    MUST(services.database.transact([&](db::Tx& tx) -> Done {
      std::vector<registers::Loaded> records;
      for (int64_t i = at; i < std::min(at + 20000, count); ++i) {
        records.push_back(person(kind, random, i));
      }
      registers::bulk_insert(tx, services, kind, records);
      return {};
    }));
  }
  std::cout << "load of " << count << ": " << seconds() - start << " s\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: bench_registers PACKS COUNT [DATABASE]\n";
    return 2;
  }
  const int64_t count = std::stoll(argv[2]);
  std::vector<pack::Mistake> mistakes;
  const auto content = pack::load(argv[1], {"base"}, mistakes);
  if (!content) {
    std::cerr << pack::to_text(mistakes.front()) << "\n";
    return 1;
  }
  const std::string url = argc > 3 ? argv[3] : "sqlite:/tmp/bench_registers.db";
  const auto database = MUST(db::open(url, {.readers = 2, .durable = false}));
  const auto keyring = MUST(crypto::Keyring::open("/tmp/bench_registers.key", true));
  host::Services services{.database = *database, .content = content, .keyring = keyring};
  std::vector<db::Migration> migrations = places::migrations();
  for (const db::Migration& migration : registers::migrations()) migrations.push_back(migration);
  MUST(db::migrate(*database, migrations, 1));
  MUST(registers::prepare(services, 1, false));
  const pack::Register& person = *content->find_register("person");
  const bool empty = MUST(database->read([&](db::Tx& tx) -> Result<bool> {
    return registers::store::list(tx, person, {.territories = {region::Code()}},
                                  {"place", false, 1, {}})
        .empty();
  }));
  if (empty) load(services, person, count);

  const expr::Expression elderly =
      MUST(expr::compile("special_care", {.scope = &person.scope}, expr::Type::boolean));
  const expr::Expression oldest =
      MUST(expr::compile("age >= 90 and urban", {.scope = &person.scope}, expr::Type::boolean));
  for (const auto& [where, place] :
       {std::pair{"a village", village(3)},
        std::pair{"a township", region::Code(village(3).at(region::Level::township))},
        std::pair{"everywhere", region::Code()}}) {
    std::cout << where << "\n";
    const registers::Filter all{.territories = {place}};
    page(services, person, "first page", all);
    for (const char* order : {"name", "birth_date", "updated_at"}) {
      page(services, person, std::string("by ") + order, all, order);
    }
    for (const char* word : {"张", "zxm", "zhangweijun", "欧阳"}) {
      registers::Filter filter = all;
      filter.words = {word};
      page(services, person, std::string("word ") + word, filter);
    }
    registers::Filter filter = all;
    filter.label = "living_alone";
    page(services, person, "a label", filter);
    filter = all;
    filter.where = &oldest;
    page(services, person, "where age >= 90 and urban", filter);
    filter.where = &elderly;
    page(services, person, "where special_care", filter);
  }
  const double start = seconds();
  int64_t streamed = 0;
  MUST(database->read([&](db::Tx& tx) -> Done {
    registers::each_record(tx, person, region::Code(), region::Code(region::Code().last()),
                           [&](const std::string&, const host::Change::Side&) { ++streamed; });
    return {};
  }));
  std::cout << "stream of " << streamed << " for figures: " << seconds() - start << " s\n";
  return 0;
}
