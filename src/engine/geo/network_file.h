// The file of a network: written once, mapped into memory, open at once.
//
//   file     = header table sections
//   header   = "LINLIMAP" version:u32 count:u32 size:u64 grid:GridHeader
//   table    = count × (offset:u64 bytes:u64), in the order of Network's members
//   sections = arrays as they lie in memory, little-endian, each at a multiple of 64 bytes
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "engine/geo/network.h"

namespace linli::geo {

inline constexpr uint32_t kNetworkVersion = 1;
// Its name in the data folder of an installation.
inline constexpr const char* kNetworkFile = "network.map";

// Writes beside the file and renames: a reader sees the old or the new one. Refuses
// `network.unwritable`.
Done write_network(const Network& network, const std::string& path);

// A mapped network. Its spans live as long as this.
class NetworkFile {
 public:
  // Refuses `network.missing`, `network.other_version` and `network.broken`; what is opened has
  // no number that points outside of it.
  static Result<NetworkFile> open(const std::string& path);
  // The same over bytes in memory, which must be aligned to 64 bytes and outlive the network.
  static Result<Network> read(std::string_view bytes);

  const Network& network() const { return network_; }

 private:
  std::shared_ptr<const void> memory_;
  Network network_;
};

}  // namespace linli::geo
