#include "engine/geo/search.h"

#include <algorithm>

namespace linli::geo {

void BucketQueue::push(Time time, Node node) {
  const size_t bucket = time >> kShift;
  if (bucket >= buckets_.size()) buckets_.resize(bucket + 64);
  buckets_[bucket].push_back({time, node});
  current_ = std::min(current_, bucket);
  last_ = std::max(last_, bucket);
}

bool BucketQueue::pop(Entry& out) {
  for (; current_ <= last_ && current_ < buckets_.size(); ++current_) {
    std::vector<Entry>& bucket = buckets_[current_];
    if (bucket.empty()) continue;
    out = bucket.back();
    bucket.pop_back();
    return true;
  }
  current_ = last_ = 0;
  return false;
}

Search::Search(const Graph& graph) : graph_(graph), times_(graph.nodes(), kNoTime) {}

std::span<const Node> Search::within(std::span<const Seed> seeds, Time limit) {
  for (const Node node : reached_) times_[node] = kNoTime;
  reached_.clear();
  const auto reach = [&](Node node, Time time) {
    if (time > limit || time >= times_[node]) return;
    if (times_[node] == kNoTime) reached_.push_back(node);
    times_[node] = time;
    // Until it leaves the queue its arcs have come from memory.
    __builtin_prefetch(graph_.targets.data() + graph_.first[node]);
    queue_.push(time, node);
  };
  for (const Seed& seed : seeds) reach(seed.node, seed.time);
  for (BucketQueue::Entry entry{}; queue_.pop(entry);) {
    if (entry.time > times_[entry.node]) continue;
    for (const Graph::Target& target : graph_.from(entry.node)) {
      reach(target.head, entry.time + target.time);
    }
  }
  return reached_;
}

}  // namespace linli::geo
