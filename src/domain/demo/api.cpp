#include "domain/demo/api.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "domain/demo/city.h"
#include "domain/demo/past.h"
#include "domain/demo/requests.h"
#include "domain/demo/roster.h"
#include "domain/demo/settler.h"
#include "domain/demo/sharing.h"
#include "domain/plans/api.h"

namespace linli::demo {
namespace {

using region::Code;
using region::Level;

constexpr int64_t kPersonsATransaction = 8'000;
// What is referred to comes first.
constexpr std::array<const char*, 9> kFirst = {"organisation", "housing_estate",  "building",
                                               "dwelling",     "villagers_group", "household",
                                               "person",       "facility",        "worker"};

class Maker {
 public:
  Maker(host::Services& services, const Options& options, Content content)
      : services_(services),
        options_(options),
        city_(*services.content, std::move(content), time::date_of(options.now),
              services.settings.data_folder + "/" + geo::kNetworkFile),
        atlas_(places::outlines_folder(services.settings)),
        settler_(city_, options.seed),
        requests_(city_),
        roster_(services, city_, options.seed) {}

  Result<Made> run(const Progress& progress) {
    TRY(list_villages());
    share_out(at(city_.content.places, "size"), options_.seed, options_.persons,
              options_.everywhere, villages_);
    const Code first = choose_first();
    registers::drop_indexes(services_, options_.now);
    for (Village& village : villages_) {
      if (village.persons == 0) continue;
      fill_in(village);
      if (village.place.code == first) example_ = village;
      next_.persons += village.persons;
      next_.villages.push_back(std::move(village));
      if (next_.persons < kPersonsATransaction) continue;
      TRY(hand_over());
      progress(made_.persons, options_.persons);
    }
    TRY(hand_over());
    TRY(wait());
    std::future<Done> indexes = std::async(
        std::launch::async, [this] { return registers::make_indexes(services_, options_.now); });
    TRY(city_.streets.write(options_.seed, city_.today));
    TRY(indexes.get());
    progress(made_.persons, options_.persons);
    TRY(write_sums());
    if (example_) {
      made_.sign_ins = TRY(roster_.sign_ins(options_.region, example_->township, example_->place,
                                            example_->grids.front().code));
    }
    plans::count_all(services_, options_.now);
    keep_past(services_, city_.content.past, options_.seed, made_.villages, city_.today);
    return std::move(made_);
  }

 private:
  // Villages that are filled in and not yet written.
  struct Part {
    std::vector<Village> villages;
    std::vector<registers::Load> loads;  // those that are referred to first
    int64_t persons = 0;
  };

  Done list_villages() {
    return services_.database.read([&](db::Tx& tx) -> Done {
      if (places::count(tx, options_.region, Level::grid) > 0) {
        return refuse(ErrorKind::conflict, "demo.not_empty", options_.region.text());
      }
      std::unordered_map<Code, places::Place> townships;
      places::each(tx, options_.region, Level::village, [&](const places::Place& place) {
        if (place.status != places::Status::active) return true;
        Village village;
        village.place = place;
        village.name = short_name(place.name);
        village.urban = place.urban.value_or(false);
        village.county = place.code.at(Level::county);
        villages_.push_back(std::move(village));
        return true;
      });
      if (villages_.empty()) {
        return refuse(ErrorKind::not_found, "demo.no_villages", options_.region.text());
      }
      for (Village& village : villages_) {
        const Code code = village.place.parent;
        if (!townships.contains(code)) townships[code] = TRY(places::find(tx, code));
        village.township = townships[code];
      }
      return {};
    });
  }

  // The sign-ins belong to the first urban village, else to the first.
  Code choose_first() {
    Village* chosen = nullptr;
    for (Village& village : villages_) {
      if (village.persons == 0 || (chosen != nullptr && !village.urban)) continue;
      chosen = &village;
      if (village.urban) break;
    }
    if (chosen == nullptr) return {};
    chosen->first = true;
    return chosen->place.code;
  }

  void fill_in(Village& village) {
    places::Area area;
    places::Point town;
    MUST(services_.database.read([&](db::Tx& tx) -> Done {
      area = atlas_.area_of(tx, village.place.code);
      town = atlas_.point_of(tx, village.township.code);
      return {};
    }));
    settler_.fill_in(village, area, town);
  }

