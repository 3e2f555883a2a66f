// What commands say to a person: one catalogue in Chinese and English (words.cpp), progress on
// long work, one clear sentence for each refusal.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"

namespace linli::app {

using Arguments = std::initializer_list<std::pair<std::string_view, std::string>>;

enum class Language { zh, en };

// The text of a key with its {names} filled in; the key itself when the catalogue has none.
std::string words(Language language, std::string_view key, Arguments arguments = {});

class Terminal {
 public:
  // The language of LINLI_LANGUAGE, else of LC_ALL or LANG: Chinese for zh…, else English.
  Terminal();
  explicit Terminal(Language language) : language_(language) {}

  Language language() const { return language_; }
  void say(std::string_view key, Arguments arguments = {}) const;  // standard output
  void print(std::string_view line) const;                         // data, as it is
  // Redraws one line on a terminal; elsewhere a line at each full tenth. total 0: not known.
  void progress(std::string_view key, int64_t done, int64_t total);
  // Says what was refused and what to do; the exit code 1.
  int fail(const Refusal& refusal) const;

 private:
  Language language_ = Language::en;
  int64_t shown_ = -1;
};

}  // namespace linli::app
