#include "engine/pack/load.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include "engine/pack/documents.h"
#include "engine/pack/link.h"
#include "engine/pack/read.h"
#include "engine/pack/scopes.h"

namespace linli::pack {

namespace fs = std::filesystem;

std::string to_text(const Mistake& mistake) {
  std::string text = mistake.at.file + ":" + std::to_string(mistake.at.line) + ": " + mistake.what;
  if (!mistake.expected.empty()) text += "; expected " + mistake.expected;
  return text;
}

Files read_files(const std::string& folder) {
  Files files;
  for (const std::string& pack : packs_in(folder)) {
    auto at = fs::recursive_directory_iterator(fs::path(folder) / pack);
    for (; at != fs::recursive_directory_iterator(); ++at) {
      if (at->is_directory() && at->path().filename() == "tests") at.disable_recursion_pending();
      if (!at->is_regular_file() || at->path().extension() != ".yaml") continue;
      std::ifstream in(at->path(), std::ios::binary);
      std::stringstream text;
      text << in.rdbuf();
      files[fs::relative(at->path(), folder).generic_string()] = text.str();
    }
  }
  return files;
}

std::shared_ptr<const Content> load(const std::string& folder,
                                    const std::vector<std::string>& packs,
                                    std::vector<Mistake>& mistakes) {
  return load(read_files(folder), packs, mistakes);
}

std::shared_ptr<const Content> load(const Files& files, const std::vector<std::string>& packs,
                                    std::vector<Mistake>& mistakes) {
  Report report(mistakes);
  const std::vector<Document> documents = read_documents(files, packs, report);
  auto content = std::make_shared<Content>();
  if (report.empty()) {
    for (const Document& document : documents) read_definition(document, *content, report);
  }
  // Names are looked up only when all that could be named is known.
  if (report.empty()) {
    add_circle_lists(*content);
    fill_scopes(*content);
    link(documents, *content, report);
  }
  if (report.empty()) return content;
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.at.file, a.at.line) < std::tie(b.at.file, b.at.line);
  });
  return nullptr;
}

std::vector<std::string> packs_in(const std::string& folder) {
  std::vector<std::string> packs;
  if (!fs::is_directory(folder)) return packs;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "pack.yaml")) packs.push_back(entry.path().filename().string());
  }
  std::sort(packs.begin(), packs.end());
  return packs;
}

}  // namespace linli::pack
