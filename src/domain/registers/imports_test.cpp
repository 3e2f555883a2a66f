#include "domain/registers/imports.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>

#include "domain/registers/exports.h"
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

// 姓名,电话 / 张三,… in GB18030, as a Chinese spreadsheet saves it.
constexpr std::string_view kChineseSheet =
    "\xD0\xD5\xC3\xFB,\xB5\xE7\xBB\xB0\r\n\xD5\xC5\xC8\xFD,13812345678\r\n";

class Imports : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world = std::make_unique<World>(GetParam());
    actor.account_id = "account-1";
    actor.grants = {{"nurse",
                     MUST(region::Code::parse("620802")),
                     {"register.resident.export", "register.resident.import",
                      "register.resident.read", "register.resident.write"}}};
  }
  Import run(std::string_view text, ImportOptions options = {kCity, {}, false}) {
    const Import import =
        MUST(start_import(world->services(), actor, world->kind(), text, options, kNow));
    return MUST(run_import(world->services(), import.id, nullptr, [] { return kNow; }));
  }
  Import try_out(std::string_view text) {
    return MUST(try_import(world->services(), actor, world->kind(), text, {kCity, {}, true}, kNow));
  }
  std::vector<std::string> said(const Import& import) {
    std::vector<std::string> lines;
    for (const ImportError& error : import.errors) {
      lines.push_back(std::to_string(error.line) + " " + error.field + " " + error.code);
    }
    return lines;
  }
  int64_t count(region::Code place = {}) {
    return MUST(world->read([&](db::Tx& tx) -> Result<int64_t> {
      Filter filter;
      filter.territories = {place};
      return store::count(tx, world->kind(), filter);
    }));
  }
  std::string export_text(datum::Datum datum = datum::Datum::wgs84) {
    return MUST(world->read([&](db::Tx& tx) -> Result<std::string> {
      Filter filter;
      filter.territories = {region::Code()};
      const Export done = export_records(tx, world->services(), actor, world->kind(), filter, "zh",
                                         Spreadsheet::csv, kNow, datum);
      std::ifstream in(done.file, std::ios::binary);
      std::stringstream text;
      text << in.rdbuf();
      return text.str();
    }));
  }
  using Lines = std::vector<std::string>;

  std::unique_ptr<World> world;
  host::Actor actor;
};
INSTANTIATE_TEST_SUITE_P(, Imports, db::testing::engines(), db::testing::engine_name);

TEST_P(Imports, ColumnsAreRecognisedByNameAndLabel) {
  const auto mapping = guess_mapping(
      world->kind(), {"姓名", "Identity number", "birth_date", "行政区划代码", "备注", "姓名 "});
  EXPECT_EQ(mapping.at("姓名"), "name");
  EXPECT_EQ(mapping.at("Identity number"), "id_number");
  EXPECT_EQ(mapping.at("birth_date"), "birth_date");
  EXPECT_EQ(mapping.at("行政区划代码"), "place");
  EXPECT_EQ(mapping.at("备注"), "");
}

TEST_P(Imports, EncodingAndDelimiterAreDetected) {
  EXPECT_EQ(run(kChineseSheet).accepted, 1);
  EXPECT_EQ(run("姓名;收入\n李四;3\n").accepted, 1);
  EXPECT_EQ(count(kCity), 2);
}

TEST_P(Imports, ADryRunTellsEveryBadRowAndChangesNothing) {
  const Import import = try_out("姓名,性别,收入,身份证号\n张三,男,5,\n,女,-1,\n李四,?,5,123\n");
  EXPECT_EQ(import.accepted, 1);
  EXPECT_EQ(import.rejected, 2);
  EXPECT_EQ(said(import), (Lines{"3 income field.too_small", "3 name field.required",
                                 "4 gender field.not_a_choice", "4 id_number field.check_digit"}));
  EXPECT_EQ(count(), 0);
}

TEST_P(Imports, BadRowsAreKeptAsideAndTheRestIsDone) {
  const Import import = run("姓名,收入\n张三,5\n李四,much\n王五,6\n");
  EXPECT_EQ(import.state, "finished");
  EXPECT_EQ(import.accepted, 2);
  EXPECT_EQ(said(import), Lines{"3 income field.type"});
  EXPECT_EQ(count(), 2);
}

TEST_P(Imports, RowsGoToThePlaceTheyNameWithinTheTerritory) {
  const Import import =
      run("姓名,place\n甲," + kVillage.text() + "\n乙,东关社区\n丙,330201001001\n丁,\n戊,某村\n",
          {MUST(region::Code::parse("620802")), {}, false});
  EXPECT_EQ(said(import),
            (Lines{"4  access.denied", "5  place.not_found", "6 place place.bad_code"}));
  EXPECT_EQ(count(kVillage), 1);
  EXPECT_EQ(count(kCity), 1);
}

