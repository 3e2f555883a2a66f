// One sentence of the command line's catalogue.
#pragma once

#include <span>
#include <string_view>

namespace linli::app {

struct Entry {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};

// What `--help` says and how wrong words are answered; the rest is in words.cpp. A command's key is
// help.COMMAND, an option's help.COMMAND.OPTION, or help.OPTION where it means the same everywhere.
std::span<const Entry> help_entries();

}  // namespace linli::app
