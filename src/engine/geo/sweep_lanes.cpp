#include "engine/geo/sweep_lanes.h"

namespace linli::geo {

size_t kernels(const LaneKernel** out, size_t room) {
  size_t count = 0;
  const auto add = [&](const LaneKernel& kernel) {
    if (count < room) out[count++] = &kernel;
  };
  add(kKernelBaseline);
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2")) add(kKernelAvx2);
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) add(kKernelAvx512);
#endif
  return count;
}

const LaneKernel& best_kernel() {
  const LaneKernel* all[3] = {};
  return *all[kernels(all, 3) - 1];
}

}  // namespace linli::geo
