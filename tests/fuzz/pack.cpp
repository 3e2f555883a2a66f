// Any text as a pack: it is loaded whole, or every mistake has a place and nothing is loaded.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/pack/facts.h"
#include "engine/pack/load.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string header =
      "pack: p\nversion: \"1\"\nlanguages: [zh]\nneeds: []\nname: {zh: p, en: p}\n";
  const linli::pack::Files files = {
      {"p/pack.yaml", header},
      {"p/text.yaml", std::string(reinterpret_cast<const char*>(data), size)}};
  std::vector<linli::pack::Mistake> mistakes;
  const auto content = linli::pack::load(files, {"p"}, mistakes);
  if ((content == nullptr) == mistakes.empty()) std::abort();
  for (const auto& mistake : mistakes) {
    if (mistake.at.file.empty() || mistake.at.line < 1 || mistake.what.empty()) std::abort();
  }
  if (content) linli::json::write(linli::pack::content_facts(*content));
  return 0;
}
