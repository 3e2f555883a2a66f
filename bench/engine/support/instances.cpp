#include "support/instances.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <numbers>
#include <sstream>
#include <stdexcept>

namespace linli::bench {
namespace {

using siting::Goal;
using siting::Question;
using siting::Reached;

std::ifstream open_file(const std::string& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot read " + file);
  return in;
}

// Everybody may go everywhere, as `cost` (client, site) says.
template <class Cost>
void reach_all(Question& question, size_t clients, size_t sites, const Cost& cost) {
  question.clients.resize(clients);
  question.sites.resize(sites);
  question.reach.reserve(sites, clients * sites);
  std::vector<Reached> row(clients);
  for (size_t j = 0; j < sites; ++j) {
    for (size_t i = 0; i < clients; ++i) {
      row[i] = {static_cast<uint32_t>(i), static_cast<float>(cost(i, j))};
    }
    question.reach.append(row);
  }
  question.all_served = true;
}

struct Point {
  double x, y;
};

double distance(const Point& a, const Point& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

// The points of a file with a section of coordinates, and the demands if there are any.
void read_points(const std::string& file, std::vector<Point>& points,
                 std::vector<double>& demands) {
  std::ifstream in = open_file(file);
  int section = 0;
  const bool numbered = file.ends_with(".tsp");
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("NODE_COORD")) {
      section = 1;
      continue;
    }
    if (line.starts_with("DEMAND")) {
      section = 2;
      continue;
    }
    std::istringstream words(line);
    double number = 0;
    Point point{};
    if (section == 1 && (!numbered || words >> number) && words >> point.x >> point.y) {
      points.push_back(point);
    }
    if (section == 2 && words >> number) demands.push_back(number);
  }
}

}  // namespace

