// Rounds against periodic routing problems with best known values (Cordeau's layout).
//   bench_rounds FOLDER OUT.json [SEEDS] [EFFORT]
#include <cmath>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/json.h"
#include "engine/rounds/plan.h"
#include "support/instances.h"

namespace {

using namespace linli;  // NOLINT: a program of one file

rounds::Question read(const std::string& file) {
  std::istringstream in(bench::read_text(file));
  rounds::Question question;
  int kind = 0;
  size_t stops = 0;
  in >> kind >> question.vehicles >> stops >> question.days;
  double longest = 0, capacity = 0;
  for (int day = 0; day < question.days; ++day) in >> longest >> capacity;
  if (longest > 0) question.most_minutes = longest;
  if (capacity > 0) question.capacity = capacity;
  std::vector<std::pair<double, double>> places;
  for (size_t n = 0; n <= stops; ++n) {
    rounds::Stop stop;
    std::pair<double, double> place;
    size_t number = 0, patterns = 0;
    in >> number >> place.first >> place.second >> stop.stay_minutes >> stop.load >> stop.visits >>
        patterns;
    places.push_back(place);
    for (size_t k = 0; k < patterns; ++k) {
      uint32_t bits = 0;
      in >> bits;
      uint32_t pattern = 0;  // the file's highest bit is the first day
      for (int day = 0; day < question.days; ++day) {
        if ((bits >> (question.days - 1 - day) & 1U) != 0) pattern |= 1U << day;
      }
      stop.patterns.push_back(pattern);
    }
    if (n > 0) question.stops.push_back(stop);
  }
  for (const auto& from : places) {
    question.minutes.emplace_back();
    for (const auto& to : places) {
      question.minutes.back().push_back(std::hypot(from.first - to.first, from.second - to.second));
    }
  }
  question.round_to = 0;
  return question;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string folder = std::string(argv[1]) + "/pvrp/";
  const int seeds = argc > 3 ? std::stoi(argv[3]) : 3;
  const double effort = argc > 4 ? std::stod(argv[4]) : 1;
  json::Writer out;
  out.begin_array();
  double sum = 0;
  int count = 0;
  for (const auto& row : bench::read_table(folder + "best_known.csv")) {
    const rounds::Question question = read(folder + row[0] + ".txt");
    for (int seed = 1; seed <= seeds; ++seed) {
      const auto start = std::clock();
      const rounds::Answer answer =
          MUST(rounds::plan(question, {.seed = static_cast<uint64_t>(seed), .effort = effort}));
      const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
      const double gap = 100 * (answer.travel_minutes / std::stod(row[1]) - 1);
      const bool right = rounds::mistakes_of(question, answer).empty();
      std::cout << row[0] << " stops " << question.stops.size() << " seed " << seed << ": "
                << answer.travel_minutes << " gap " << gap << " % left out "
                << answer.left_out.size() << (right ? "" : " WRONG") << " in " << seconds << " s"
                << std::endl;
      sum += gap;
      ++count;
      out.begin_object();
      out.member("name", row[0]).member("seed", seed).member("travel", answer.travel_minutes);
      out.member("gap_percent", gap).member("seconds", seconds).member("right", right);
      out.member("left_out", static_cast<int64_t>(answer.left_out.size()));
      out.end_object();
    }
  }
  out.end_array();
  std::ofstream(argv[2]) << out.take() << "\n";
  std::cout << "mean gap " << sum / count << " %\n";
  return 0;
}
