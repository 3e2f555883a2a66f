#include "engine/geo/change.h"

#include <algorithm>

namespace linli::geo {

WhatIf::WhatIf(const Graph& away, const Graph& towards, std::vector<Entrances> facilities)
    : away_(away),
      towards_(towards),
      facilities_(std::move(facilities)),
      in_region_(towards.nodes(), false) {
  Entrances all;
  for (const Entrances& facility : facilities_) {
    for (const Seed& seed : facility) {
      all.push_back(seed);
      entrances_.emplace(seed.node, seed.time);
    }
  }
  times_ = dijkstra(towards_, all);
}

template <class Visit>
void WhatIf::each_towards(Node node, Visit visit) const {
  for (const Graph::Target& target : towards_.from(node)) visit(target.head, target.time);
  for (const Path& path : paths_) {
    if (path.head == node) visit(path.tail, path.time);
  }
}

template <class Visit>
void WhatIf::each_away(Node node, Visit visit) const {
  for (const Graph::Target& target : away_.from(node)) visit(target.head, target.time);
  for (const Path& path : paths_) {
    if (path.tail == node) visit(path.head, path.time);
  }
}

void WhatIf::set(Node node, Time time) {
  steps_.back().before.emplace_back(node, times_[node]);
  times_[node] = time;
}

void WhatIf::improve(Node node, Time time) {
  if (time >= times_[node]) return;
  set(node, time);
  queue_.push(time, node);
}

void WhatIf::spread() {
  for (BucketQueue::Entry entry{}; queue_.pop(entry);) {
    if (entry.time > times_[entry.node]) continue;
    each_towards(entry.node, [&](Node head, Time time) { improve(head, entry.time + time); });
  }
}

void WhatIf::take_away(const Entrances& gone) {
  std::vector<Node> region;
  const auto add = [&](Node node) {
    if (in_region_[node]) return;
    in_region_[node] = true;
    region.push_back(node);
  };
  for (const Seed& seed : gone) {
    const auto [begin, end] = entrances_.equal_range(seed.node);
    const auto own =
        std::find_if(begin, end, [&](const auto& at) { return at.second == seed.time; });
    if (own != end) entrances_.erase(own);
    if (times_[seed.node] == seed.time) add(seed.node);
  }
  for (size_t at = 0; at < region.size(); ++at) {
    const Time reached = times_[region[at]];
    each_towards(region[at], [&](Node head, Time time) {
      if (times_[head] == reached + time) add(head);
    });
  }
  for (const Node node : region) set(node, kNoTime);
  for (const Node node : region) {
    Time best = kNoTime;
    each_away(node, [&](Node head, Time time) {
      if (!in_region_[head]) best = std::min(best, times_[head] + time);
    });
    const auto [begin, end] = entrances_.equal_range(node);
    for (auto at = begin; at != end; ++at) best = std::min(best, at->second);
    if (best < kNoTime) queue_.push(best, node);
  }
  for (const Node node : region) in_region_[node] = false;
  // Border values come in as they are popped: a region's node takes the first that improves it.
  for (BucketQueue::Entry entry{}; queue_.pop(entry);) {
    if (entry.time > times_[entry.node]) continue;
    if (entry.time < times_[entry.node]) set(entry.node, entry.time);
    each_towards(entry.node, [&](Node head, Time time) { improve(head, entry.time + time); });
  }
}

size_t WhatIf::add(Entrances facility) {
  Step& step = steps_.emplace_back();
  step.facility = facilities_.size();
  step.added = true;
  for (const Seed& seed : facility) {
    entrances_.emplace(seed.node, seed.time);
    improve(seed.node, seed.time);
  }
  facilities_.push_back(std::move(facility));
  spread();
  return facilities_.size() - 1;
}

void WhatIf::remove(size_t facility) {
  move(facility, {});
}

void WhatIf::move(size_t facility, Entrances to) {
  Step& step = steps_.emplace_back();
  step.facility = facility;
  step.entrances = facilities_[facility];
  // The new place first: what it serves better is then no part of the gap.
  for (const Seed& seed : to) {
    entrances_.emplace(seed.node, seed.time);
    improve(seed.node, seed.time);
  }
  spread();
  take_away(Entrances(facilities_[facility]));
  facilities_[facility] = std::move(to);
}

void WhatIf::open_path(Node a, Node b, Time forward, Time back) {
  steps_.emplace_back().opened = true;
  paths_.push_back({a, b, forward});
  paths_.push_back({b, a, back});
  improve(a, std::min(kNoTime, times_[b] + forward));
  improve(b, std::min(kNoTime, times_[a] + back));
  spread();
}

bool WhatIf::undo() {
  if (steps_.empty()) return false;
  Step step = std::move(steps_.back());
  steps_.pop_back();
  for (size_t at = step.before.size(); at-- > 0;) {
    times_[step.before[at].first] = step.before[at].second;
  }
  if (step.opened) {
    paths_.resize(paths_.size() - 2);
    return true;
  }
  for (const Seed& seed : facilities_[step.facility]) {
    const auto [begin, end] = entrances_.equal_range(seed.node);
    entrances_.erase(
        std::find_if(begin, end, [&](const auto& at) { return at.second == seed.time; }));
  }
  if (step.added) {
    facilities_.pop_back();
  } else {
    for (const Seed& seed : step.entrances) entrances_.emplace(seed.node, seed.time);
    facilities_[step.facility] = std::move(step.entrances);
  }
  return true;
}

std::span<const std::pair<Node, Time>> WhatIf::touched() const {
  if (steps_.empty()) return {};
  return steps_.back().before;
}

}  // namespace linli::geo
