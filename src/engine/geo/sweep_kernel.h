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
