#include "domain/demo/api.h"

#include <array>
#include <cmath>
#include <future>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>

#include "domain/demo/city.h"
#include "domain/demo/families.h"
#include "domain/demo/homes.h"
#include "domain/demo/past.h"
#include "domain/demo/people.h"
#include "domain/demo/requests.h"
#include "domain/demo/roster.h"
#include "domain/demo/stock.h"
#include "domain/plans/api.h"

namespace linli::demo {
namespace {

using region::Code;
using region::Level;

constexpr int64_t kPersonsATransaction = 8'000;
constexpr int64_t kResidentsAVillage = 3;  // with accounts
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
        families_(city_.content.people),
        people_(city_),
        homes_(city_),
        stock_(city_),
        requests_(city_),
        roster_(services, city_, options.seed) {
    for (const bool urban : {true, false}) {
      const json::Value& types = at(city_.content.places, "community_types");
      for (const auto& [type, share] : at(types, urban ? "urban" : "rural").as_object()) {
        (urban ? types_.urban : types_.rural).emplace_back(type, share.as_number());
      }
    }
  }

  Result<Made> run(const Progress& progress) {
    TRY(list_villages());
    share_out();
    for (Village& village : villages_) {
      if (village.persons == 0) continue;
      fill_in(village);
      note_example(village);
      next_.persons += village.persons;
      next_.villages.push_back(std::move(village));
      if (next_.persons < kPersonsATransaction) continue;
      TRY(hand_over());
      progress(made_.persons, options_.persons);
    }
    TRY(hand_over());
    TRY(wait());
    progress(made_.persons, options_.persons);
    TRY(write_sums());
    TRY(city_.streets.write(options_.seed, city_.today));
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
    Batch batch;
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

  // The persons by weight, whole and adding up.
  void share_out() {
    const json::Value& size = at(city_.content.places, "size");
    const Both<double> weight = both_numbers(size);
    std::vector<double> upto;
    double sum = 0;
    for (const Village& village : villages_) {
      Random random(options_.seed, static_cast<uint64_t>(village.place.code.padded()));
      sum += random.log_normal(weight.of(village.urban), size.number("spread"));
      upto.push_back(sum);
    }
    int64_t given = 0;
    for (size_t i = 0; i < villages_.size(); ++i) {
      const int64_t until = std::llround(upto[i] / sum * static_cast<double>(options_.persons));
      villages_[i].persons = until - given;
      villages_[i].scale =
          std::min(1.0, static_cast<double>(villages_[i].persons) / weight.of(villages_[i].urban));
      given = until;
    }
  }

  void fill_in(Village& village) {
    Random random(options_.seed + 1, static_cast<uint64_t>(village.place.code.padded()));
    const std::string county = village.county.text();
    const std::string digits = county.size() == 4 ? county + "00" : county;
    if (city_.counters.county != digits) {
      city_.counters.county = digits;
      city_.counters.births.clear();
      city_.counters.credit_codes = 0;
    }
    village.place.urban = village.urban;
    for (const auto& [type, share] : types_.of(village.urban)) {
      if (random.chance(share)) village.place.community_types.push_back(type);
    }
    city_.setting = {.place = village.place.code,
                     .village = village.name,
                     .township = village.township.name,
                     .urban = village.urban,
                     .scale = village.scale,
                     .today = city_.today,
                     .frontage = &village.frontage};
    const std::vector<Household> households =
        families_.make(random, village.persons, village.urban);
    homes_.draw_grids(village, std::ssize(households));
    draw_streets(village);
    const std::vector<std::string> companies = stock_.organisations(random, village);
    homes_.settle(random, village, households, people_, companies);
    stock_.facilities(random, village);
    city_.add_extras(random, "village", village.place.code);
    if (village.township.code != last_township_) {
      stock_.township_facilities(random, village);
      city_.add_extras(random, "township", village.township.code);
    }
    last_township_ = village.township.code;
    if (village.county != last_county_) city_.add_extras(random, "county", village.county);
    last_county_ = village.county;
    village.secretary = stock_.workers(random, village, people_);
    for (int64_t i = 0; i < kResidentsAVillage; ++i) {
      const People::Identity resident = people_.identity(random, 20, 70);
      village.residents.push_back({resident.name, city_.counters.phone()});
    }
  }

  // As for a village of full size, however few persons the city has.
  void draw_streets(Village& village) {
    Ground ground{.village = village.place.code,
                  .urban = village.urban,
                  .persons = static_cast<double>(village.persons) / village.scale};
    MUST(services_.database.read([&](db::Tx& tx) -> Done {
      ground.area = atlas_.area_of(tx, village.place.code);
      ground.town = atlas_.point_of(tx, village.township.code);
      return {};
    }));
    Random random(options_.seed + 3, static_cast<uint64_t>(village.place.code.padded()));
    village.frontage = city_.streets.of(random, ground, std::ssize(village.grids));
  }

  // The sign-ins belong to the first urban village, else to the first.
  void note_example(const Village& village) {
    if (!example_ || (village.urban && !example_->urban)) example_ = village;
  }

  // Begins to write what is filled in: one part is made while the other is written.
  Done hand_over() {
    TRY(wait());
    written_ = std::exchange(next_, Part());
    written_.batch = std::exchange(city_.batch, Batch());
    writing_ = std::async(std::launch::async, [this] { return write(written_); });
    return {};
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
      for (const std::string& key : in_order(part.batch)) {
        const pack::Register* kind = city_.packs.find_register(key);
        registers::bulk_insert(tx, services_, *kind, part.batch.at(key));
      }
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
  Families families_;
  People people_;
  Homes homes_;
  Stock stock_;
  Requests requests_;
  Roster roster_;
  Both<std::vector<std::pair<std::string, double>>> types_;
  std::vector<Village> villages_;
  Part next_;
  Part written_;  // or being written
  int64_t requests_written_ = 0;
  std::optional<Village> example_;
  Code last_township_;
  Code last_county_;
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
