// The national tree: how long its import takes, and what a suggestion costs with it loaded.
//   bench_places DIVISIONS [DATABASE]
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <vector>

#include "core/text.h"
#include "db/migration.h"
#include "domain/places/api.h"
#include "domain/places/store.h"

namespace linli::places {
std::vector<db::Migration> migrations();
}

namespace {

using namespace linli;  // NOLINT: a program of one file

// Of this process: other work on the machine does not count.
double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

std::string peak_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM")) return line.substr(6);
  }
  return "?";
}

// Every prefix that a person types on the way to a name, in three spellings.
std::vector<std::string> typed(const std::string& name) {
  std::vector<std::string> queries;
  const text::Pinyin pinyin = text::pinyin(name);
  for (const std::string& whole : {name, pinyin.full, pinyin.initials}) {
    for (size_t length = 1; length <= std::min<size_t>(whole.size(), 12); ++length) {
      if (text::is_utf8(whole.substr(0, length))) queries.push_back(whole.substr(0, length));
    }
  }
  return queries;
}

void measure(db::Database& database, const std::string& what, region::Code under,
             const std::vector<std::string>& queries) {
  std::vector<double> times;
  std::string slowest;
  double worst = 0;
  for (const std::string& query : queries) {
    const auto start = processor_seconds();
    MUST(database.read([&](db::Tx& tx) -> Done {
      places::search(tx, {.text = query, .under = under});
      return {};
    }));
    times.push_back((processor_seconds() - start) * 1000);
    if (times.back() > worst) {
      worst = times.back();
      slowest = query;
    }
  }
  std::sort(times.begin(), times.end());
  std::cout << what << ": " << times.size() << " searches, p50 " << times[times.size() / 2]
            << " ms, p99 " << times[times.size() * 99 / 100] << " ms, worst " << times.back()
            << " ms (" << slowest << ")" << std::endl;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return 2;
  const auto database =
      MUST(db::open(count > 2 ? arguments[2] : "sqlite:/tmp/linli-bench-places.db"));
  MUST(db::migrate(*database, places::migrations(), 1));
  const auto start = processor_seconds();
  const places::ImportReport report =
      MUST(places::import_divisions(*database, arguments[1], {}, 1, [](int64_t, int64_t) {}));
  std::cout << "import: " << report.added << " added, " << report.unchanged << " unchanged, "
            << report.not_placed.size() << " not placed, " << (processor_seconds() - start)
            << " s of processor time, peak" << peak_memory() << std::endl;
  for (const auto& row : report.not_placed) {
    std::cout << "  " << row.code << " " << row.name << ": " << row.why << std::endl;
  }

  std::vector<std::string> queries;
  MUST(database->read([&](db::Tx& tx) -> Done {
    int64_t nth = 0;
    places::each(tx, {}, region::Level::village, [&](const places::Place& place) {
      if (++nth % 20011 == 0) {
        for (std::string& query : typed(place.name)) queries.push_back(std::move(query));
      }
      return true;
    });
    return {};
  }));
  for (const char* under : {"", "64", "54", "6208", "5001", "620802", "441900000"}) {
    const auto code = region::Code::parse(std::string_view(under).substr(0, 6));
    measure(*database, std::string("under ") + (*under ? under : "the nation"), *code, queries);
  }
  std::vector<double> times;
  MUST(database->read([&](db::Tx& tx) -> Done {
    for (const places::Place& province : places::children(tx, {}, {}, 100)) {
      for (const places::Place& city : places::children(tx, province.code, province.code, 100)) {
        const auto begin = processor_seconds();
        places::children(tx, city.code, city.code, 100);
        times.push_back((processor_seconds() - begin) * 1000);
      }
    }
    return {};
  }));
  std::sort(times.begin(), times.end());
  std::cout << "children: p50 " << times[times.size() / 2] << " ms, p99 "
            << times[times.size() * 99 / 100] << " ms" << std::endl;
}
