#include "domain/places/import.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <unordered_set>
#include <utility>

#include "core/csv.h"
#include "core/id.h"
#include "core/json.h"
#include "domain/places/rules.h"
#include "domain/places/store.h"

namespace linli::places {
namespace {

constexpr size_t kBatch = 10'000;
constexpr size_t kExamples = 100;
constexpr int64_t kManyTimes = 4;  // so much more to read than is there: indexes are made anew
constexpr std::array<std::pair<std::string_view, Level>, 5> kFiles = {
    {{"provinces.csv", Level::province},
     {"cities.csv", Level::city},
     {"areas.csv", Level::county},
     {"streets.csv", Level::township},
     {"villages.csv", Level::village}}};

Result<int64_t> count_lines(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return refuse(ErrorKind::not_found, "import.no_file", path);
  return std::count(std::istreambuf_iterator<char>(in), {}, '\n');
}

class Import {
 public:
  Import(db::Database& database, Code region, time::Instant now, const Progress& progress)
      : database_(database), region_(region), now_(now), progress_(progress) {}

  Result<ImportReport> run(const std::string& folder) {
    for (const auto& [file, level] : kFiles) {
      total_ += TRY(count_lines(folder + "/" + std::string(file)));
    }
    known_ = TRY(database_.transact([&](db::Tx& tx) -> Result<std::vector<store::Known>> {
      std::vector<store::Known> known = store::known(tx, region_);
      if (total_ > kManyTimes * std::ssize(known)) store::drop_search_indexes(tx);
      return known;
    }));
    seen_.resize(known_.size());
    for (const auto& [file, level] : kFiles) {
      TRY(read_file(folder + "/" + std::string(file), level));
    }
    TRY(flush());
    TRY(report_vanished());
    TRY(database_.transact([&](db::Tx& tx) -> Done {
      store::prepare(tx);
      if (report_.added > 0) store::count_all_children(tx, region_);
      return {};
    }));
    progress_(total_, total_);
    return std::move(report_);
  }

 private:
  Done read_file(const std::string& path, Level level) {
    std::ifstream in(path, std::ios::binary);
    Done outcome;
    TRY(csv::read(in, {}, [&](int64_t line, const csv::Row& fields) {
      if (line == 1 && (fields.size() < 2 || fields[0] != "code" || fields[1] != "name")) {
        outcome = refuse(ErrorKind::invalid, "import.bad_header", path);
      } else if (line > 1 && fields.size() >= 2) {
        outcome = take(level, fields[0], fields[1]);
      }
      if (++done_ % static_cast<int64_t>(kBatch) == 0) progress_(done_, total_);
      return outcome.has_value();
    }));
    return outcome;
  }

  Done take(Level level, const std::string& code_text, const std::string& name) {
    const Result<Code> parsed = Code::parse(code_text);
    if (!parsed) return skip(code_text, name, parsed.error().code);
    const Code code = *parsed;
    if (!region_.contains(code) && !code.contains(region_)) return {};
    ++report_.rows;
    if (code.level() < level) return skip(code_text, name, "place.same_as_parent");
    if (code.level() > level) return skip(code_text, name, "place.bad_code");
    if (level < Level::village) parents_.insert(code);
    if (code.parent() != Code() && !parents_.contains(code.parent())) {
      return skip(code_text, name, "place.parent_missing");
    }
    const auto found = std::lower_bound(
        known_.begin(), known_.end(), code.padded(),
        [](const store::Known& place, int64_t wanted) { return place.code < wanted; });
    if (found == known_.end() || found->code != code.padded()) return add(code, name);
    seen_[static_cast<size_t>(found - known_.begin())] = true;
    if (found->name != store::checksum(name)) return rename(code, name);
    ++report_.unchanged;
    return {};
  }

  Done skip(const std::string& code, const std::string& name, std::string why) {
    report_.not_placed.push_back({code, name, std::move(why)});
    return {};
  }

  Done add(Code code, const std::string& name) {
    Place place;
    place.code = code;
    place.parent = code.parent();
    place.name = name;
    if (code.level() >= Level::township) {
      place.urban = guess_urban(name);
      place.urban_guessed = place.urban.has_value();
    }
    batch_.push_back(std::move(place));
    ++report_.added;
    return batch_.size() < kBatch ? Done() : flush();
  }

  Done rename(Code code, const std::string& name) {
    ++report_.renamed;
    return database_.transact([&](db::Tx& tx) -> Done {
      Place place = store::find(tx, code).value();
      const json::Value detail =
          json::Object{{"before", place.name}, {"after", name}, {"source", "divisions"}};
      place.name = name;
      store::update(tx, place);
      store::insert_history(tx, code, id::make(now_),
                            {now_, "renamed", "", "", json::write(detail)});
      return {};
    });
  }

  Done flush() {
    TRY(database_.transact([&](db::Tx& tx) -> Done {
      store::insert(tx, batch_);
      return {};
    }));
    batch_.clear();
    return {};
  }

  Done report_vanished() {
    std::vector<Code> examples;
    for (size_t i = 0; i < known_.size(); ++i) {
      if (seen_[i] || !known_[i].active || known_[i].code == 0) continue;
      ++report_.vanished;
      if (examples.size() < kExamples) examples.emplace_back(known_[i].code);
    }
    report_.vanished_examples = TRY(database_.read(
        [&](db::Tx& tx) -> Result<std::vector<Reference>> { return store::names(tx, examples); }));
    return {};
  }

  db::Database& database_;
  Code region_;
  time::Instant now_;
  const Progress& progress_;
  int64_t done_ = 0;
  int64_t total_ = 0;
  std::vector<store::Known> known_;
  std::vector<bool> seen_;
  std::unordered_set<Code> parents_;  // placed so far, down to townships
  std::vector<Place> batch_;
  ImportReport report_;
};

}  // namespace

Result<ImportReport> import_divisions(db::Database& database, const std::string& folder,
                                      Code region, time::Instant now, const Progress& progress) {
  return Import(database, region, now, progress).run(folder);
}

}  // namespace linli::places
