// The body of a lane kernel. LINLI_VECTOR_BYTES is the width of a register.
// Vectors of the compiler (GCC and clang): a minimum is written as a choice.
#pragma once

namespace linli::geo {
namespace {

template <class Word>
struct Vector {
  typedef Word Type __attribute__((vector_size(LINLI_VECTOR_BYTES), may_alias));
  static constexpr uint32_t kWords = LINLI_VECTOR_BYTES / sizeof(Word);
  static constexpr uint32_t kCount = kLanes / kWords;  // vectors a line
};

template <class Word>
inline Word far_word();
template <>
inline uint16_t far_word<uint16_t>() {
  return 0x7fff;
}
template <>
inline uint32_t far_word<uint32_t>() {
  return 0x7fffffff;
}
// What an arc's time adds to a word: identities keep their lower half.
inline uint16_t step(uint16_t, uint16_t time) {
  return time;
}
inline uint32_t step(uint32_t, uint16_t time) {
  return static_cast<uint32_t>(time) << 16;
}

template <class Word>
struct Line {
  using V = typename Vector<Word>::Type;
  V parts[Vector<Word>::kCount];

  static Line load(const Word* from) {
    Line line;
    const V* at = reinterpret_cast<const V*>(from);
    for (uint32_t i = 0; i < Vector<Word>::kCount; ++i) line.parts[i] = at[i];
    return line;
  }
  static Line filled(Word word) {
    Line line;
    for (uint32_t i = 0; i < Vector<Word>::kCount; ++i) line.parts[i] = V{} + word;
    return line;
  }
  void store(Word* to) const {
    V* at = reinterpret_cast<V*>(to);
    for (uint32_t i = 0; i < Vector<Word>::kCount; ++i) at[i] = parts[i];
  }
  // Takes the other line, so much later, where that is less.
  void improve(const Line& other, Word later) {
    for (uint32_t i = 0; i < Vector<Word>::kCount; ++i) {
      const V sum = other.parts[i] + later;
      parts[i] = sum < parts[i] ? sum : parts[i];
    }
  }
};

template <class Word>
void climb(const SweepRows& rows, Word* lines) {
  const uint32_t words = (rows.nodes + 63) / 64;
  for (uint32_t w = 0; w < words; ++w) {
    // A node may touch higher ones of the same word: read again after each.
    uint64_t above = ~uint64_t{0};
    while (const uint64_t left = rows.touched[w] & above) {
      const auto bit = static_cast<uint32_t>(__builtin_ctzll(left));
      above = bit == 63 ? 0 : ~uint64_t{0} << (bit + 1);
      const uint32_t node = w * 64 + bit;
      const Line<Word> line = Line<Word>::load(lines + size_t{node} * kLanes);
      for (uint32_t arc = rows.first[node]; arc < rows.first[node + 1]; ++arc) {
        const uint32_t head = rows.arcs[arc].head;
        const uint64_t mask = uint64_t{1} << (head % 64);
        Word* at = lines + size_t{head} * kLanes;
        Line<Word> higher = rows.touched[head / 64] & mask ? Line<Word>::load(at)
                                                           : Line<Word>::filled(far_word<Word>());
        higher.improve(line, step(Word{}, rows.arcs[arc].down));
        higher.store(at);
        rows.touched[head / 64] |= mask;
      }
    }
  }
}

template <class Word>
void descend(const SweepRows& rows, Word* lines) {
  for (uint32_t node = rows.nodes; node-- > 0;) {
    Word* at = lines + size_t{node} * kLanes;
    Line<Word> line = rows.touched[node / 64] >> (node % 64) & 1
                          ? Line<Word>::load(at)
                          : Line<Word>::filled(far_word<Word>());
    for (uint32_t arc = rows.first[node]; arc < rows.first[node + 1]; ++arc) {
      line.improve(Line<Word>::load(lines + size_t{rows.arcs[arc].head} * kLanes),
                   step(Word{}, rows.arcs[arc].up));
    }
    line.store(at);
  }
}

template <class Word>
void both_ways(const SweepRows& rows, Word* lines) {
  climb(rows, lines);
  descend(rows, lines);
}

// The K nearest of each lane: K lines a node, ascending, no facility twice.
template <uint32_t K>
struct Nearest {
  using Words = Vector<uint32_t>;
  using V = Words::Type;
  Line<uint32_t> ranks[K];