std::string read_text(const std::string& file) {
  std::ifstream in = open_file(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::vector<std::string>> read_table(const std::string& file) {
  std::ifstream in = open_file(file);
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> fields;
    std::istringstream words(line);
    for (std::string field; std::getline(words, field, ',');) fields.push_back(field);
    if (!fields.empty()) rows.push_back(fields);
  }
  return rows;
}

std::vector<Instance> orlib(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/pmedian/orlib_optima.csv")) {
    std::ifstream in = open_file(folder + "/pmedian/orlib/" + row[0] + ".txt");
    size_t n = 0, edges = 0, sites = 0;
    in >> n >> edges >> sites;
    std::map<std::pair<size_t, size_t>, double> length;
    for (size_t k = 0; k < edges; ++k) {
      size_t a = 0, b = 0;
      double of = 0;
      in >> a >> b >> of;
      length[{std::min(a, b) - 1, std::max(a, b) - 1}] = of;  // the last one counts
    }
    std::vector<std::vector<double>> d(n, std::vector<double>(n, 1e9));
    for (size_t i = 0; i < n; ++i) d[i][i] = 0;
    for (const auto& [ends, of] : length) {
      d[ends.first][ends.second] = d[ends.second][ends.first] = of;
    }
    for (size_t k = 0; k < n; ++k) {
      for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
      }
    }
    Instance made{row[0], {}, std::stod(row[3])};
    made.question.goal = Goal::least_walk;
    made.question.new_sites = sites;
    reach_all(made.question, n, n, [&](size_t i, size_t j) { return d[i][j]; });
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Instance> tsplib(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/pmedian/tsplib_bks.csv")) {
    std::vector<Point> points;
    std::vector<double> demands;
    read_points(folder + "/pmedian/tsplib/" + row[0] + ".tsp", points, demands);
    Instance made{row[0] + " p=" + row[2], {}, std::stod(row[3])};
    made.question.goal = Goal::least_walk;
    made.question.new_sites = std::stoul(row[2]);
    reach_all(made.question, points.size(), points.size(),
              [&](size_t i, size_t j) { return std::floor(distance(points[i], points[j])); });
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Instance> mclp(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/mclp/best_known.csv")) {
    std::vector<Point> points;
    std::vector<double> demands;
    read_points(folder + "/mclp/" + row[0] + ".txt", points, demands);
    Instance made{row[0] + " p=" + row[2], {}, std::stod(row[3])};
    made.question.new_sites = std::stoul(row[2]);
    made.question.sites.resize(points.size());
    const double radius = std::stod(row[1]);
    const double turn = std::numbers::pi / 180;
    for (size_t j = 0; j < points.size(); ++j) {
      made.question.clients.push_back({.people = demands[j]});
      std::vector<Reached> reached;
      for (size_t i = 0; i < points.size(); ++i) {
        if (std::abs(points[i].x - points[j].x) > radius / 100000) continue;
        const double cosine = std::sin(points[i].x * turn) * std::sin(points[j].x * turn) +
                              std::cos(points[i].x * turn) * std::cos(points[j].x * turn) *
                                  std::cos((points[i].y - points[j].y) * turn);
        const float metres =
            i == j ? 0 : static_cast<float>(std::acos(std::min(1.0, cosine))) * 6378100;
        if (static_cast<double>(metres) <= radius) {
          reached.push_back({static_cast<uint32_t>(i), metres});
        }
      }
      made.question.reach.append(reached);
    }
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Instance> cpmp(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/cpmp/optima.csv")) {
    const bool lorena = row[0].starts_with("SJC");
    std::ifstream in = open_file(folder + "/cpmp/" + row[0] + (lorena ? ".dat" : ".txt"));
    size_t n = 0, sites = 0;
    double capacity = 0, skipped = 0;
    if (!lorena) in >> skipped >> skipped;
    in >> n >> sites;
    if (!lorena) in >> capacity;
    std::vector<Point> points(n);
    std::vector<double> demands(n), capacities(n, capacity);
    for (size_t i = 0; i < n; ++i) {
      if (!lorena) in >> skipped;
      in >> points[i].x >> points[i].y;
      if (lorena) in >> capacities[i];
      in >> demands[i];
    }
    Instance made{row[0], {}, std::stod(row[1])};
    made.question.goal = Goal::least_walk;
    made.question.new_sites = sites;
    // The walk of a client counts once, whatever its demand: so it is divided by it here.
    reach_all(made.question, n, n, [&](size_t i, size_t j) {
      const double d = distance(points[i], points[j]);
      return (lorena ? d : std::floor(d)) / demands[i];
    });
    for (size_t i = 0; i < n; ++i) {
      made.question.clients[i].people = demands[i];
      made.question.sites[i].capacity = capacities[i];
    }
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Instance> cflp(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/cflp/optima.csv")) {
    std::ifstream in = open_file(folder + "/cflp/" + row[0] + ".txt");
    size_t sites = 0, clients = 0;
    in >> sites >> clients;
    std::vector<double> capacity(sites), cost(sites), demand(clients);
    for (size_t j = 0; j < sites; ++j) in >> capacity[j] >> cost[j];
    std::vector<std::vector<double>> all_of(clients, std::vector<double>(sites));
    for (size_t i = 0; i < clients; ++i) {
      in >> demand[i];
      for (double& of : all_of[i]) in >> of;
    }
    Instance made{row[0], {}, std::stod(row[1])};
    made.question.goal = Goal::least_cost;
    made.question.dividable = true;
    reach_all(made.question, clients, sites,
              [&](size_t i, size_t j) { return all_of[i][j] / demand[i]; });
    for (size_t i = 0; i < clients; ++i) made.question.clients[i].people = demand[i];
    for (size_t j = 0; j < sites; ++j) {
      made.question.sites[j].capacity = capacity[j];
      made.question.sites[j].cost = cost[j];
    }
    all.push_back(std::move(made));
  }
  return all;
}

std::vector<Instance> sscflp(const std::string& folder) {
  std::vector<Instance> all;
  for (const auto& row : read_table(folder + "/sscflp/optima.csv")) {
    std::ifstream in = open_file(folder + "/sscflp/" + row[0] + ".txt");
    size_t sites = 0, clients = 0;
    in >> sites >> clients;
    std::vector<double> capacity(sites), cost(sites), demand(clients);
    for (size_t j = 0; j < sites; ++j) in >> capacity[j] >> cost[j];
    for (double& of : demand) in >> of;
    std::vector<std::vector<double>> rows(sites, std::vector<double>(clients));
    for (auto& of_site : rows) {
      for (double& of : of_site) in >> of;
    }
    Instance made{row[0], {}, std::stod(row[1])};
    made.question.goal = Goal::least_cost;
    reach_all(made.question, clients, sites,
              [&](size_t i, size_t j) { return rows[j][i] / demand[i]; });
    for (size_t i = 0; i < clients; ++i) made.question.clients[i].people = demand[i];
    for (size_t j = 0; j < sites; ++j) {
      made.question.sites[j].capacity = capacity[j];
      made.question.sites[j].cost = cost[j];
    }
    all.push_back(std::move(made));
  }
  return all;
}

}  // namespace linli::bench
