// Mistakes in packs, said in Chinese. The engines and the expression language say what is wrong in
// English; a catalogue of their sentences says the same in Chinese.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace linli::pack {

// A sentence in both languages. Holes: {} stands for words that are kept as they are, {t} for words
// that are in the catalogue themselves; between backquotes they hold none. In the Chinese {1} {2} …
// are the holes in their order.
struct Sentence {
  std::string_view en;
  std::string_view zh;
};
// In the order in which they are tried: of YAML and expressions, then of packs.
std::span<const Sentence> sentences_of_languages();
std::span<const Sentence> sentences_of_packs();

// What the sentence says in Chinese; unchanged when the catalogue does not have it.
std::string in_chinese(std::string_view sentence);
// The same of lines as to_text() of a mistake makes them: "file:line: what; expected …".
std::string mistakes_in_chinese(std::string_view lines);

}  // namespace linli::pack
