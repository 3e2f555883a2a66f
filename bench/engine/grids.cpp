// Grids over real buildings beside METIS's best legal result, a re-balance after changed
// households, and districts with proven optima.
//   bench_grids FOLDER OUT.json [SEEDS]
#include <algorithm>
#include <ctime>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/json.h"
#include "engine/grids/divide.h"
#include "engine/grids/start.h"
#include "support/instances.h"

namespace {

using namespace linli;  // NOLINT: a program of one file
using grids::Answer;
using grids::Area;
using grids::Rule;

double processor_seconds() {
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// `classed`: the third number of a pair is the class of what lies between (0 the same block, 2 a
// residential street, 3 a main road, railway or river).
Area read_area(const std::string& file, bool classed) {
  std::istringstream in(bench::read_text(file));
  size_t buildings = 0, pairs = 0;
  in >> buildings >> pairs;
  Area area;
  area.buildings.resize(buildings);
  area.neighbours.resize(pairs);
  for (grids::Building& building : area.buildings) {
    in >> building.x >> building.y >> building.households;
  }
  for (grids::Neighbours& pair : area.neighbours) {
    int kind = 3;
    in >> pair.a >> pair.b;
    if (classed) in >> kind;
    pair.weight = kind == 0 ? 20 : kind == 2 ? 5 : 1;
  }
  return area;
}

struct Run {
  std::string part, name;
  uint64_t seed = 0;
  size_t faults = 0;
  double cut = 0, spread_m = 0, seconds = 0;
  double other_cut = 0, other_spread_m = 0;  // METIS's, or the optimum
  double moved_percent = 0, moved_least_percent = 0;
};

// METIS alone: the least cut of all its legal results, over sizes, imbalances and seeds.
void best_of_metis(const Area& area, const Rule& rule, Run& run) {
  const grids::Units units = grids::make_units(area);
  for (double size = rule.least; size <= rule.most; size += 10) {
    for (const int imbalance : {10, 30, 100, 200, 300}) {
      for (int seed = 1; seed <= 5; ++seed) {
        const grids::Start start = grids::divide_by_metis(units, size, imbalance, seed);
        const grids::Division division = units.to_buildings(start.part_of);
        if (!grids::faults_of(area, rule, division).empty()) continue;
        const double cut = grids::cut_of(area, division);
        if (run.other_cut > 0 && cut >= run.other_cut) continue;
        run.other_cut = cut;
        run.other_spread_m = grids::spread_of(area, division);
      }
    }
  }
}

void say(const Run& run) {
  std::cout << run.part << " " << run.name << " seed " << run.seed << ": faults " << run.faults
            << " cut " << run.cut << " (" << run.other_cut << ") spread " << run.spread_m << " ("
            << run.other_spread_m << ") moved " << run.moved_percent << " % (at least "
            << run.moved_least_percent << " %) in " << run.seconds << " s" << std::endl;
}

void write(const std::string& file, const std::vector<Run>& runs) {
  json::Writer out;
  out.begin_array();
  for (const Run& run : runs) {
    out.begin_object();
    out.member("part", run.part).member("name", run.name);
    out.member("seed", static_cast<int64_t>(run.seed));
    out.member("faults", static_cast<int64_t>(run.faults));
    out.member("cut", run.cut).member("spread_m", run.spread_m);
    out.member("other_cut", run.other_cut).member("other_spread_m", run.other_spread_m);
    out.member("moved_percent", run.moved_percent);
    out.member("moved_least_percent", run.moved_least_percent);
    out.member("seconds", run.seconds);
    out.end_object();
  }
  out.end_array();
  std::ofstream(file) << out.take() << "\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::string folder = std::string(argv[1]) + "/districting/";
  const int seeds = argc > 3 ? std::stoi(argv[3]) : 3;
  std::vector<Run> runs;
  const auto finish = [&](Run run, double start, const Answer& answer) {
    run.seconds = processor_seconds() - start;
    run.faults = answer.faults.size();
    run.cut = answer.cut;
    run.spread_m = answer.spread_m;
    say(run);
    runs.push_back(run);
  };
  for (const std::string name : {"krems", "liechtenstein"}) {
    const Area area = read_area(folder + "buildings/" + name + ".grid", true);
    Run run{"divide", name};
    best_of_metis(area, {}, run);
    for (int seed = 1; seed <= seeds; ++seed) {
      run.seed = static_cast<uint64_t>(seed);
      const double start = processor_seconds();
      finish(run, start, MUST(grids::divide(area, {}, {.seed = run.seed})));
    }
  }
  const Area changed = read_area(folder + "buildings/krems_changed.grid", true);
  grids::Division existing;
  std::istringstream numbers(bench::read_text(folder + "buildings/krems_existing.part"));
  for (int32_t grid = 0; numbers >> grid;) existing.push_back(grid);
  double all = 0;
  for (const grids::Building& building : changed.buildings) all += building.households;
  for (int seed = 1; seed <= seeds; ++seed) {
    Run run{"rebalance", "krems", static_cast<uint64_t>(seed)};
    const double start = processor_seconds();
    const Answer answer = MUST(grids::rebalance(changed, {}, existing, {.seed = run.seed}));
    run.moved_percent = 100 * answer.moved / all;
    run.moved_least_percent = 100 * answer.moved_least / all;
    finish(run, start, answer);
  }
  for (const auto& row : bench::read_table(folder + "census_optima.csv")) {
    const Area area = read_area(folder + "census/" + row[0] + ".txt", false);
    const Rule rule{std::stod(row[4]), std::stod(row[5])};
    for (int seed = 1; seed <= seeds; ++seed) {
      Run run{"census", row[0], static_cast<uint64_t>(seed)};
      run.other_cut = std::stod(row[6]);
      const double start = processor_seconds();
      finish(run, start, MUST(grids::divide(area, rule, {.seed = run.seed, .compactness = 0})));
    }
  }
  write(argv[2], runs);
  return 0;
}
