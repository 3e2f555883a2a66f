#include "engine/rounds/tours.h"

#include <algorithm>

#include "engine/rounds/plan.h"

namespace linli::rounds {
namespace {

constexpr double kOverlook = 0.02;

}  // namespace

Tours::Tours(const Question& question)
    : question_(&question),
      tours_(static_cast<size_t>(question.days * question.vehicles)),
      length_(tours_.size(), 0),
      load_(tours_.size(), 0),
      tours_of_(question.stops.size()),
      left_out_(question.stops.size()) {
  for (const Stop& stop : question.stops) {
    patterns_.push_back(stop.patterns.empty() ? even_patterns(stop.visits, question.days)
                                              : stop.patterns);
  }
  for (const auto& row : question.minutes) {
    penalty_ = std::max(penalty_, *std::max_element(row.begin(), row.end()));
  }
  penalty_ = 10 * (1 + penalty_) * question.days;
}

std::vector<uint32_t> Tours::left_out() const {
  std::vector<uint32_t> all;
  for (uint32_t stop = 0; stop < tours_of_.size(); ++stop) {
    if (tours_of_[stop].empty()) all.push_back(stop);
  }
  return all;
}

double Tours::detour(const std::vector<uint32_t>& tour, size_t before, uint32_t row) const {
  const uint32_t from = before == 0 ? 0 : tour[before - 1];
  const uint32_t to = before == tour.size() ? 0 : tour[before];
  return between(from, row) + between(row, to) - between(from, to);
}

void Tours::remove(uint32_t stop) {
  const uint32_t row = stop + 1;
  for (const size_t number : tours_of_[stop]) {
    std::vector<uint32_t>& tour = tours_[number];
    const auto at = std::find(tour.begin(), tour.end(), row);
    const auto place = static_cast<size_t>(at - tour.begin());
    tour.erase(at);
    const double saved = detour(tour, place, row);
    travel_ -= saved;
    length_[number] -= saved + question_->stops[stop].stay_minutes;
    load_[number] -= question_->stops[stop].load;
  }
  if (!tours_of_[stop].empty()) ++left_out_;
  tours_of_[stop].clear();
}

Tours::Place Tours::best_place(uint32_t stop, int day, Random& random) const {
  Place best;
  const Stop& what = question_->stops[stop];
  const auto first = static_cast<size_t>(day * question_->vehicles);
  bool tried_empty = false;
  for (size_t number = first; number < first + static_cast<size_t>(question_->vehicles); ++number) {
    const std::vector<uint32_t>& tour = tours_[number];
    if (tour.empty() && tried_empty) continue;  // empty tours of a day are alike
    tried_empty = tried_empty || tour.empty();
    if (load_[number] + what.load > question_->capacity + 1e-9) continue;
    for (size_t before = 0; before <= tour.size(); ++before) {
      if (random.chance(kOverlook)) continue;
      const double minutes = detour(tour, before, stop + 1);
      if (minutes >= best.minutes) continue;
      if (length_[number] + minutes + what.stay_minutes > question_->most_minutes + 1e-9) continue;
      best = {number, before, minutes};
    }
  }
  return best;
}

bool Tours::insert(uint32_t stop, Random& random) {
  std::vector<Place> by_day(static_cast<size_t>(question_->days));
  for (int day = 0; day < question_->days; ++day) {
    by_day[static_cast<size_t>(day)] = best_place(stop, day, random);
  }
  double least = std::numeric_limits<double>::infinity();
  uint32_t chosen = 0;
  for (const uint32_t pattern : patterns_[stop]) {
    double minutes = 0;
    for (size_t day = 0; day < by_day.size(); ++day) {
      if ((pattern >> day & 1U) != 0) minutes += by_day[day].minutes;
    }
    if (minutes < least) {
      least = minutes;
      chosen = pattern;
    }
  }
  if (chosen == 0) return false;
  for (size_t day = 0; day < by_day.size(); ++day) {
    if ((chosen >> day & 1U) == 0) continue;
    const Place& place = by_day[day];
    std::vector<uint32_t>& tour = tours_[place.tour];
    tour.insert(tour.begin() + static_cast<std::ptrdiff_t>(place.before), stop + 1);
    travel_ += place.minutes;
    length_[place.tour] += place.minutes + question_->stops[stop].stay_minutes;
    load_[place.tour] += question_->stops[stop].load;
    tours_of_[stop].push_back(place.tour);
  }
  --left_out_;
  return true;
}

}  // namespace linli::rounds
