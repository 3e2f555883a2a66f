#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/commands/commands.h"
#include "engine/pack/chinese.h"
#include "engine/pack/documents.h"
#include "engine/pack/examples.h"
#include "engine/pack/load.h"

namespace linli::app {

namespace {

// Each mistake as a line that an editor can jump to; the exit code 1.
int tell(Terminal& terminal, const std::string& folder, std::string_view summary,
         const std::vector<pack::Mistake>& mistakes) {
  for (const pack::Mistake& mistake : mistakes) {
    const std::string line = folder + "/" + pack::to_text(mistake);
    terminal.print(terminal.language() == Language::zh ? pack::mistakes_in_chinese(line) : line);
  }
  terminal.say(summary, {{"count", std::to_string(mistakes.size())}});
  return 1;
}

std::string with(std::string text, const std::vector<std::pair<std::string, std::string>>& words) {
  for (const auto& [name, word] : words) {
    const std::string hole = "@" + name + "@";
    for (size_t at = text.find(hole); at != std::string::npos; at = text.find(hole, at)) {
      text.replace(at, hole.size(), word);
      at += word.size();
    }
  }
  return text;
}

// A village below the territory, for the example: ones where the territory leaves open.
std::string village(const std::string& territory, char last) {
  std::string code = territory;
  while (code.size() < 12) code += code.size() == 11 ? last : (code.size() % 2 == 0 ? '0' : '1');
  return code;
}

Done copy_skeleton(const std::string& packs_folder, const NewPack& wanted) {
  namespace fs = std::filesystem;
  if (!pack::is_plain_name(wanted.name)) {
    return refuse(ErrorKind::invalid, "pack.bad_name", wanted.name);
  }
  const region::Code territory = TRY(region::Code::parse(wanted.territory));
  const fs::path target = fs::path(packs_folder) / wanted.name;
  const fs::path skeleton = fs::path(packs_folder) / "skeleton";
  if (fs::exists(target)) return refuse(ErrorKind::conflict, "pack.exists", target.string());
  if (!fs::exists(skeleton)) {
    return refuse(ErrorKind::not_found, "file.missing", skeleton.string());
  }
  const std::vector<std::pair<std::string, std::string>> words = {
      {"name", wanted.name},
      {"territory", territory.text()},
      {"first", std::to_string(wanted.first_year)},
      {"last", std::to_string(wanted.last_year)},
      {"village1", village(territory.text(), '1')},
      {"village2", village(territory.text(), '2')}};
  for (const auto& entry : fs::recursive_directory_iterator(skeleton)) {
    if (entry.path().extension() != ".in") continue;
    std::ifstream in(entry.path());
    std::stringstream text;
    text << in.rdbuf();
    const fs::path file = target / fs::relative(entry.path(), skeleton).replace_extension();
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    std::ofstream out(file);
    out << with(text.str(), words);
    out.flush();
    if (!out) return refuse(ErrorKind::invalid, "installation.unwritable", file.string());
  }
  return {};
}

}  // namespace

int pack_new(Terminal& terminal, const std::string& folder, const NewPack& wanted) {
  const Done done = copy_skeleton(folder, wanted);
  if (!done) return terminal.fail(done.error());
  const std::string made = (std::filesystem::path(folder) / wanted.name).string();
  terminal.say("pack.made", {{"folder", made}, {"packs", folder}});
  return 0;
}

int pack_check(Terminal& terminal, const std::string& folder, std::vector<std::string> packs) {
  if (!std::filesystem::is_directory(folder)) {
    return terminal.fail({ErrorKind::not_found, "file.missing", folder, {}});
  }
  if (packs.empty()) packs = pack::packs_in(folder);
  std::vector<pack::Mistake> mistakes;
  const auto content = pack::load(folder, packs, mistakes);
  if (!content) return tell(terminal, folder, "pack.wrong", mistakes);
  const pack::Verdict verdict = pack::check_examples(*content, pack::read_examples(folder, packs));
  if (!verdict.mistakes.empty()) {
    return tell(terminal, folder, "pack.examples_wrong", verdict.mistakes);
  }
  std::string names;
  for (const std::string& name : packs) names += (names.empty() ? "" : ", ") + name;
  terminal.say("pack.right", {{"packs", names},
                              {"registers", std::to_string(content->registers.size())},
                              {"indicators", std::to_string(content->indicators.size())},
                              {"roles", std::to_string(content->roles.size())},
                              {"examples", std::to_string(verdict.examples)}});
  return 0;
}

}  // namespace linli::app
