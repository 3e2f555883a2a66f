#include "engine/geo/network_build.h"

#include <algorithm>
#include <numeric>

#include "engine/geo/hierarchy.h"
#include "engine/geo/order.h"
#include "engine/geo/snap.h"

namespace linli::geo {

namespace {

Links links_of(const NetworkData& data) {
  std::vector<std::pair<Node, Node>> pairs;
  pairs.reserve(data.streets.size());
  for (const Street& street : data.streets) pairs.emplace_back(street.ends[0], street.ends[1]);
  return make_links(static_cast<Node>(data.nodes.size()), pairs);
}

void renumber(NetworkData& data, const std::vector<Node>& order) {
  const std::vector<Node> rank = ranks_of(order);
  std::vector<Location> nodes;
  nodes.reserve(order.size());
  for (const Node node : order) nodes.push_back(data.nodes[node]);
  data.nodes = std::move(nodes);
  for (Street& street : data.streets) {
    street.ends = {rank[street.ends[0]], rank[street.ends[1]]};
  }
  std::stable_sort(data.streets.begin(), data.streets.end(), [](const Street& a, const Street& b) {
    return std::minmax(a.ends[0], a.ends[1]) < std::minmax(b.ends[0], b.ends[1]);
  });
  std::vector<Location> bends;
  bends.reserve(data.bends.size());
  for (Street& street : data.streets) {
    const auto from = data.bends.begin() + street.first_bend;
    street.first_bend = static_cast<uint32_t>(bends.size());
    bends.insert(bends.end(), from, from + street.bend_count);
  }
  data.bends = std::move(bends);
}

void find_arcs(NetworkData& data) {
  for (Street& street : data.streets) {
    const auto [low, high] = std::minmax(street.ends[0], street.ends[1]);
    const auto begin = data.hierarchy_heads.begin() + data.hierarchy_first[low];
    const auto end = data.hierarchy_heads.begin() + data.hierarchy_first[low + size_t{1}];
    street.arc =
        static_cast<uint32_t>(std::lower_bound(begin, end, high) - data.hierarchy_heads.begin());
  }
}

}  // namespace

Result<NetworkData> build_network(NetworkData data, const Progress& progress) {
  std::erase_if(data.streets,
                [](const Street& street) { return street.ends[0] == street.ends[1]; });
  if (data.streets.empty()) return refuse(ErrorKind::invalid, "geo.empty");
  {
    const Links links = links_of(data);
    renumber(data, TRY(nested_dissection(links, data.nodes, progress)));
  }
  Hierarchy hierarchy = contract(links_of(data));
  data.hierarchy_first = std::move(hierarchy.first);
  data.hierarchy_heads = std::move(hierarchy.heads);
  find_arcs(data);
  make_grid(data);
  Snapper snapper(data.view(), Mode::walk);
  for (Door& door : data.doors) door.anchor = snapper.snap(door.at, kDoorLimitM).anchor;
  std::stable_sort(data.doors.begin(), data.doors.end(),
                   [](const Door& a, const Door& b) { return a.anchor.street < b.anchor.street; });
  return data;
}

}  // namespace linli::geo
