// For tests of the registers: content from YAML text, and a stage with two villages.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "domain/registers/formats.h"
#include "engine/pack/load.h"
#include "host/testing.h"

namespace linli::places {
std::vector<db::Migration> migrations();
}
namespace linli::registers {
std::vector<db::Migration> migrations();
}

namespace linli::registers::testing {

inline constexpr std::string_view kPack = R"yaml(
list: gender
name: {zh: 性别, en: Gender}
choices:
  - {key: male, name: {zh: 男, en: Male}, attributes: {gb: 1}}
  - {key: female, name: {zh: 女, en: Female}, attributes: {gb: 2}}
---
list: hobby
name: {zh: 爱好, en: Hobby}
choices:
  - {key: chess, name: {zh: 象棋, en: Chess}}
  - {key: dance, name: {zh: 广场舞, en: Dance}}
---
list: community_type
name: {zh: 社区类型, en: Community type}
choices:
  - {key: old_estate, name: {zh: 老旧小区, en: Old estate}}
---
role: nurse
name: {zh: 护士, en: Nurse}
levels: [village]
permissions: [register.resident.read, register.resident.write]
---
register: home
name: {zh: 房屋, en: Home}
title: address
fields:
  address: {type: text, label: {zh: 地址, en: Address}, required: true, search: [text], listed: true}
---
register: resident
name: {zh: 居民, en: Resident}
title: name
fields:
  name: {type: person_name, label: {zh: 姓名, en: Name}, required: true, search: [text, pinyin], listed: true}
  id_number: {type: cn_id_number, label: {zh: 身份证号, en: Identity number}, sensitive: identity, unique: true}
  gender: {type: choice, list: gender, label: {zh: 性别, en: Gender}, from: id_number}
  birth_date: {type: date, label: {zh: 出生日期, en: Born on}, from: id_number, listed: true}
  phone: {type: phone, label: {zh: 电话, en: Phone}, sensitive: contact}
  home: {type: reference, to: home, label: {zh: 住房, en: Home}}
  hobbies: {type: choices, list: hobby, label: {zh: 爱好, en: Hobbies}}
  income: {type: decimal, label: {zh: 收入, en: Income}, minimum: 0, maximum: 100000, listed: true}
  savings: {type: decimal, label: {zh: 存款, en: Savings}}
  working: {type: boolean, label: {zh: 在职, en: Working}}
  workplace: {type: text, label: {zh: 单位, en: Workplace}, when: working, max_length: 10}
  illness: {type: text, label: {zh: 疾病, en: Illness}, see: [nurse]}
  seat: {type: point, label: {zh: 位置, en: Position}}
labels:
  living_alone: {name: {zh: 独居, en: Living alone}}
  incapacitated: {name: {zh: 失能, en: Incapacitated}, evidence: required}
  in_treatment: {name: {zh: 治疗中, en: In treatment}, see: [nurse]}
derived:
  age: {label: {zh: 年龄, en: Age}, value: "years_between(birth_date, today)"
}
  special_care: {label: {zh: 重点, en: Special care}, value: "age >= 60 and label(living_alone)"}
)yaml";

// Loads one pack made of this text; a mistake in it ends the test program.
inline std::shared_ptr<const pack::Content> content_of(std::string_view text) {
  static int count = 0;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() /
      ("linli_packs_" + std::to_string(getpid()) + "_" + std::to_string(++count));
  std::filesystem::create_directories(folder / "trial");
  std::ofstream(folder / "trial" / "pack.yaml")
      << "pack: trial\nname: {zh: 试, en: Trial}\nversion: \"1\"\nlanguages: [zh, en]\nneeds: []\n";
  std::ofstream(folder / "trial" / "content.yaml") << text;
  std::vector<pack::Mistake> mistakes;
  auto content = pack::load(folder.string(), {"trial"}, mistakes);
  for (const pack::Mistake& mistake : mistakes) {
    std::fputs((pack::to_text(mistake) + "\n").c_str(), stderr);
  }
  std::filesystem::remove_all(folder);
  if (!content) std::abort();
  return content;
}

inline const region::Code kCity{62080200100100000};     // urban village
inline const region::Code kVillage{62080210020100000};  // rural village
inline constexpr time::Date kToday = 20250301;
inline const time::Instant kNow = time::start_of(kToday) + 9 * time::kHour;

struct World {
  explicit World(db::Engine engine, std::string_view pack = kPack,
                 std::vector<host::Module> more = {})
      : stage(engine, modules(std::move(more)), content_of(pack)) {
    MUST(prepare(stage.services, kNow, false));
    MUST(stage.services.database.transact([&](db::Tx& tx) -> Done {
      std::vector<places::Place> places;
      for (const auto& [code, name, urban] :
           {std::tuple{kCity, "东关社区", true}, std::tuple{kVillage, "上杨村", false}}) {
        places::Place place;
        place.code = code;
        place.name = name;
        place.parent = code.parent();
        place.urban = urban;
        places.push_back(place);
      }
      places::add_places(tx, places);
      return {};
    }));
  }

  static std::vector<host::Module> modules(std::vector<host::Module> more) {
    more.push_back({.name = "places", .migrations = places::migrations()});
    more.push_back({.name = "registers", .migrations = migrations()});
    return more;
  }

  host::Services& services() { return stage.services; }
  const pack::Register& kind(std::string_view key = "resident") {
    return *stage.services.content->find_register(key);
  }
  template <class Body>
  auto write(Body&& body) {
    return stage.services.database.transact(std::forward<Body>(body));
  }
  template <class Body>
  auto read(Body&& body) {
    return stage.services.database.read(std::forward<Body>(body));
  }
  Result<Record> add(region::Code place, std::string_view values, std::string id = {},
                     std::string_view key = "resident") {
    return write([&](db::Tx& tx) {
      return create(tx, services(), source, kind(key), {id, place, MUST(json::parse(values))});
    });
  }
  Result<Record> edit(const Record& record, std::string_view values,
                      std::optional<region::Code> place = {}) {
    return write([&](db::Tx& tx) {
      return change(tx, services(), source, kind(), record.id,
                    {record.version, place, MUST(json::parse(values))});
    });
  }

  host::testing::Stage stage;
  Source source{"account-1", "李工", "web", kNow};
};

// A valid identity number of that day; an odd sequence is a man's.
inline std::string id_number(time::Date birth, int sequence) {
  std::string number = "620802" + std::to_string(birth) + std::to_string(1000 + sequence).substr(1);
  return number + check_character_of_id(number);
}

}  // namespace linli::registers::testing
