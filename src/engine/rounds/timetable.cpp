#include "engine/rounds/timetable.h"

#include <algorithm>
#include <cmath>

namespace linli::rounds {
namespace {

constexpr int kLooks = 3;  // at each tour, while others turn

double travel_of(const Question& question, const std::vector<uint32_t>& tour) {
  double minutes = 0;
  uint32_t from = 0;
  for (const uint32_t row : tour) {
    minutes += question.minutes[from][row];
    from = row;
  }
  return minutes + question.minutes[from][0];
}

// Published times are rounded up, and the stay begins then: the vehicle waits.
std::vector<Visit> visits_of(const Question& question, const std::vector<uint32_t>& tour) {
  std::vector<Visit> visits;
  double now = question.start_minute;
  uint32_t from = 0;
  for (const uint32_t row : tour) {
    now += question.minutes[from][row];
    const double step = question.round_to;
    const double published = step > 0 ? std::ceil(now / step - 1e-9) * step : now;
    visits.push_back({row - 1, published});
    now = published + question.stops[row - 1].stay_minutes;
    from = row;
  }
  return visits;
}

struct Times {
  double earliest = std::numeric_limits<double>::infinity();
  double latest = 0;
  double sum = 0;
  double count = 0;
  void add(double minute) {
    earliest = std::min(earliest, minute);
    latest = std::max(latest, minute);
    sum += minute;
    ++count;
  }
};

std::vector<Times> times_of(const Question& question,
                            const std::vector<std::vector<uint32_t>>& tours, size_t without) {
  std::vector<Times> times(question.stops.size());
  for (size_t number = 0; number < tours.size(); ++number) {
    if (number == without) continue;
    for (const Visit& visit : visits_of(question, tours[number])) {
      times[visit.stop].add(visit.arrive_minute);
    }
  }
  return times;
}

double distance_to(const std::vector<Times>& others, const std::vector<Visit>& visits) {
  double sum = 0;
  for (const Visit& visit : visits) {
    const Times& times = others[visit.stop];
    if (times.count > 0) sum += std::abs(visit.arrive_minute - times.sum / times.count);
  }
  return sum;
}

}  // namespace

Answer timetable_of(const Question& question, const Tours& state) {
  std::vector<std::vector<uint32_t>> tours = state.tours();
  for (int look = 0; look < kLooks; ++look) {
    for (size_t number = 0; number < tours.size(); ++number) {
      std::vector<uint32_t> turned(tours[number].rbegin(), tours[number].rend());
      // On roads that differ by direction a turned tour may be longer: then it stays.
      if (travel_of(question, turned) > travel_of(question, tours[number]) + 1e-6) continue;
      const std::vector<Times> others = times_of(question, tours, number);
      const double now = distance_to(others, visits_of(question, tours[number]));
      const double then = distance_to(others, visits_of(question, turned));
      if (then >= now - 1e-6) continue;
      tours[number] = turned;
    }
  }
  Answer answer;
  for (size_t number = 0; number < tours.size(); ++number) {
    if (tours[number].empty()) continue;
    const double travel = travel_of(question, tours[number]);
    answer.tours.push_back(
        {static_cast<int>(number) / question.vehicles, visits_of(question, tours[number]), travel});
    answer.travel_minutes += travel;
  }
  for (const Times& times : times_of(question, tours, tours.size())) {
    if (times.count > 1) {
      answer.widest_minutes = std::max(answer.widest_minutes, times.latest - times.earliest);
    }
  }
  answer.left_out = state.left_out();
  return answer;
}

}  // namespace linli::rounds
