// The lane kernel in registers of 16 bytes; its compiler flags stand in CMakeLists.txt.

#define LINLI_VECTOR_BYTES 16

#include "engine/geo/sweep_lanes.h"
// Needs what stands above.
#include "engine/geo/sweep_kernel.h"

namespace linli::geo {

const LaneKernel kKernelBaseline = {"baseline", both_ways<uint16_t>, both_ways<uint32_t>, nearest_k,
                                    cover};

}  // namespace linli::geo