TEST_P(Imports, TheSameFileAgainIsTheSameImport) {
  const Import first = run("姓名\n张三\n");
  const Import again = run("姓名\n张三\n");
  EXPECT_EQ(first.id, again.id);
  EXPECT_EQ(count(), 1);
}

TEST_P(Imports, AKnownUniqueValueChangesItsRecord) {
  const std::string number = id_number(19500102, 13);
  run("姓名,身份证号,收入\n张三," + number + ",5\n");
  const Import import = run("姓名,身份证号,收入\n张三丰," + number + ",\n");
  EXPECT_EQ(import.accepted, 1);
  EXPECT_EQ(count(), 1);
  MUST(world->read([&](db::Tx& tx) -> Done {
    const Record record =
        find_exact(tx, world->services(), world->kind(), "id_number", number, kToday).at(0);
    EXPECT_EQ(record.values[0], Value("张三丰"));
    EXPECT_EQ(record.values[7], Value(5.0));
    return {};
  }));
}

TEST_P(Imports, AKilledImportGoesOnBehindItsLastTransaction) {
  std::string sheet = "姓名,收入\n";
  for (int i = 0; i < 450; ++i)
    sheet += "居民" + std::to_string(i) + "," + (i == 300 ? "x" : "1") + "\n";
  const Import import =
      MUST(start_import(world->services(), actor, world->kind(), sheet, {kCity, {}, false}, kNow));
  const auto die = [](const Import&) { throw std::runtime_error("killed"); };
  EXPECT_THROW((void)run_import(world->services(), import.id, die, [] { return kNow; }),
               std::runtime_error);
  EXPECT_EQ(count(), 200);
  // Nobody else takes it while its process may still live.
  continue_imports(world->services(), kNow + time::kSecond);
  EXPECT_EQ(count(), 200);
  const Import end =
      MUST(run_import(world->services(), import.id, nullptr, [] { return kNow + time::kHour; }));
  EXPECT_EQ(end.state, "finished");
  EXPECT_EQ(end.accepted, 449);
  EXPECT_EQ(end.rejected, 1);
  EXPECT_EQ(count(), 449);
}

TEST_P(Imports, AnExportComesBackWithoutChangingAnything) {
  const std::string number = id_number(19500102, 13);
  MUST(world->add(kCity, R"({"name": "张三", "phone": "13812345678", "hobbies": ["chess", "dance"],
      "income": 12.5, "working": true, "workplace": "学,校", "seat": {"lon": 106.5, "lat": 35.5},
      "id_number": ")" + number +
                             R"("})"));
  MUST(world->add(kVillage, R"json({"name": "=SUM(A1)"})json"));
  const std::string sheet = export_text();
  EXPECT_TRUE(sheet.starts_with("\xEF\xBB\xBFid,place,"));
  EXPECT_EQ(sheet.find(number), std::string::npos);
  EXPECT_NE(sheet.find("'=SUM(A1)"), std::string::npos);
  EXPECT_NE(sheet.find("象棋、广场舞"), std::string::npos);
  const Import import = run(sheet.substr(0, sheet.find("=SUM") - 1));
  EXPECT_EQ(said(import), Lines{});
  EXPECT_EQ(export_text(), sheet);
}

TEST_P(Imports, PointsComeInAnyDatumAndAreKeptInOne) {
  const std::string place = kCity.text();
  EXPECT_EQ(run("姓名,位置,place\n甲,\"GCJ-02 121.531541859215,31.17530398364597\"," + place +
                "\n乙,\"121.5272106,31.1774276\"," + place + "\n丙,\"CGCS 121,31\"," + place + "\n")
                .accepted,
            2);
  const auto points = [&] {
    return MUST(world->read([&](db::Tx& tx) -> Result<Lines> {
      Lines found;
      tx.each("SELECT seat FROM reg_resident ORDER BY name", {}, [&](const db::Row& row) {
        found.push_back(row.text(0));
        return true;
      });
      return found;
    }));
  };
  EXPECT_EQ(points(), (Lines{"121.5272106,31.1774276", "121.5272106,31.1774276"}));
  const std::string shifted = export_text(datum::Datum::gcj02);
  EXPECT_NE(shifted.find("GCJ-02 121.5315419,31.1753040"), std::string::npos) << shifted;
  EXPECT_EQ(run(shifted).rejected, 0);
  EXPECT_EQ(points(), (Lines{"121.5272106,31.1774276", "121.5272106,31.1774276"}));
}

TEST_P(Imports, UnknownColumnsAndNamesOfNoFieldAreRefused) {
  const auto refused = [&](std::string_view text, ImportOptions options) {
    return start_import(world->services(), actor, world->kind(), text, options, kNow).error().code;
  };
  EXPECT_EQ(refused("a,b\n1,2\n", {kCity, {}, false}), "import.no_columns");
  EXPECT_EQ(refused("a,b\n1,2\n", {kCity, {{"a", "height"}}, false}), "import.bad_mapping");
}

}  // namespace
}  // namespace linli::registers
