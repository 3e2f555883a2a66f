#include <filesystem>

#include "app/commands/commands.h"
#include "engine/pack/examples.h"
#include "engine/pack/load.h"

namespace linli::app {

namespace {

// Each mistake as a line that an editor can jump to; the exit code 1.
int tell(Terminal& terminal, const std::string& folder, std::string_view summary,
         const std::vector<pack::Mistake>& mistakes) {
  for (const pack::Mistake& mistake : mistakes) {
    terminal.print(folder + "/" + mistake.at.file + ":" + std::to_string(mistake.at.line) + ": " +
                   mistake.what +
                   (mistake.expected.empty() ? "" : "; expected " + mistake.expected));
  }
  terminal.say(summary, {{"count", std::to_string(mistakes.size())}});
  return 1;
}

}  // namespace

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
