#include "engine/geo/testing.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include <zlib.h>

#include "engine/geo/order.h"

namespace linli::geo::testing {

namespace {

template <class Word>
std::vector<Word> read_words(const std::string& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot open " + path);
  std::vector<Word> words;
  constexpr size_t kBlock = 65536;
  while (true) {
    const size_t before = words.size();
    words.resize(before + kBlock);
    const int got = gzread(file, words.data() + before, kBlock * sizeof(Word));
    words.resize(before + static_cast<size_t>(std::max(got, 0)) / sizeof(Word));
    if (got <= 0) break;
  }
  gzclose(file);
  return words;
}

Streets only_largest(const Streets& streets) {
  const Components parts = components(streets.links());
  std::vector<Node> number(streets.nodes(), kNoNode);
  Streets kept;
  for (Node node = 0; node < streets.nodes(); ++node) {
    if (parts.of[node] != parts.largest) continue;
    number[node] = kept.nodes();
    kept.at.push_back(streets.at[node]);
  }
  for (const Arc& arc : streets.arcs) {
    if (number[arc.tail] == kNoNode) continue;
    kept.arcs.push_back({number[arc.tail], number[arc.head], arc.time});
  }
  return kept;
}

void add_both(Streets& streets, Node a, Node b, Time time) {
  streets.arcs.push_back({a, b, time});
  streets.arcs.push_back({b, a, time});
}

}  // namespace

Links Streets::links() const {
  std::vector<std::pair<Node, Node>> pairs;
  pairs.reserve(arcs.size());
  for (const Arc& arc : arcs) pairs.emplace_back(arc.tail, arc.head);
  return make_links(nodes(), pairs);
}

Streets moscow(const std::string& folder, int copies) {
  constexpr double kMetresPerSecond = 1.25;
  const auto positions = read_words<int32_t>(folder + "/nodes.gz");
  const auto edges = read_words<int32_t>(folder + "/edges.gz");
  Streets all;
  const double shorten = std::cos(55.74 * std::numbers::pi / 180);
  constexpr double kUnitsPerMetre = 1e7 / 111'195.0;  // of latitude
  for (size_t i = 0; i + 1 < positions.size(); i += 2) {
    // Mercator metres are longer than metres on the ground by 1 / cos(latitude).
    const double x = positions[i];
    const double y = -positions[i + 1] * shorten;
    all.at.push_back({static_cast<int32_t>(376'300'000 + std::lround(x * kUnitsPerMetre)),
                      static_cast<int32_t>(557'400'000 + std::lround(y * kUnitsPerMetre))});
  }
  for (size_t i = 0; i + 1 < edges.size(); i += 2) {
    const auto a = static_cast<Node>(edges[i] - 1);
    const auto b = static_cast<Node>(edges[i + 1] - 1);
    const double seconds = distance_m(all.at[a], all.at[b]) / kMetresPerSecond;
    add_both(all, a, b, std::max<Time>(1, static_cast<Time>(std::lround(seconds * 4))));
  }
  Streets one = only_largest(all);
  Streets many;
  Numbers numbers(12);
  const Node nodes = one.nodes();
  for (int copy = 0; copy < copies; ++copy) {
    const auto base = static_cast<Node>(copy) * nodes;
    for (const Location& at : one.at) many.at.push_back({at.lon + copy * 15'000'000, at.lat});
    for (const Arc& arc : one.arcs) {
      many.arcs.push_back({base + arc.tail, base + arc.head, arc.time});
    }
    for (int link = 0; copy > 0 && link < 50; ++link) {
      add_both(many, base + numbers.below(nodes), base - nodes + numbers.below(nodes), 1200);
    }
  }
  return many;
}

Streets luxembourg(const std::string& folder, std::vector<Reference>& reference) {
  const auto first = read_words<uint32_t>(folder + "/first_out.gz");
  const auto heads = read_words<uint32_t>(folder + "/head.gz");
  const auto times = read_words<uint32_t>(folder + "/travel_time.gz");
  const auto lat = read_words<float>(folder + "/latitude.gz");
  const auto lon = read_words<float>(folder + "/longitude.gz");
  Streets streets;
  for (size_t node = 0; node < lat.size(); ++node) {
    streets.at.push_back({static_cast<int32_t>(std::lround(lon[node] * 1e7)),
                          static_cast<int32_t>(std::lround(lat[node] * 1e7))});
    for (uint32_t arc = first[node]; arc < first[node + 1]; ++arc) {
      streets.arcs.push_back({static_cast<Node>(node), heads[arc], times[arc]});
    }
  }
  const auto from = read_words<uint32_t>(folder + "/source_node.gz");
  const auto to = read_words<uint32_t>(folder + "/target_node.gz");
  const auto answer = read_words<uint32_t>(folder + "/reference_time.gz");
  for (size_t i = 0; i < from.size(); ++i) reference.push_back({from[i], to[i], answer[i]});
  return streets;
}

Streets town(uint32_t seed, Node side) {
  Numbers numbers(seed);
  Streets streets;
  for (Node y = 0; y < side; ++y) {
    for (Node x = 0; x < side; ++x) {
      streets.at.push_back({static_cast<int32_t>(x * 10'000 + numbers.below(5000)) + 1'000'000'000,
                            static_cast<int32_t>(y * 10'000 + numbers.below(5000)) + 300'000'000});
    }
  }
  const auto street = [&](Node a, Node b) {
    const uint32_t kind = numbers.below(10);
    if (kind < 2) return;
    const Time time = 1 + numbers.below(600);
    if (kind == 2) {
      streets.arcs.push_back({a, b, time});
    } else if (kind == 3) {  // a bend
      const Node bend = streets.nodes();
      streets.at.push_back(streets.at[a]);
      add_both(streets, a, bend, time);
      add_both(streets, bend, b, time);
    } else if (kind == 4) {  // a dead end
      const Node end = streets.nodes();
      streets.at.push_back(streets.at[b]);
      add_both(streets, a, end, time);
    } else {
      add_both(streets, a, b, time);
    }
  };
  for (Node y = 0; y < side; ++y) {
    for (Node x = 0; x < side; ++x) {
      if (x + 1 < side) street(y * side + x, y * side + x + 1);
      if (y + 1 < side) street(y * side + x, (y + 1) * side + x);
    }
  }
  return streets;
}

Streets renumbered(const Streets& streets, const std::vector<Node>& order) {
  const std::vector<Node> rank = ranks_of(order);
  Streets made;
  for (const Node node : order) made.at.push_back(streets.at[node]);
  for (const Arc& arc : streets.arcs) {
    made.arcs.push_back({rank[arc.tail], rank[arc.head], arc.time});
  }
  return made;
}

Prepared prepare(const Streets& streets) {
  Prepared made;
  made.order = MUST(nested_dissection(streets.links(), streets.at, {}));
  made.streets = renumbered(streets, made.order);
  made.hierarchy = contract(made.streets.links());
  made.metric = customise(made.hierarchy, made.streets.arcs);
  made.sweep = make_sweep_graph(made.hierarchy, made.metric);
  return made;
}

}  // namespace linli::geo::testing
