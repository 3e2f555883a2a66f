#include "engine/geo/network_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace linli::geo {

static_assert(std::endian::native == std::endian::little);

namespace {

constexpr std::string_view kMagic = "LINLIMAP";
constexpr size_t kAlignment = 64;
constexpr size_t kSections = 10;

struct Section {
  uint64_t offset = 0;
  uint64_t bytes = 0;
};
struct Header {
  std::array<char, 8> magic{};
  uint32_t version = kNetworkVersion;
  uint32_t count = kSections;
  uint64_t size = 0;
  GridHeader grid;
  std::array<Section, kSections> table;
};

size_t aligned(size_t offset) {
  return (offset + kAlignment - 1) / kAlignment * kAlignment;
}

// Calls `visit` with each section of a network, in the order of the file.
template <class Some, class Visit>
void each_section(Some& network, Visit visit) {
  visit(network.nodes);
  visit(network.streets);
  visit(network.bends);
  visit(network.hierarchy_first);
  visit(network.hierarchy_heads);
  visit(network.grid_first);
  visit(network.grid_streets);
  visit(network.doors);
  visit(network.texts);
  visit(network.about);
}

// Rows of a sparse array: `rows` + 1 ascending numbers from 0 to `end`.
bool are_rows(std::span<const uint32_t> first, size_t rows, size_t end) {
  if (first.size() != rows + 1 || first.front() != 0 || first.back() != end) return false;
  bool ascending = true;
  for (size_t i = 0; i < rows; ++i) ascending &= first[i] <= first[i + 1];
  return ascending;
}

// Heads ascend above their node, and all but the parent are the parent's too: then every triangle
// that customising looks for is there.
bool is_hierarchy(std::span<const uint32_t> first, std::span<const Node> heads) {
  const size_t nodes = first.size() - 1;
  for (size_t node = 0; node < nodes; ++node) {
    const auto row = heads.subspan(first[node], first[node + 1] - first[node]);
    if (row.empty()) continue;
    if (row.front() <= node || row.front() >= nodes || row.back() >= nodes) return false;
    const Node parent = row.front();
    uint32_t at = first[parent];
    for (size_t i = 1; i < row.size(); ++i) {
      if (row[i] <= row[i - 1]) return false;
      while (at < first[parent + size_t{1}] && heads[at] < row[i]) ++at;
      if (at == first[parent + size_t{1}] || heads[at] != row[i]) return false;
    }
  }
  return true;
}

bool is_street(const Network& network, const Street& street) {
  const auto [low, high] = std::minmax(street.ends[0], street.ends[1]);
  return high < network.nodes.size() && low < high && street.arc >= network.hierarchy_first[low] &&
         street.arc < network.hierarchy_first[low + size_t{1}] &&
         network.hierarchy_heads[street.arc] == high &&
         uint64_t{street.first_bend} + street.bend_count <= network.bends.size() &&
         static_cast<size_t>(street.kind) < kStreetKindNames.size();
}

bool is_grid(const Network& network) {
  const GridHeader& grid = network.grid;
  const uint64_t cells = uint64_t{grid.columns} * grid.rows;
  const auto streets = static_cast<uint32_t>(network.streets.size());
  return grid.cell_lon > 0 && grid.cell_lat > 0 && cells > 0 && cells < network.grid_first.size() &&
         are_rows(network.grid_first, cells, network.grid_streets.size()) &&
         std::all_of(network.grid_streets.begin(), network.grid_streets.end(),
                     [&](uint32_t street) { return street < streets; });
}

bool is_sound(const Network& network) {
  const size_t nodes = network.nodes.size();
  if (network.texts.empty() || network.texts.back() != '\0' || nodes >= kNoNode) return false;
  if (!are_rows(network.hierarchy_first, nodes, network.hierarchy_heads.size())) return false;
  if (!is_hierarchy(network.hierarchy_first, network.hierarchy_heads) || !is_grid(network))
    return false;
  for (const Street& street : network.streets) {
    if (!is_street(network, street)) return false;
  }
  for (const Door& door : network.doors) {
    if (door.anchor.street != kNoStreet && door.anchor.street >= network.streets.size())
      return false;
    if (door.address >= network.texts.size()) return false;
  }
  return true;
}

struct Mapping {
  void* data = nullptr;
  size_t size = 0;
  Mapping() = default;
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    if (data != nullptr) munmap(data, size);
  }
};

}  // namespace

Done write_network(const Network& network, const std::string& path) {
  Header header;
  std::copy(kMagic.begin(), kMagic.end(), header.magic.begin());
  header.grid = network.grid;
  size_t offset = aligned(sizeof(Header));
  size_t next = 0;
  each_section(network, [&](const auto& section) {
    const size_t bytes = section.size() * sizeof(section[0]);
    header.table[next++] = {offset, bytes};
    offset = aligned(offset + bytes);
  });
  header.size = offset;
  const std::string partial = path + ".partial";
  {
    std::ofstream out(partial, std::ios::binary);
    out.write(reinterpret_cast<const char*>(&header), sizeof header);
    next = 0;
    each_section(network, [&](const auto& section) {
      out.seekp(static_cast<std::streamoff>(header.table[next].offset));
      out.write(reinterpret_cast<const char*>(section.data()),
                static_cast<std::streamsize>(header.table[next++].bytes));
    });
    out.close();
    if (!out) return refuse(ErrorKind::conflict, "network.unwritable", partial);
  }
  std::error_code error;
  std::filesystem::resize_file(partial, header.size, error);
  if (!error) std::filesystem::rename(partial, path, error);
  if (error) return refuse(ErrorKind::conflict, "network.unwritable", path);
  return {};
}

Result<Network> NetworkFile::read(std::string_view bytes) {
  const auto broken = [](std::string detail) {
    return refuse(ErrorKind::invalid, "network.broken", std::move(detail));
  };
  Header header;
  if (bytes.size() < sizeof header) return broken("too short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::string_view(header.magic.data(), header.magic.size()) != kMagic)
    return broken("no network file");
  if (header.version != kNetworkVersion)
    return refuse(ErrorKind::conflict, "network.other_version", std::to_string(header.version));
  if (header.count != kSections || header.size != bytes.size()) return broken("cut off");
  Network network;
  network.grid = header.grid;
  size_t next = 0;
  bool inside = true;
  each_section(network, [&]<class View>(View& section) {
    using Item = std::remove_cvref_t<decltype(section[0])>;
    const auto [offset, length] = header.table[next++];
    inside &= offset % kAlignment == 0 && offset <= bytes.size() &&
              length <= bytes.size() - offset && length % sizeof(Item) == 0;
    if (!inside) return;
    section = View(reinterpret_cast<const Item*>(bytes.data() + offset), length / sizeof(Item));
  });
  if (!inside) return broken("a section lies outside");
  if (!is_sound(network)) return broken("a number points outside");
  return network;
}

Result<NetworkFile> NetworkFile::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return refuse(ErrorKind::not_found, "network.missing", path);
  struct stat status {};
  const bool known = fstat(file, &status) == 0 && status.st_size > 0;
  auto mapping = std::make_shared<Mapping>();
  if (known) {
    mapping->size = static_cast<size_t>(status.st_size);
    void* data = mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (data != MAP_FAILED) mapping->data = data;  // NOLINT: the system's own constant
  }
  close(file);
  if (mapping->data == nullptr) return refuse(ErrorKind::invalid, "network.broken", path);
  NetworkFile opened;
  opened.network_ = TRY(read({static_cast<const char*>(mapping->data), mapping->size}));
  opened.memory_ = std::move(mapping);
  return opened;
}

}  // namespace linli::geo
