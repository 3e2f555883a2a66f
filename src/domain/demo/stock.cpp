#include "domain/demo/stock.h"

#include <algorithm>
#include <cmath>

namespace linli::demo {
namespace {

double number_of(const json::Value& kind, bool urban) {
  return kind.number(urban ? "urban" : "rural");
}

// Of what a village of full size has several, a small one has fewer; one that each has by itself
// stays one, only smaller.
double expected(const json::Value& kind, const Village& village) {
  const double number = number_of(kind, village.urban);
  return number <= 1 ? number : std::max(std::min(1.0, number), number * village.scale);
}

}  // namespace

Stock::Stock(City& city)
    : city_(city),
      facility_(city.packs, "facility"),
      organisation_(city.packs, "organisation"),
      worker_(city.packs, "worker"),
      ownership_(at(city.content.places, "facility_ownership")),
      condition_(at(city.content.places, "facility_condition")),
      certified_(both_numbers(at(city.content.places, "certificates.share"))),
      certificates_(at(city.content.places, "certificates.kinds")),
      activity_share_(span_of(at(city.content.places, "activity_share"))),
      worker_age_(span_of(at(city.content.places, "worker_age"))),
      well_served_(both_numbers(at(city.content.places, "well_served"))),
      well_served_has_(at(city.content.places, "well_served.has").as_number()),
      smallest_(at(city.content.places, "size.smallest").as_number()),
      rural_centre_(at(city.content.streets, "rural.facilities_in_centre").as_number()),
      one_shoulder_(at(city.content.places, "one_shoulder").as_number()) {
  for (const auto& [hours, times] : at(city.content.places, "openings").as_object()) {
    openings_[std::stoll(hours)] = texts_of(times);
  }
}

std::vector<std::string> Stock::organisations(Random& random, const Village& village) {
  const time::Instant now = city_.start_of_today();
  std::vector<std::string> companies;
  for (const json::Value& kind : at(city_.content.places, "organisations").as_array()) {
    const std::string key = kind.text("kind");
    const json::Value* topics = at(city_.content.places, "topics").find(key);
    for (int64_t left = random.about(expected(kind, village)); left > 0; --left) {
      Loaded record = organisation_.start(make_id(random, now), village.place.code, now);
      const auto set = [&](std::string_view field, Value value) {
        organisation_.set(record, field, std::move(value));
      };
      std::string name = fill(kind.text("name"), "village", village.name);
      if (topics != nullptr) name = fill(name, "topic", random.one_of(texts_of(*topics)));
      const std::string registration = kind.text("registration", "none");
      set("name", name);
      set("kind", key);
      set("registration", registration);
      if (registration == "registered") set("credit_code", city_.counters.credit_code());
      set("founded_on", city_.recently(random, 7000));
      set("active", yes(random.chance(0.97)));
      set("active_this_year", yes(random.chance(0.86)));
      set("has_party_organisation", yes(kind.flag("party") || random.chance(0.35)));
      set("contact_name", city_.content.surnames.pick(random) +
                              city_.content.given_name(random, random.chance(0.5), 1978));
      set("phone", city_.counters.phone());
      set("address", village.name);
      set("point", point_value(village.somewhere(random)));
      if (const json::Value* members = kind.find("members")) {
        set("members", span_of(*members).pick_whole(random));
      }
      if (kind.number("checked_in") > 0) {
        set("checked_in", yes(random.chance(kind.number("checked_in"))));
      }
      if (key == "property_company") companies.push_back(record.record.id);
      city_.add(organisation_, std::move(record));
    }
  }
  return companies;
}

void Stock::facilities(Random& random, const Village& village) {
  const bool well_served = random.chance(well_served_.of(village.urban)) || village.first;
  for (const json::Value& kind : at(city_.content.places, "facilities").as_array()) {
    if (kind.text("level") == "township") continue;
    double number = expected(kind, village);
    if (well_served && number >= well_served_has_) number = std::max(1.0, number);
    for (int64_t left = random.about(number); left > 0; --left) {
      if (kind.text("level") == "grid") {
        const auto grid = static_cast<size_t>(random.below(std::ssize(village.grids)));
        facility(random, village, kind, village.grids[grid].code, village.in_grid(random, grid));
        continue;
      }
      const bool central = !village.urban && random.chance(rural_centre_);
      facility(random, village, kind, village.place.code,
               central ? village.in_centre(random) : village.somewhere(random));
    }
  }
}

void Stock::township_facilities(Random& random, const Village& first_village) {
  for (const json::Value& kind : at(city_.content.places, "facilities").as_array()) {
    if (kind.text("level") != "township") continue;
    const double rate = kind.number(first_village.urban ? "township_urban" : "township_rural",
                                    kind.number("township"));
    for (int64_t left = random.about(rate); left > 0; --left) {
      facility(random, first_village, kind, first_village.township.code,
               first_village.in_centre(random));
    }
  }
}

void Stock::facility(Random& random, const Village& village, const json::Value& kind,
                     region::Code place, places::Point point) {
  const time::Instant now = city_.start_of_today();
  const double scale = std::max(village.scale, smallest_);
  Loaded record = facility_.start(make_id(random, now), place, now);
  const auto set = [&](std::string_view field, Value value) {
    facility_.set(record, field, std::move(value));
  };
  set("name",
      fill(fill(kind.text("name"), "village", village.name), "township", village.township.name));
  set("kind", kind.text("kind"));
  set("level", kind.text("level"));
  set("address", village.name);
  set("point", point_value(point));
  set("in_service", yes(random.chance(kind.number("in_service", 0.97)) || village.first));
  set("opened_on", city_.recently(random, 5000));
  set("meets_standard", yes(random.chance(kind.number("standard", 0.85))));
  set("filed", yes(random.chance(kind.number("filed", 0.95))));
  set("publicly_owned", yes(random.chance(0.8)));
  set("ownership", ownership_.pick(random));
  set("condition", condition_.pick(random));
  set("barrier_free", yes(random.chance(0.55)));
  set("agent_service", yes(kind.flag("agent")));
  if (const json::Value* areas = kind.find("area")) {
    const double area =
        std::round(span_of(at(*areas, village.urban ? "urban" : "rural")).pick(random) * scale);
    set("area", area);
    set("activity_area", std::round(area * activity_share_.pick(random)));
  }
  if (const json::Value* hours = kind.find("hours")) {
    const auto beyond = openings_.upper_bound(std::llround(span_of(*hours).pick(random)));
    const auto opening = beyond == openings_.begin() ? beyond : std::prev(beyond);
    set("open_hours", static_cast<double>(opening->first));
    set("opening", random.one_of(opening->second));
  }
  if (const json::Value* capacity = kind.find("capacity")) {
    const int64_t places = std::llround(span_of(*capacity).pick(random) * scale);
    set("capacity", places);
    set("daily_served", std::llround(static_cast<double>(places) * random.between(0.4, 1.1)));
    if (kind.text("kind") == "childcare") {
      set("inclusive_capacity",
          std::llround(static_cast<double>(places) * random.between(0.3, 1.0)));
    }
  }
  city_.add(facility_, std::move(record));
}

std::string Stock::workers(Random& random, const Village& village, People& people) {
  std::string secretary;
  for (const json::Value& kind : at(city_.content.places, "workers").as_array()) {
    if (const json::Value* per_grid = kind.find("per_grid")) {
      for (const places::Place& grid : village.grids) {
        for (int64_t left = random.about(number_of(*per_grid, village.urban)); left > 0; --left) {
          worker(random, village, kind, grid.code, people, {});
        }
      }
      continue;
    }
    const json::Value& rate = at(kind, village.urban ? "urban" : "rural");
    const double number =
        std::max(rate.number("per_10000") * static_cast<double>(village.persons) / 10'000,
                 rate.number("least") * village.scale);
    const int64_t hired = std::max(random.about(number), kind.integer("each"));
    for (int64_t nth = 0; nth < hired; ++nth) {
      const bool leads = secretary.empty() && kind.flag("leads");
      std::string name =
          worker(random, village, kind, village.place.code, people, {leads, nth == 0});
      if (leads) secretary = std::move(name);
    }
  }
  return secretary;
}

std::string Stock::worker(Random& random, const Village& village, const json::Value& kind,
                          region::Code place, People& people, Standing standing) {
  const time::Instant now = city_.start_of_today();
  const People::Identity identity = people.identity(random, static_cast<int64_t>(worker_age_.from),
                                                    static_cast<int64_t>(worker_age_.to));
  Loaded record = worker_.start(make_id(random, now), place, now);
  const auto set = [&](std::string_view field, Value value) {
    worker_.set(record, field, std::move(value));
  };
  set("name", identity.name);
  set("kind", kind.text("kind"));
  std::string posts = "|";
  if (const json::Value* list = kind.find("posts")) posts += random.one_of(texts_of(*list)) + "|";
  if (const json::Value* covers = kind.find("covers"); covers && standing.first) {
    for (const auto& [post, share] : covers->as_object()) {
      if (random.chance(share.as_number())) posts += post + "|";
    }
  }
  if (posts != "|") set("posts", posts);
  set("rank", standing.leads
                  ? std::string(random.chance(one_shoulder_) ? "secretary_and_head" : "secretary")
                  : kind.text("rank"));
  set("full_time", yes(kind.flag("full_time")));
  set("in_post", yes(random.chance(0.98)));
  if (!identity.id_number.empty()) set("id_number", identity.id_number);
  set("gender", std::string(identity.male ? "male" : "female"));
  set("birth_date", identity.birth);
  set("phone", city_.counters.phone());
  set("education", people.education(random, identity.birth));
  set("party_member", yes(standing.leads || random.chance(kind.number("party"))));
  set("joined_on", city_.recently(random, 4000));
  if (random.chance(certified_.of(village.urban))) {
    set("social_work_certificate", certificates_.pick(random));
    set("certified_on", city_.recently(random, 2500));
  }
  set("last_trained_on", city_.recently(random, 360));
  set("training_hours", std::round(random.between(8.0, 60.0)));
  city_.add(worker_, std::move(record));
  return identity.name;
}

}  // namespace linli::demo
