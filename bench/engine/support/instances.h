// Readers of public instances of location problems; each gives the question and the known value.
// The files are not part of the repository: their folder is an argument of the benchmarks.
#pragma once

#include <string>
#include <vector>

#include "engine/siting/types.h"

namespace linli::bench {

struct Instance {
  std::string name;
  siting::Question question;
  double known = 0;  // the optimum or the best known value
};

// Lines of a comma-separated file without quotes; the first line names the fields.
std::vector<std::vector<std::string>> read_table(const std::string& file);
std::string read_text(const std::string& file);

std::vector<Instance> orlib(const std::string& folder);   // p-median on graphs (Beasley)
std::vector<Instance> tsplib(const std::string& folder);  // p-median on points (Reinelt)
std::vector<Instance> mclp(const std::string& folder);    // maximal coverage
std::vector<Instance> cpmp(const std::string& folder);    // capacitated p-median
std::vector<Instance> cflp(const std::string& folder);    // capacitated, divided demand
std::vector<Instance> sscflp(const std::string& folder);  // capacitated, single source (Holmberg)

}  // namespace linli::bench