  // Begins to write what is filled in: one part is made while the other is written.
  Done hand_over() {
    load(next_, std::exchange(city_.batch, Batch()));
    TRY(wait());
    written_ = std::exchange(next_, Part());
    writing_ = std::async(std::launch::async, [this] { return write(written_); });
    return {};
  }

  void load(Part& part, const Batch& batch) {
    std::unordered_map<Code, places::Attributes> attributes;
    for (const Village& village : part.villages) {
      attributes[village.place.code] = {village.urban, village.place.community_types};
    }
    for (const std::string& key : in_order(batch)) {
      registers::Load& rows = part.loads.emplace_back(services_, *city_.packs.find_register(key));
      for (const Loaded& each : batch.at(key)) rows.add(each, attributes[each.record.village()]);
    }
  }

  Done wait() {
    if (writing_.valid()) TRY(writing_.get());
    count(std::exchange(written_, Part()));
    return {};
  }

  Done write(const Part& part) {
    return services_.database.transact([&](db::Tx& tx) -> Done {
      for (const Village& village : part.villages) {
        places::add_places(tx, village.grids);
        places::set_attributes(tx, village.place.code,
                               {village.urban, village.place.community_types});
      }
      for (const registers::Load& rows : part.loads) rows.write(tx);
      requests_written_ = 0;
      for (const Village& village : part.villages) {
        Random random(options_.seed + 2, static_cast<uint64_t>(village.place.code.padded()));
        TRY(roster_.hire(tx, random, village));
        std::vector<cases::Life> lives = requests_.of(random, village, roster_);
        requests_written_ += std::ssize(lives);
        TRY(cases::add_lives(tx, services_, std::move(lives)));
        write_statistics(tx, village.place.code, village.counts);
      }
      return {};
    });
  }

  static std::vector<std::string> in_order(const Batch& batch) {
    std::vector<std::string> keys(kFirst.begin(), kFirst.end());
    std::erase_if(keys, [&](const std::string& key) { return !batch.contains(key); });
    for (const auto& [key, records] : batch) {
      if (std::find(kFirst.begin(), kFirst.end(), key) == kFirst.end()) keys.push_back(key);
    }
    return keys;
  }

  void count(const Part& part) {
    made_.requests += std::exchange(requests_written_, 0);
    for (const Village& village : part.villages) {
      ++made_.villages;
      made_.grids += std::ssize(village.grids);
      made_.households += village.households;
      made_.persons += village.persons;
      for (const auto& [key, number] : village.counts) {
        sums_[village.township.code][key] += number;
        sums_[village.county][key] += number;
        if (options_.region.level() < Level::county) sums_[options_.region][key] += number;
      }
    }
  }

  Done write_sums() {
    return services_.database.transact([&](db::Tx& tx) -> Done {
      for (const auto& [place, counts] : sums_) write_statistics(tx, place, counts);
      return {};
    });
  }

  void write_statistics(db::Tx& tx, Code place, const std::map<std::string, int64_t>& counts) {
    for (const pack::Statistic& statistic : city_.packs.statistics) {
      const auto count = counts.find(statistic.key);
      if (count == counts.end()) continue;  // nobody has published it
      for (const auto& [year, part] : years_) {
        plans::save_statistic(tx, {.key = statistic.key,
                                   .place = place,
                                   .year = year,
                                   .value = std::round(static_cast<double>(count->second) * part),
                                   .source = "演示数据",
                                   .actor_id = "system",
                                   .at = options_.now});
      }
    }
  }

  host::Services& services_;
  const Options& options_;
  City city_;
  places::Atlas atlas_;
  Settler settler_;
  Requests requests_;
  Roster roster_;
  std::vector<Village> villages_;
  Part next_;
  Part written_;  // or being written
  int64_t requests_written_ = 0;
  std::optional<Village> example_;
  std::map<Code, std::map<std::string, int64_t>> sums_;
  const std::map<int64_t, double> years_ = past_years(city_.content.past, city_.today);
  Made made_;
  std::future<Done> writing_;  // last: its work ends before what it works on
};

}  // namespace

Result<Made> make(host::Services& services, const Options& options, const Progress& progress) {
  Content content = TRY(Content::read(services.settings.packs_folder + "/demo"));
  return Maker(services, options, std::move(content)).run(progress);
}

}  // namespace linli::demo
