#include "app/terminal.h"

#include <cstdlib>
#include <iostream>

#include <unistd.h>

#include "core/text.h"
#include "engine/pack/chinese.h"

namespace linli::app {

namespace {

Language chosen() {
  for (const char* name : {"LINLI_LANGUAGE", "LC_ALL", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): before any thread
    if (value != nullptr && *value != '\0') {
      return std::string_view(value).starts_with("zh") ? Language::zh : Language::en;
    }
  }
  return Language::en;
}

}  // namespace

Terminal::Terminal() : language_(chosen()) {}

void Terminal::say(std::string_view key, Arguments arguments) const {
  std::cout << words(language_, key, arguments) << std::endl;
}

void Terminal::print(std::string_view line) const {
  std::cout << line << "\n";
}

void Terminal::progress(std::string_view key, int64_t done, int64_t total) {
  const std::string text = words(language_, key);
  const int64_t percent = total > 0 ? done * 100 / total : 0;
  if (isatty(STDOUT_FILENO) != 0) {
    std::cout << "\r\033[K" << text << " " << done;
    if (total > 0) std::cout << " / " << total << " (" << percent << " %)";
    if (total > 0 && done >= total) std::cout << "\n";
    std::cout.flush();
    return;
  }
  const int64_t step = total > 0 ? percent / 10 : done / 100'000;
  if (step == shown_) return;
  shown_ = step;
  std::cout << text << " " << done;
  if (total > 0) std::cout << " / " << total;
  std::cout << std::endl;
}

int Terminal::fail(const Refusal& refusal) const {
  const bool of_packs = refusal.code == "pack.invalid" && language_ == Language::zh;
  const std::string detail = of_packs ? pack::mistakes_in_chinese(refusal.detail) : refusal.detail;
  const std::string said =
      text::trim(words(language_, "error." + refusal.code, {{"detail", detail}}));
  std::cerr << said << " [" << refusal.code << "]\n";
  for (const FieldError& field : refusal.fields) {
    std::cerr << "  " << field.pointer << ": " << field.code
              << (field.expected.empty() ? "" : " (" + field.expected + ")") << "\n";
  }
  return 1;
}

}  // namespace linli::app
