// What every definition of a pack has.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace linli::pack {

struct Text {  // one text in each language; zh is always there
  std::string zh;
  std::string en;
};

struct Position {
  std::string file;  // relative to the packs folder
  int line = 0;
};

// What every definition has.
struct Definition {
  std::string key;   // person, pingliang.7
  std::string pack;  // base
  Text name;
  Text description;
  std::vector<std::string> capabilities;                    // REG-03
  std::vector<std::pair<std::string, std::string>> source;  // plan → where: {"pingliang", "T7"}
  Position at;
};

}  // namespace linli::pack
