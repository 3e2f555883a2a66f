// Siting against instances with known optima: gap, bound and processor seconds of every answer.
//   bench_siting FOLDER OUT.json [SEEDS] [PART…]   parts: orlib tsplib mclp cpmp cflp sscflp city
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <set>

#include "core/json.h"
#include "engine/siting/solve.h"
#include "engine/siting/verify.h"
#include "support/city.h"
#include "support/instances.h"

namespace {

using namespace linli;  // NOLINT: a program of one file
using bench::Instance;

struct Run {
  std::string part;
  std::string name;
  uint64_t seed = 0;
  double value = 0;
  double known = 0;
  double gap_percent = 0;    // to the known value
  double bound_percent = 0;  // of the answer to its own bound
  double seconds = 0;
  std::vector<std::string> mistakes;
};

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Run run(const std::string& part, const Instance& instance, uint64_t seed, double effort,
        double limit_s) {
  std::stop_source stop;
  const double start = processor_seconds();
  siting::Control control{.seed = seed, .effort = effort, .stop = stop.get_token()};
  control.progress = [&](const siting::Progress&) {
    if (processor_seconds() - start > limit_s) stop.request_stop();
  };
  const siting::Answer answer = MUST(siting::solve(instance.question, control));
  Run made{part, instance.name, seed, answer.value, instance.known};
  made.seconds = processor_seconds() - start;
  made.bound_percent = 100 * answer.gap();
  const double over = instance.question.goal == siting::Goal::most_people
                          ? instance.known - answer.value
                          : answer.value - instance.known;
  made.gap_percent = instance.known == 0 ? 0 : 100 * over / instance.known;
  made.mistakes = siting::mistakes_of(instance.question, answer);
  std::cout << part << " " << instance.name << " seed " << seed << " value " << answer.value
            << " gap " << made.gap_percent << " % bound " << made.bound_percent << " % in "
            << made.seconds << " s" << (made.mistakes.empty() ? "" : " WRONG: ")
            << (made.mistakes.empty() ? "" : made.mistakes[0]) << std::endl;
  return made;
}

double worst(const std::vector<const Run*>& runs, double Run::*field) {
  double most = 0;
  for (const Run* one : runs) most = std::max(most, one->*field);
  return most;
}

double mean(const std::vector<const Run*>& runs, double Run::*field) {
  double sum = 0;
  for (const Run* one : runs) sum += one->*field;
  return sum / static_cast<double>(runs.size());
}

void write(const std::string& file, const std::vector<Run>& runs) {
  json::Writer out;
  out.begin_object();
  out.key("summary").begin_object();
  std::set<std::string> parts;
  for (const Run& one : runs) parts.insert(one.part);
  for (const std::string& part : parts) {
    std::vector<const Run*> of;
    size_t wrong = 0;
    for (const Run& one : runs) {
      if (one.part != part) continue;
      of.push_back(&one);
      wrong += one.mistakes.empty() ? 0 : 1;
    }
    out.key(part).begin_object();
    out.member("runs", static_cast<int64_t>(of.size()));
    out.member("wrong", static_cast<int64_t>(wrong));
    out.member("worst_gap_percent", worst(of, &Run::gap_percent));
    out.member("mean_gap_percent", mean(of, &Run::gap_percent));
    out.member("worst_bound_percent", worst(of, &Run::bound_percent));
    out.member("mean_bound_percent", mean(of, &Run::bound_percent));
    out.member("worst_seconds", worst(of, &Run::seconds));
    out.end_object();
    std::cout << part << ": " << of.size() << " runs, " << wrong << " wrong, gap worst "
              << worst(of, &Run::gap_percent) << " % mean " << mean(of, &Run::gap_percent)
              << " %, bound worst " << worst(of, &Run::bound_percent) << " % mean "
              << mean(of, &Run::bound_percent) << " %, worst " << worst(of, &Run::seconds)
              << " s\n";
  }
  out.end_object();
  out.key("runs").begin_array();
  for (const Run& one : runs) {
    out.begin_object();
    out.member("part", one.part);
    out.member("name", one.name);
    out.member("seed", static_cast<int64_t>(one.seed));
    out.member("value", one.value);
    out.member("known", one.known);
    out.member("gap_percent", one.gap_percent);
    out.member("bound_percent", one.bound_percent);
    out.member("seconds", one.seconds);
    out.member("right", one.mistakes.empty());
    out.end_object();
  }
  out.end_array();
  out.end_object();
  std::ofstream(file) << out.take() << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string folder = argv[1];
  const int seeds = argc > 3 ? std::stoi(argv[3]) : 3;
  const std::set<std::string> wanted(argv + std::min(argc, 4), argv + argc);
  std::vector<Run> runs;
  const auto part = [&](const std::string& name, auto read, double effort, double limit_s) {
    if (!wanted.empty() && !wanted.contains(name)) return;
    for (const Instance& instance : read(folder)) {
      for (int seed = 1; seed <= seeds; ++seed) {
        runs.push_back(run(name, instance, static_cast<uint64_t>(seed), effort, limit_s));
      }
    }
  };
  part("orlib", bench::orlib, 1, 2);
  part("mclp", bench::mclp, 0.4, 2);
  part("tsplib", bench::tsplib, 3, 30);
  part("cpmp", bench::cpmp, 3, 30);
  part("cflp", bench::cflp, 1, 30);
  part("sscflp", bench::sscflp, 3, 30);
  if (wanted.empty() || wanted.contains("city")) {
    for (int seed = 1; seed <= seeds; ++seed) {
      const bench::City city =
          bench::moscow("tests/data/road/moscow", 5000, static_cast<uint64_t>(seed));
      runs.push_back(run("city", city.instance, static_cast<uint64_t>(seed), 1, 30));
      std::cout << "  " << city.instance.question.reach.entries() << " walks in "
                << city.reach_seconds << " s of sweeps\n";
      runs.back().seconds += city.reach_seconds;
    }
  }
  write(argv[2], runs);
  return std::any_of(runs.begin(), runs.end(),
                     [](const Run& one) { return !one.mistakes.empty(); });
}
