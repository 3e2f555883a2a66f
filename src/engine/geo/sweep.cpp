#include "engine/geo/sweep.h"

#include <algorithm>
#include <cstdlib>
#include <new>

#include <sys/mman.h>

namespace linli::geo {

namespace {

LaneTime to_lane(Time time) {
  return static_cast<LaneTime>(std::min<Time>(time, kFar));
}

}  // namespace

template <class Word>
Lines<Word>::Lines(Node nodes) : nodes_(nodes) {
  constexpr size_t kHugePage = size_t{2} << 20;
  const size_t bytes = size_t{nodes} * kLanes * sizeof(Word);
  const size_t alignment = bytes >= kHugePage ? kHugePage : 64;
  const size_t rounded = (std::max<size_t>(bytes, 1) + alignment - 1) / alignment * alignment;
  auto* data = static_cast<Word*>(std::aligned_alloc(alignment, rounded));
  if (data == nullptr) throw std::bad_alloc();
  madvise(data, rounded, MADV_HUGEPAGE);
  data_.reset(data);
}

template <class Word>
void Lines<Word>::Free::operator()(Word* data) const {
  std::free(data);  // NOLINT: from aligned_alloc
}

template class Lines<LaneTime>;
template class Lines<uint32_t>;

SweepGraph make_sweep_graph(std::span<const uint32_t> first, std::span<const Node> heads,
                            const Metric& metric) {
  SweepGraph graph;
  graph.first.reserve(first.size());
  graph.first.push_back(0);
  graph.arcs.reserve(heads.size());
  for (size_t node = 0; node + 1 < first.size(); ++node) {
    for (uint32_t arc = first[node]; arc < first[node + 1]; ++arc) {
      const SweepArc made{heads[arc], to_lane(metric.up[arc]), to_lane(metric.down[arc])};
      if (made.up < kFar || made.down < kFar) graph.arcs.push_back(made);
    }
    graph.first.push_back(static_cast<uint32_t>(graph.arcs.size()));
  }
  return graph;
}

Sweep::Sweep(const SweepGraph& graph, const LaneKernel& kernel) : graph_(graph), kernel_(kernel) {}

template <class Word, class Pass>
void Sweep::run(std::span<const LaneSeed> seeds, Lines<Word>& out, Pass pass) {
  constexpr bool kIdentified = sizeof(Word) == 4;
  constexpr Word kFarWord = kIdentified ? static_cast<Word>(0x7fffffff) : static_cast<Word>(kFar);
  touched_.assign((size_t{graph_.nodes()} + 63) / 64, 0);
  for (const LaneSeed& seed : seeds) {
    Word* line = out.data() + size_t{seed.node} * kLanes;
    uint64_t& word = touched_[seed.node / 64];
    const uint64_t mask = uint64_t{1} << (seed.node % 64);
    if ((word & mask) == 0) std::fill(line, line + kLanes, kFarWord);
    word |= mask;
    Word found = static_cast<Word>(seed.time);
    if constexpr (kIdentified) found = static_cast<Word>(found << 16 | seed.facility);
    line[seed.lane] = std::min(line[seed.lane], found);
  }
  pass({graph_.first.data(), graph_.arcs.data(), graph_.nodes(), touched_.data()}, out.data());
}

void Sweep::times(std::span<const LaneSeed> seeds, TimeLines& out) {
  run(seeds, out, kernel_.times);
}

void Sweep::nearest(std::span<const LaneSeed> seeds, NearestLines& out) {
  run(seeds, out, kernel_.nearest);
}

void Sweep::nearest_k(std::span<const LaneSeed> seeds, uint32_t k, NearestLines& out) {
  constexpr uint32_t kFarWord = 0x7fffffff;
  touched_.assign((size_t{graph_.nodes()} + 63) / 64, 0);
  for (const LaneSeed& seed : seeds) {
    uint32_t* lines = out.data() + size_t{seed.node} * k * kLanes;
    uint64_t& word = touched_[seed.node / 64];
    const uint64_t mask = uint64_t{1} << (seed.node % 64);
    if ((word & mask) == 0) std::fill(lines, lines + size_t{k} * kLanes, kFarWord);
    word |= mask;
    // Ascending; a facility keeps its best.
    uint32_t come = uint32_t{seed.time} << 16 | seed.facility;
    for (uint32_t rank = 0; rank < k; ++rank) {
      uint32_t& known = lines[rank * kLanes + seed.lane];
      if ((known & 0xffff) == seed.facility && known != kFarWord) {
        known = std::min(known, come);
        come = kFarWord;
        for (uint32_t up = rank; up > 0; --up) {
          uint32_t& before = lines[(up - 1) * kLanes + seed.lane];
          if (before > lines[up * kLanes + seed.lane])
            std::swap(before, lines[up * kLanes + seed.lane]);
        }
        break;
      }
    }
    for (uint32_t rank = 0; rank < k; ++rank) {
      uint32_t& known = lines[rank * kLanes + seed.lane];
      if (come < known) std::swap(come, known);
    }
  }
  kernel_.nearest_k({graph_.first.data(), graph_.arcs.data(), graph_.nodes(), touched_.data()},
                    out.data(), k);
}

}  // namespace linli::geo