  static Nearest load(const uint32_t* from) {
    Nearest nearest;
    for (uint32_t k = 0; k < K; ++k) nearest.ranks[k] = Line<uint32_t>::load(from + k * kLanes);
    return nearest;
  }
  static Nearest none() {
    Nearest nearest;
    for (uint32_t k = 0; k < K; ++k) nearest.ranks[k] = Line<uint32_t>::filled(0x7fffffff);
    return nearest;
  }
  void store(uint32_t* to) const {
    for (uint32_t k = 0; k < K; ++k) ranks[k].store(to + k * kLanes);
  }
  void take(const Line<uint32_t>& other, uint32_t later) {
    for (uint32_t i = 0; i < Words::kCount; ++i) {
      V come = other.parts[i] + later;
      // A facility that is known already improves in its place and moves up.
      for (uint32_t k = 0; k < K; ++k) {
        V& known = ranks[k].parts[i];
        const V same = (V)(((known ^ come) & 0xffff) == 0);
        const V less = come < known ? come : known;
        known = (same & less) | (~same & known);
        come |= same;  // the highest word: goes nowhere
      }
      for (uint32_t k = K - 1; k > 0; --k) order(ranks[k - 1].parts[i], ranks[k].parts[i]);
      for (uint32_t k = 0; k < K; ++k) order(ranks[k].parts[i], come);
    }
  }
  static void order(V& first, V& second) {
    const V less = first < second ? first : second;
    second = first < second ? second : first;
    first = less;
  }
};

template <uint32_t K>
void both_ways_k(const SweepRows& rows, uint32_t* lines) {
  const auto line_of = [&](uint32_t node) { return lines + size_t{node} * K * kLanes; };
  const auto is_touched = [&](uint32_t node) { return rows.touched[node / 64] >> (node % 64) & 1; };
  for (uint32_t node = 0; node < rows.nodes; ++node) {
    if (!is_touched(node)) continue;
    for (uint32_t arc = rows.first[node]; arc < rows.first[node + 1]; ++arc) {
      const uint32_t head = rows.arcs[arc].head;
      Nearest<K> higher = is_touched(head) ? Nearest<K>::load(line_of(head)) : Nearest<K>::none();
      for (uint32_t k = 0; k < K; ++k) {
        higher.take(Line<uint32_t>::load(line_of(node) + k * kLanes),
                    step(uint32_t{}, rows.arcs[arc].down));
      }
      higher.store(line_of(head));
      rows.touched[head / 64] |= uint64_t{1} << (head % 64);
    }
  }
  for (uint32_t node = rows.nodes; node-- > 0;) {
    Nearest<K> nearest = is_touched(node) ? Nearest<K>::load(line_of(node)) : Nearest<K>::none();
    for (uint32_t arc = rows.first[node]; arc < rows.first[node + 1]; ++arc) {
      for (uint32_t k = 0; k < K; ++k) {
        nearest.take(Line<uint32_t>::load(line_of(rows.arcs[arc].head) + k * kLanes),
                     step(uint32_t{}, rows.arcs[arc].up));
      }
    }
    nearest.store(line_of(node));
  }
}

void nearest_k(const SweepRows& rows, uint32_t* lines, uint32_t k) {
  switch (k) {
    case 1:
      return both_ways_k<1>(rows, lines);
    case 2:
      return both_ways_k<2>(rows, lines);
    case 3:
      return both_ways_k<3>(rows, lines);
    case 4:
      return both_ways_k<4>(rows, lines);
    default:
      return both_ways_k<5>(rows, lines);
  }
}

// Doors of one place are added up in 16 bits, as long as all of their residents fit.
void cover(const LaneDoor* doors, size_t count, const uint16_t* lines, const uint16_t* limits,
           uint32_t* sums) {
  using Times = Line<uint16_t>;
  const Times limit = Times::load(limits);
  size_t i = 0;
  while (i < count) {
    const uint32_t place = doors[i].place;
    uint32_t total = 0;
    Times added = Times::filled(0);
    for (; i < count && doors[i].place == place; ++i) {
      const LaneDoor& door = doors[i];
      total += door.residents;
      if (total > 0xffff) break;
      Times line = Times::filled(0x7fff);
      line.improve(Times::load(lines + size_t{door.nodes[0]} * kLanes), door.times[0]);
      line.improve(Times::load(lines + size_t{door.nodes[1]} * kLanes), door.times[1]);
      for (uint32_t p = 0; p < Vector<uint16_t>::kCount; ++p) {
        const auto reached = (Times::V)((line.parts[p] <= limit.parts[p]));
        added.parts[p] += reached & door.residents;
      }
    }
    alignas(64) uint16_t parts[kLanes];
    added.store(parts);
    uint32_t* sum = sums + size_t{place} * kLanes;
    for (uint32_t lane = 0; lane < kLanes; ++lane) sum[lane] += parts[lane];
  }
}

}  // namespace
}  // namespace linli::geo
