// The lane kernel in registers of 64 bytes; its compiler flags stand in CMakeLists.txt.
#if defined(__x86_64__)
#define LINLI_VECTOR_BYTES 64

#include "engine/geo/sweep_lanes.h"
// Needs what stands above.
#include "engine/geo/sweep_kernel.h"

namespace linli::geo {

const LaneKernel kKernelAvx512 = {"AVX-512", both_ways<uint16_t>, both_ways<uint32_t>, nearest_k,
                                  cover};

}  // namespace linli::geo
#endif
