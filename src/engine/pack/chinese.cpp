#include "engine/pack/chinese.h"

#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "core/text.h"

namespace linli::pack {
namespace {

// The words of one hole, and whether they are in the catalogue themselves.
struct Hole {
  std::string_view words;
  bool translated = false;
};

// Where the next hole of a pattern begins, and where the text behind it does.
std::pair<size_t, size_t> next_hole(std::string_view pattern) {
  const size_t plain = pattern.find("{}");
  const size_t translated = pattern.find("{t}");
  if (plain == std::string_view::npos && translated == plain) return {plain, plain};
  return plain < translated ? std::pair(plain, plain + 2) : std::pair(translated, translated + 3);
}

// What stands in the pattern's holes; none when the sentence is another. A hole ends where the text
// behind it occurs first, the last one where the sentence does.
std::optional<std::vector<Hole>> holes_of(std::string_view pattern, std::string_view sentence) {
  std::vector<Hole> holes;
  auto [hole, behind] = next_hole(pattern);
  if (hole == std::string_view::npos) {
    if (pattern == sentence) return holes;
    return std::nullopt;
  }
  if (!sentence.starts_with(pattern.substr(0, hole))) return std::nullopt;
  sentence.remove_prefix(hole);
  for (;;) {
    const bool translated = behind - hole == 3;
    const bool quoted = hole > 0 && pattern[hole - 1] == '`';
    const auto fits = [&](std::string_view words) {
      return !quoted || words.find('`') == std::string_view::npos;
    };
    pattern.remove_prefix(behind);
    std::tie(hole, behind) = next_hole(pattern);
    const std::string_view text = pattern.substr(0, hole);
    if (hole == std::string_view::npos) {
      if (sentence.size() <= text.size() || !sentence.ends_with(text)) return std::nullopt;
      sentence.remove_suffix(text.size());
      if (!fits(sentence)) return std::nullopt;
      holes.push_back({sentence, translated});
      return holes;
    }
    const size_t end = sentence.find(text, 1);
    if (end == std::string_view::npos || !fits(sentence.substr(0, end))) return std::nullopt;
    holes.push_back({sentence.substr(0, end), translated});
    sentence.remove_prefix(end + text.size());
  }
}

std::string filled(std::string_view zh, const std::vector<Hole>& holes) {
  std::vector<std::pair<std::string, std::string>> values;
  for (size_t i = 0; i < holes.size(); ++i) {
    const Hole& hole = holes[i];
    values.emplace_back(std::to_string(i + 1),
                        hole.translated ? in_chinese(hole.words) : std::string(hole.words));
  }
  return text::fill(zh, values);
}

// "file:line: what; expected …"
std::string line_in_chinese(std::string_view line) {
  const size_t place = line.find(": ");
  if (place == std::string_view::npos) return std::string(line);
  const std::string_view said = line.substr(place + 2);
  constexpr std::string_view kExpected = "; expected ";
  const size_t expected = said.find(kExpected);
  std::string out(line.substr(0, place + 2));
  out += in_chinese(said.substr(0, expected));
  if (expected == std::string_view::npos) return out;
  const std::string_view wanted = said.substr(expected + kExpected.size());
  const bool suggested = wanted.starts_with("perhaps ") || wanted.starts_with("one of: ");
  return out + (suggested ? "；" : "；应为：") + in_chinese(wanted);
}

}  // namespace

std::string in_chinese(std::string_view sentence) {
  for (const std::span<const Sentence> catalogue :
       {sentences_of_languages(), sentences_of_packs()}) {
    for (const Sentence& known : catalogue) {
      if (const auto holes = holes_of(known.en, sentence)) return filled(known.zh, *holes);
    }
  }
  return std::string(sentence);
}

std::string mistakes_in_chinese(std::string_view lines) {
  std::string out;
  for (const std::string& line : text::split(lines, '\n')) {
    if (!out.empty()) out += '\n';
    out += line_in_chinese(line);
  }
  return out;
}

}  // namespace linli::pack
