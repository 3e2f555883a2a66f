#include "engine/indicator/evidence.h"

#include <fstream>
#include <sstream>

#include "app/commands/commands.h"

namespace linli::app {

int verify(Terminal& terminal, const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return terminal.fail({ErrorKind::not_found, "file.missing", file, {}});
  std::stringstream text;
  text << in.rdbuf();
  const indicator::Verdict verdict = indicator::verify_evidence(text.str());
  for (const std::string& mistake : verdict.mistakes) terminal.print(mistake);
  terminal.say(verdict.mistakes.empty() ? "evidence.holds" : "evidence.wrong",
               {{"indicators", std::to_string(verdict.indicators)},
                {"counters", std::to_string(verdict.counters)},
                {"records", std::to_string(verdict.records)},
                {"count", std::to_string(verdict.mistakes.size())}});
  return verdict.mistakes.empty() ? 0 : 1;
}

}  // namespace linli::app
