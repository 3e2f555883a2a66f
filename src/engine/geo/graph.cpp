#include "engine/geo/graph.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace linli::geo {

namespace {

// Sorts `items` into rows by `row_of`; returns the first index of every row.
template <class Item, class RowOf>
std::vector<uint32_t> into_rows(Node rows, std::vector<Item>& items, RowOf row_of) {
  std::vector<uint32_t> first(rows + size_t{1}, 0);
  for (const Item& item : items) ++first[row_of(item) + size_t{1}];
  for (size_t row = 0; row < rows; ++row) first[row + 1] += first[row];
  std::vector<Item> sorted(items.size());
  std::vector<uint32_t> next(first.begin(), first.end() - 1);
  for (const Item& item : items) sorted[next[row_of(item)]++] = item;
  items = std::move(sorted);
  return first;
}

}  // namespace

double distance_m(Location a, Location b) {
  constexpr double kEarthRadiusM = 6'371'008.8;
  constexpr double kRadians = std::numbers::pi / 180 * 1e-7;
  const double middle = (static_cast<double>(a.lat) + b.lat) / 2 * kRadians;
  const double x = (static_cast<double>(b.lon) - a.lon) * kRadians * std::cos(middle);
  const double y = (static_cast<double>(b.lat) - a.lat) * kRadians;
  return kEarthRadiusM * std::sqrt(x * x + y * y);
}

Graph make_graph(Node nodes, std::span<const Arc> arcs) {
  std::vector<Arc> kept;
  kept.reserve(arcs.size());
  for (const Arc& arc : arcs) {
    if (arc.tail != arc.head && arc.time < kNoTime) kept.push_back(arc);
  }
  const std::vector<uint32_t> rows =
      into_rows(nodes, kept, [](const Arc& arc) { return arc.tail; });
  Graph graph;
  graph.first.reserve(nodes + size_t{1});
  graph.first.push_back(0);
  graph.targets.reserve(kept.size());
  for (Node node = 0; node < nodes; ++node) {
    const auto begin = kept.begin() + rows[node];
    const auto end = kept.begin() + rows[node + 1];
    std::sort(begin, end, [](const Arc& a, const Arc& b) {
      return a.head != b.head ? a.head < b.head : a.time < b.time;
    });
    for (auto arc = begin; arc != end; ++arc) {
      if (arc == begin || arc->head != std::prev(arc)->head) {
        graph.targets.push_back({arc->head, arc->time});
      }
    }
    graph.first.push_back(static_cast<uint32_t>(graph.targets.size()));
  }
  return graph;
}

Graph reversed(const Graph& graph) {
  std::vector<Arc> arcs;
  arcs.reserve(graph.targets.size());
  for (Node node = 0; node < graph.nodes(); ++node) {
    for (const Graph::Target& target : graph.from(node)) {
      arcs.push_back({target.head, node, target.time});
    }
  }
  return make_graph(graph.nodes(), arcs);
}

Links make_links(Node nodes, std::span<const std::pair<Node, Node>> pairs) {
  std::vector<Arc> arcs;
  arcs.reserve(pairs.size() * 2);
  for (const auto& [a, b] : pairs) {
    arcs.push_back({a, b, 0});
    arcs.push_back({b, a, 0});
  }
  Graph graph = make_graph(nodes, arcs);
  Links links;
  links.first = std::move(graph.first);
  links.heads.reserve(graph.targets.size());
  for (const Graph::Target& target : graph.targets) links.heads.push_back(target.head);
  return links;
}

Components components(const Links& links) {
  Components found;
  found.of.assign(links.nodes(), kNoNode);
  std::vector<Node> todo;
  for (Node start = 0; start < links.nodes(); ++start) {
    if (found.of[start] != kNoNode) continue;
    const auto number = static_cast<uint32_t>(found.sizes.size());
    found.sizes.push_back(0);
    found.of[start] = number;
    todo.push_back(start);
    while (!todo.empty()) {
      const Node node = todo.back();
      todo.pop_back();
      ++found.sizes[number];
      for (const Node head : links.of(node)) {
        if (found.of[head] != kNoNode) continue;
        found.of[head] = number;
        todo.push_back(head);
      }
    }
    if (found.sizes[number] > found.sizes[found.largest]) found.largest = number;
  }
  return found;
}

}  // namespace linli::geo
