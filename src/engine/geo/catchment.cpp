#include "engine/geo/catchment.h"

#include <algorithm>
#include <numeric>

#include "engine/geo/search.h"

namespace linli::geo {

std::vector<InReach> in_reach(const Travel& travel, std::span<const Supply> supplies,
                              std::span<const Residents> residents, std::span<const Time> limits,
                              const Zones& zones) {
  Time longest = 0;
  for (const Time limit : limits) longest = std::max(longest, limit);
  const std::span<const Street> streets = travel.network().streets;
  // Doors by the ends of their street: a door may appear under two nodes.
  std::vector<std::pair<Node, uint32_t>> at_node;
  for (uint32_t i = 0; i < residents.size(); ++i) {
    if (residents[i].anchor.street == kNoStreet) continue;
    for (const Node end : streets[residents[i].anchor.street].ends) at_node.emplace_back(end, i);
  }
  std::sort(at_node.begin(), at_node.end());
  std::vector<std::pair<uint32_t, uint32_t>> by_street;
  for (uint32_t i = 0; i < residents.size(); ++i)
    by_street.emplace_back(residents[i].anchor.street, i);
  std::sort(by_street.begin(), by_street.end());

  Search search(travel.towards());
  const auto each_within = [&](const Supply& supply, auto visit) {
    if (supply.anchor.street == kNoStreet) return;
    std::vector<Seed> seeds;
    for (const AnchorEnd& end : travel.ends_of(supply.anchor)) {
      seeds.push_back({end.node, end.arrive});
    }
    std::vector<uint32_t> near;
    for (const Node node : search.within(seeds, longest)) {
      auto at = std::lower_bound(at_node.begin(), at_node.end(), std::pair(node, uint32_t{0}));
      for (; at != at_node.end() && at->first == node; ++at) near.push_back(at->second);
    }
    auto at = std::lower_bound(by_street.begin(), by_street.end(),
                               std::pair(supply.anchor.street, uint32_t{0}));
    for (; at != by_street.end() && at->first == supply.anchor.street; ++at)
      near.push_back(at->second);
    std::sort(near.begin(), near.end());
    near.erase(std::unique(near.begin(), near.end()), near.end());
    for (const uint32_t i : near) {
      Time time = travel.along(residents[i].anchor, supply.anchor);
      for (const AnchorEnd& end : travel.ends_of(residents[i].anchor)) {
        if (search.time(end.node) < kNoTime && end.leave < kNoTime)
          time = std::min(time, search.time(end.node) + end.leave);
      }
      if (time <= limits[i]) visit(i, time);
    }
  };

  std::vector<InReach> pairs;
  for (uint32_t number = 0; number < supplies.size(); ++number) {
    each_within(supplies[number], [&](uint32_t i, Time time) {
      const double share = limits[i] == 0 ? 0 : static_cast<double>(time) / limits[i];
      pairs.push_back({number, i, zone_weight(zones, share)});
    });
  }
  return pairs;
}

Catchments two_step(std::span<const double> capacities, std::span<const int64_t> residents,
                    std::span<const InReach> pairs) {
  Catchments made;
  made.residents.assign(capacities.size(), 0);
  made.share.assign(capacities.size(), 0);
  made.access.assign(residents.size(), 0);
  for (const InReach& pair : pairs) {
    made.residents[pair.supply] += pair.weight * static_cast<double>(residents[pair.residents]);
  }
  for (size_t i = 0; i < capacities.size(); ++i) {
    if (made.residents[i] > 0) made.share[i] = capacities[i] / made.residents[i];
  }
  for (const InReach& pair : pairs) {
    made.access[pair.residents] += pair.weight * made.share[pair.supply];
  }
  return made;
}

}  // namespace linli::geo
