// The inner loops of the sweep, compiled once for each instruction set and chosen at run time.
//
// Included by translation units with different instruction sets: nothing here or in
// sweep_kernel.h may bring inline functions of the standard library along.
#pragma once

#include <cstddef>
#include <cstdint>

namespace linli::geo {

inline constexpr uint32_t kLanes = 32;
inline constexpr uint32_t kMostNearest = 5;

// An upward arc; times are LaneTime, 0x7fff: not that way.
struct SweepArc {
  uint32_t head;
  uint16_t up;
  uint16_t down;
};

// A door: the ends of the street it lies on with the times to them, and how many live there.
struct LaneDoor {
  uint32_t nodes[2];
  uint16_t times[2];
  uint32_t place;
  uint16_t residents;
};

struct SweepRows {
  const uint32_t* first;
  const SweepArc* arcs;
  uint32_t nodes;
  uint64_t* touched;  // one bit a node: its line holds a time already
};

// Lines are kLanes words, aligned to 64 bytes. `limits` and `sums` are lines too.
struct LaneKernel {
  const char* name;
  void (*times)(const SweepRows& rows, uint16_t* lines);
  void (*nearest)(const SweepRows& rows, uint32_t* lines);
  void (*nearest_k)(const SweepRows& rows, uint32_t* lines, uint32_t k);  // k lines a node
  // Adds a door's residents to its place's sums in every lane whose time is within the limit (at
  // most 0x7ffe). Fast where doors of one place follow each other.
  void (*cover)(const LaneDoor* doors, size_t count, const uint16_t* lines, const uint16_t* limits,
                uint32_t* sums);
};

extern const LaneKernel kKernelBaseline;
#if defined(__x86_64__)
extern const LaneKernel kKernelAvx2;
extern const LaneKernel kKernelAvx512;
#endif

const LaneKernel& best_kernel();
// All that this machine can run, the baseline first.
size_t kernels(const LaneKernel** out, size_t room);

}  // namespace linli::geo
