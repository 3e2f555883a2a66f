// Reads packs: all of them or none, every mistake at once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/pack/types.h"

namespace linli::pack {

// What is wrong where, and what would be right.
struct Mistake {
  Position at;
  std::string what;
  std::string expected;
};

// "base/roles.yaml:12: what; expected …"
std::string to_text(const Mistake& mistake);

// The texts of packs by their path: base/registers/person.yaml. Files under tests/ are examples,
// not content, and stay out.
using Files = std::map<std::string, std::string>;
Files read_files(const std::string& folder);

// Loads the named packs and those they need (one folder a pack). With any mistake nothing is
// loaded: null, and `mistakes` says all that was found.
std::shared_ptr<const Content> load(const Files& files, const std::vector<std::string>& packs,
                                    std::vector<Mistake>& mistakes);
std::shared_ptr<const Content> load(const std::string& folder,
                                    const std::vector<std::string>& packs,
                                    std::vector<Mistake>& mistakes);

// The folders in `folder` that hold a pack.yaml, sorted.
std::vector<std::string> packs_in(const std::string& folder);

}  // namespace linli::pack
