#include "engine/geo/dijkstra.h"

#include <queue>

namespace linli::geo {

std::vector<Time> dijkstra(const Graph& graph, std::span<const Seed> seeds) {
  struct Entry {
    Time time;
    Node node;
    bool operator<(const Entry& other) const { return time > other.time; }
  };
  std::vector<Time> times(graph.nodes(), kNoTime);
  std::priority_queue<Entry> queue;
  for (const Seed& seed : seeds) {
    if (seed.time >= times[seed.node]) continue;
    times[seed.node] = seed.time;
    queue.push({seed.time, seed.node});
  }
  while (!queue.empty()) {
    const Entry entry = queue.top();
    queue.pop();
    if (entry.time > times[entry.node]) continue;
    for (const Graph::Target& target : graph.from(entry.node)) {
      const Time time = entry.time + target.time;
      if (time >= times[target.head]) continue;
      times[target.head] = time;
      queue.push({time, target.head});
    }
  }
  return times;
}

}  // namespace linli::geo
