// For tests of the circles: a village whose homes and facilities lie along a line without a map,
// so that minutes are what they look like: 60 m/min straight on, 75 and over half as fast.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "domain/circles/api.h"
#include "domain/circles/settle.h"
#include "domain/places/api.h"
#include "domain/registers/api.h"
#include "engine/pack/load.h"
#include "host/testing.h"

namespace linli::places {
std::vector<db::Migration> migrations();
}
namespace linli::registers {
std::vector<db::Migration> migrations();
}
namespace linli::circles {
std::vector<db::Migration> migrations();
}

namespace linli::circles::testing {

inline const region::Code kCity{62080200100100000};     // urban village
inline const region::Code kVillage{62080210020100000};  // rural village
inline constexpr time::Date kToday = 20250301;
inline const time::Instant kNow = time::start_of(kToday) + 9 * time::kHour;

inline constexpr std::string_view kPack = R"yaml(
list: facility_kind
name: {zh: 设施类型, en: Kind}
choices:
  - {key: canteen, name: {zh: 食堂, en: Canteen}}
  - {key: clinic, name: {zh: 卫生站, en: Clinic}}
  - {key: hospital, name: {zh: 医院, en: Hospital}}
  - {key: bench, name: {zh: 长椅, en: Bench}}
---
list: travel_profile
name: {zh: 出行方式, en: Ways to travel}
choices:
  - {key: walk, name: {zh: 步行, en: On foot}, attributes: {mode: walk, speed_kmh: 3.6, detour: 1.0}}
  - {key: slow, name: {zh: 慢行, en: Slowly}, attributes: {mode: walk, speed_kmh: 1.8, detour: 1.0}}
---
list: siting_setting
name: {zh: 选址设定, en: Settings of siting}
choices:
  - {key: most_candidates, name: {zh: 候选, en: Candidates}, attributes: {value: 5000}}
  - {key: beyond, name: {zh: 倍数, en: Times}, attributes: {value: 3}}
---
list: siting_weight
name: {zh: 选址权重, en: Weights when siting}
choices:
  - {key: aged_75, name: {zh: 75岁以上, en: 75 and over}, attributes: {weight: 2}}
---
list: community_type
name: {zh: 社区类型, en: Community type}
choices:
  - {key: old_estate, name: {zh: 老旧小区, en: Old estate}}
---
register: building
name: {zh: 楼栋, en: Building}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: housing_estate
name: {zh: 小区, en: Estate}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: dwelling
name: {zh: 住房, en: Dwelling}
title: address
fields:
  address: {type: text, label: {zh: 地址, en: Address}, required: true}
  building: {type: reference, to: building, label: {zh: 楼栋, en: Building}}
  point: {type: point, label: {zh: 位置, en: Position}}
---
register: household
name: {zh: 户, en: Household}
title: head_name
fields:
  head_name: {type: person_name, label: {zh: 户主, en: Head}, required: true}
  dwelling: {type: reference, to: dwelling, label: {zh: 住房, en: Dwelling}}
  estate: {type: reference, to: housing_estate, label: {zh: 小区, en: Estate}}
---
register: person
name: {zh: 居民, en: Resident}
title: name
fields:
  name: {type: person_name, label: {zh: 姓名, en: Name}, required: true}
  birth_date: {type: date, label: {zh: 出生, en: Born}}
  household: {type: reference, to: household, label: {zh: 户, en: Household}}
  note: {type: text, label: {zh: 备注, en: Note}}
labels:
  disabled: {name: {zh: 残疾人, en: Disabled}}
derived:
  age: {label: {zh: 年龄, en: Age}, value: "years_between(birth_date, today)"}
---
register: facility
name: {zh: 设施, en: Facility}
title: name
fields:
  name: {type: text, label: {zh: 名称, en: Name}, required: true}
  kind: {type: choice, list: facility_kind, label: {zh: 类型, en: Kind}, required: true}
  point: {type: point, label: {zh: 位置, en: Position}}
  in_service: {type: boolean, label: {zh: 正常运行, en: In service}}
  capacity: {type: integer, label: {zh: 容量, en: Capacity}}
  opening: {type: opening_hours, label: {zh: 开放时间, en: Opening}}
---
register: circle_reach
name: {zh: 生活圈可达, en: Reach}
computed_by: circles
title: need
fields:
  circle: {type: choice, list: circle, label: {zh: 生活圈, en: Circle}}
  need: {type: choice, list: circle_need, label: {zh: 需求, en: Need}}
  resident_group: {type: choice, list: resident_group, label: {zh: 人群, en: Group}}
  residents: {type: integer, label: {zh: 人数, en: Residents}}
  located: {type: integer, label: {zh: 已定位, en: Located}}
  reached: {type: integer, label: {zh: 可达, en: Reached}}
  estimated: {type: integer, label: {zh: 估算, en: Estimated}}
  unconnected: {type: integer, label: {zh: 无路网, en: Unconnected}}
  room: {type: integer, label: {zh: 有位, en: Room}}
---
resident_group: everyone
name: {zh: 全部, en: All}
value: "true"
---
resident_group: aged_75
name: {zh: 75岁以上, en: 75 and over}
value: age >= 75
---
resident_group: disabled
name: {zh: 残疾人, en: Disabled}
value: label(disabled)
---
plan: town
name: {zh: 规划, en: Plan}
document: "试1"
status: issued
years: [2021, 2025]
territory: "6208"
---
circle: town.life
plan: town
name: {zh: 生活圈, en: Life}
mode: walk
minutes: {urban: 10, rural: 20}
profiles: {aged_75: slow}
needs:
  canteen: {room_for: aged_75}
  health: {name: {zh: 医疗, en: Health}, kinds: [clinic, hospital], minimum: 2, minutes: {urban: 15}}
)yaml";

