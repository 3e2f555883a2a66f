#include "engine/rounds/plan.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "engine/rounds/timetable.h"

namespace linli::rounds {
namespace {

constexpr double kInsertions = 2e8;  // places looked at, at effort 1: some seconds
constexpr int kMostDays = 31;
constexpr double kHot = 0.01;  // first and last temperature, of the first plan's cost
constexpr double kCold = 1e-5;

bool is_right(const Question& question) {
  const size_t rows = question.stops.size() + 1;
  bool right = question.days >= 1 && question.days <= kMostDays && question.vehicles >= 1 &&
               question.vehicles <= 1000 && question.minutes.size() == rows;
  for (const auto& row : question.minutes) {
    right = right && row.size() == rows && std::all_of(row.begin(), row.end(), [](double minutes) {
              return minutes >= 0 && std::isfinite(minutes);
            });
  }
  for (const Stop& stop : question.stops) {
    right = right && stop.visits >= 1 && stop.visits <= question.days && stop.load >= 0 &&
            stop.stay_minutes >= 0 && std::isfinite(stop.stay_minutes);
    for (const uint32_t pattern : stop.patterns) {
      right = right && std::popcount(pattern) == stop.visits && pattern < 1ULL << question.days;
    }
  }
  return right;
}

// For each stop all stops, the nearest first.
std::vector<std::vector<uint32_t>> neighbours_of(const Question& question) {
  std::vector<std::vector<uint32_t>> near(question.stops.size());
  for (uint32_t stop = 0; stop < near.size(); ++stop) {
    near[stop].resize(near.size());
    std::iota(near[stop].begin(), near[stop].end(), 0);
    const std::vector<double>& row = question.minutes[stop + 1];
    std::stable_sort(near[stop].begin(), near[stop].end(),
                     [&](uint32_t a, uint32_t b) { return row[a + 1] < row[b + 1]; });
  }
  return near;
}

// The order in which ruined stops come back: by chance, or what is hard first.
void sort_for_return(const Question& question, std::vector<uint32_t>& stops, Random& random) {
  random.shuffle(stops);
  const double kind = random.share();
  if (kind < 0.4) return;
  const auto hardness = [&](uint32_t stop) {
    const Stop& what = question.stops[stop];
    if (kind < 0.7) return what.load * what.visits + what.stay_minutes;
    if (kind < 0.9) return question.minutes[0][stop + 1];
    return -question.minutes[0][stop + 1];
  };
  std::stable_sort(stops.begin(), stops.end(),
                   [&](uint32_t a, uint32_t b) { return hardness(a) > hardness(b); });
}

// Takes some stops near a drawn one out of their tours; those left out come back with them.
std::vector<uint32_t> ruin(const std::vector<std::vector<uint32_t>>& near, Tours& tours,
                           Random& random) {
  std::vector<uint32_t> gone = tours.left_out();
  const size_t out = gone.size();
  const auto seed = static_cast<size_t>(random.below(std::ssize(near)));
  const auto count = static_cast<size_t>(1 + random.below(std::min<int64_t>(std::ssize(near), 20)));
  for (const uint32_t stop : near[seed]) {
    if (gone.size() >= out + count) break;
    const bool is_out = std::find(gone.begin(), gone.end(), stop) != gone.end();
    if (is_out || random.chance(0.15)) continue;
    tours.remove(stop);
    gone.push_back(stop);
  }
  return gone;
}

}  // namespace

std::vector<uint32_t> even_patterns(int visits, int days) {
  std::vector<uint32_t> patterns;
  for (int first = 0; first < days; ++first) {
    uint32_t pattern = 0;
    for (int visit = 0; visit < visits; ++visit) {
      pattern |= 1U << ((first + visit * days / visits) % days);
    }
    if (std::find(patterns.begin(), patterns.end(), pattern) == patterns.end()) {
      patterns.push_back(pattern);
    }
  }
  return patterns;
}

Result<Answer> plan(const Question& question, const Control& control) {
  if (!is_right(question)) return refuse(ErrorKind::invalid, "rounds.wrong_question");
  Random random(control.seed);
  Tours here(question);
  std::vector<uint32_t> all(question.stops.size());
  std::iota(all.begin(), all.end(), 0);
  sort_for_return(question, all, random);
  for (const uint32_t stop : all) here.insert(stop, random);
  if (all.empty()) return timetable_of(question, here);
  Tours best = here;
  const std::vector<std::vector<uint32_t>> near = neighbours_of(question);
  const double visits = std::accumulate(
      question.stops.begin(), question.stops.end(), 0.0,
      [](double sum, const Stop& stop) { return sum + static_cast<double>(stop.visits); });
  const auto rounds =
      static_cast<int64_t>(control.effort * std::min(1e6, kInsertions / (5 * visits + 50)));
  const double scale = here.cost();
  for (int64_t round = 0; round < rounds && !control.stop.stop_requested(); ++round) {
    const double done = static_cast<double>(round) / static_cast<double>(rounds);
    if (control.progress && round % 500 == 0) control.progress(done);
    Tours next = here;
    std::vector<uint32_t> removed = ruin(near, next, random);
    sort_for_return(question, removed, random);
    for (const uint32_t stop : removed) next.insert(stop, random);
    const double heat = scale * kHot * std::pow(kCold / kHot, done);
    if (next.cost() > here.cost() - heat * std::log(1 - random.share())) continue;
    here = std::move(next);
    if (here.cost() < best.cost() - 1e-9) best = here;
  }
  Answer answer = timetable_of(question, best);
  answer.stopped = control.stop.stop_requested();
  if (control.progress) control.progress(1);
  return answer;
}

std::vector<std::string> mistakes_of(const Question& question, const Answer& answer) {
  std::vector<std::string> mistakes;
  std::vector<uint32_t> days(question.stops.size(), 0);
  std::vector<int> tours_on(static_cast<size_t>(question.days), 0);
  double travel = 0;
  for (const Tour& tour : answer.tours) {
    if (tour.day < 0 || tour.day >= question.days) return {"a day that does not exist"};
    if (++tours_on[static_cast<size_t>(tour.day)] > question.vehicles) {
      mistakes.emplace_back("too many tours on a day");
    }
    double minutes = 0, load = 0, stays = 0;
    uint32_t from = 0;
    for (const Visit& visit : tour.visits) {
      const Stop& stop = question.stops[visit.stop];
      minutes += question.minutes[from][visit.stop + 1];
      if (visit.arrive_minute < question.start_minute + minutes + stays - 1e-6) {
        mistakes.emplace_back("a published time cannot be kept");
      }
      stays += stop.stay_minutes;
      load += stop.load;
      from = visit.stop + 1;
      const uint32_t day = 1U << tour.day;
      if ((days[visit.stop] & day) != 0) mistakes.emplace_back("a stop twice on a day");
      days[visit.stop] |= day;
    }
    minutes += question.minutes[from][0];
    travel += minutes;
    if (minutes + stays > question.most_minutes + 1e-6) mistakes.emplace_back("a tour is too long");
    if (load > question.capacity + 1e-6) mistakes.emplace_back("a tour carries too much");
  }
  for (uint32_t stop = 0; stop < question.stops.size(); ++stop) {
    const Stop& what = question.stops[stop];
    const std::vector<uint32_t> allowed =
        what.patterns.empty() ? even_patterns(what.visits, question.days) : what.patterns;
    const bool out =
        std::find(answer.left_out.begin(), answer.left_out.end(), stop) != answer.left_out.end();
    const bool served = std::find(allowed.begin(), allowed.end(), days[stop]) != allowed.end();
    if (out ? days[stop] != 0 : !served) mistakes.emplace_back("a stop on days that are not its");
  }
  if (std::abs(travel - answer.travel_minutes) > 1e-6 * (1 + travel)) {
    mistakes.emplace_back("the travel is not what the tours give");
  }
  return mistakes;
}

}  // namespace linli::rounds