// Metres east of a corner of the town, as a record's point.
inline std::string at(double metres) {
  const double lon = 106.66 + metres / (111'195 * 0.81372);  // at 35.54 north
  return R"({"lon": )" + std::to_string(lon) + R"(, "lat": 35.54})";
}

inline std::shared_ptr<const pack::Content> content() {
  const pack::Files files{
      {"trial/pack.yaml",
       "pack: trial\nname: {zh: 试, en: Trial}\nversion: \"1\"\nlanguages: [zh]\nneeds: []\n"},
      {"trial/content.yaml", std::string(kPack)}};
  std::vector<pack::Mistake> mistakes;
  auto made = pack::load(files, {"trial"}, mistakes);
  for (const pack::Mistake& mistake : mistakes) {
    std::fputs((pack::to_text(mistake) + "\n").c_str(), stderr);
  }
  if (!made) std::abort();
  return made;
}

// The module without its jobs: tests settle when they want to.
struct World {
  host::Services& services() { return stage.services; }
  const pack::Register& kind(std::string_view key) {
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

  explicit World(db::Engine engine) : stage(engine, modules(), content()) {
    MUST(registers::prepare(services(), kNow, false));
    MUST(stage.services.database.transact([&](db::Tx& tx) -> Done {
      for (const auto& [code, urban] : {std::pair{kCity, true}, std::pair{kVillage, false}}) {
        places::Place place;
        place.code = code;
        place.name = "村";
        place.parent = code.parent();
        place.urban = urban;
        places::add_places(tx, {place});
      }
      return {};
    }));
    expect_villages(services(), circles);
  }
  std::vector<host::Module> modules() {
    return {{.name = "places", .migrations = places::migrations()},
            {.name = "registers", .migrations = registers::migrations()},
            {.name = "circles",
             .migrations = migrations(),
             .observers = {
                 {"circles", [this](db::Tx& tx, host::Services& all, const host::Change& change) {
                    observe(circles, tx, all, change);
                  }}}}};
  }

  int settle_all(time::Instant now = kNow) {
    int passes = 0;
    while (settle(circles, sweep, services(), now)) ++passes;
    return passes;
  }
  registers::Record put(std::string_view kind, std::string_view values,
                        region::Code place = kCity) {
    return MUST(write([&](db::Tx& tx) {
      return registers::create(tx, services(), source, this->kind(kind),
                               {{}, place, MUST(json::parse(values))});
    }));
  }
  registers::Record set(std::string_view key, const registers::Record& record,
                        std::string_view values, std::optional<region::Code> place = {}) {
    return MUST(write([&](db::Tx& tx) {
      return registers::change(tx, services(), source, kind(key), record.id,
                               {record.version, place, MUST(json::parse(values))});
    }));
  }
  void drop(std::string_view key, const registers::Record& record) {
    MUST(write([&](db::Tx& tx) {
      return registers::remove(tx, services(), source, kind(key), record.id, record.version);
    }));
  }
  // A household of so many persons at the point; its persons.
  std::vector<registers::Record> family(double metres, int persons, region::Code place = kCity,
                                        std::string_view birth = "1990-01-01") {
    const auto home = put("dwelling", R"({"address": "门", "point": )" + at(metres) + "}", place);
    const auto household =
        put("household", R"({"head_name": "甲", "dwelling": ")" + home.id + "\"}", place);
    std::vector<registers::Record> made;
    for (int i = 0; i < persons; ++i) {
      made.push_back(put("person",
                         R"({"name": "甲", "birth_date": ")" + std::string(birth) +
                             R"(", "household": ")" + household.id + "\"}",
                         place));
    }
    return made;
  }
  registers::Record facility(std::string_view kind, double metres, region::Code place = kCity) {
    return put("facility",
               R"({"name": "设施", "kind": ")" + std::string(kind) +
                   R"(", "in_service": true, "point": )" + at(metres) + "}",
               place);
  }
  // "canteen everyone" → "12/12 7": residents, located, reached; behind it what is not zero.
  std::map<std::string, std::string> rows(region::Code village = kCity) {
    std::map<std::string, std::string> found;
    MUST(read([&](db::Tx& tx) -> Done {
      registers::each_record(
          tx, kind("circle_reach"), village, region::Code(village.last()),
          [&](const std::string&, const host::Change::Side& side) {
            const std::vector<Value>& values = *side.values;  // place, then the fields
            const auto text = [&](size_t i) { return std::get<std::string>(values.at(i)); };
            const auto number = [&](size_t i) {
              return std::to_string(std::get<int64_t>(values.at(i)));
            };
            std::string& row = found[text(2) + " " + text(3)];
            row = number(4) + "/" + number(5) + " " + number(6);
            if (number(7) != "0") row += " estimated " + number(7);
            if (!is_null(values.at(9)) && number(9) != "0") row += " room " + number(9);
          });
      return {};
    }));
    return found;
  }

  Circles circles;
  Sweep sweep;
  host::testing::Stage stage;
  registers::Source source{"account-1", "李工", "web", kNow};
};

}  // namespace linli::circles::testing
