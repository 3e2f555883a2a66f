#include <algorithm>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/pinyin_overrides.h"
#include "core/text.h"
#include "core/utf8.h"

namespace linli::text {

namespace {

bool is_han(char32_t point) {
  return u_hasBinaryProperty(static_cast<UChar32>(point), UCHAR_IDEOGRAPHIC);
}

// A reading without tone marks: "lǜ" becomes "lv".
std::string plain_syllable(const icu::UnicodeString& syllable) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  const icu::UnicodeString parts = decompose->normalize(syllable, status);
  std::string out;
  for (int32_t i = 0; i < parts.length(); ++i) {
    const char16_t unit = parts[i];
    if (unit == u'\u0308' && !out.empty()) out.back() = 'v';
    if (unit >= u'a' && unit <= u'z') out += static_cast<char>(unit);
  }
  return out;
}

// Syllables by character, asked from ICU once each for the whole process.
class Readings {
 public:
  Readings() {
    UErrorCode status = U_ZERO_ERROR;
    han_latin_.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) throw std::runtime_error("ICU has no Han-Latin transliterator");
  }

  // Valid for ever: entries of the map do not move and are not removed.
  const std::string& of(char32_t han) {
    {
      const std::shared_lock lock(mutex_);
      const auto known = syllables_.find(han);
      if (known != syllables_.end()) return known->second;
    }
    const std::unique_lock lock(mutex_);
    const auto [entry, is_new] = syllables_.try_emplace(han);
    if (is_new) {
      icu::UnicodeString text(static_cast<UChar32>(han));
      han_latin_->transliterate(text);
      entry->second = plain_syllable(text);
    }
    return entry->second;
  }

 private:
  std::shared_mutex mutex_;
  std::unique_ptr<icu::Transliterator> han_latin_;
  std::unordered_map<char32_t, std::string> syllables_;
};

// The overrides by their first character, the longest first.
const std::unordered_map<char32_t, std::vector<PinyinOverride>>& overrides() {
  static const auto table = [] {
    std::unordered_map<char32_t, std::vector<PinyinOverride>> by_first;
    for (const PinyinOverride& entry : kPinyinOverrides) {
      std::string_view rest = entry.characters;
      by_first[take_code_point(rest)].push_back(entry);
    }
    for (auto& [first, entries] : by_first) {
      std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
        return a.characters.size() > b.characters.size();
      });
    }
    return by_first;
  }();
  return table;
}

const PinyinOverride* override_at(std::string_view text, char32_t first) {
  const auto entries = overrides().find(first);
  if (entries == overrides().end()) return nullptr;
  for (const PinyinOverride& entry : entries->second) {
    if (text.starts_with(entry.characters)) return &entry;
  }
  return nullptr;
}

void append_syllable(Pinyin& out, std::string_view syllable) {
  if (syllable.empty()) return;
  out.full += syllable;
  out.initials += syllable.front();
}

}  // namespace

Pinyin pinyin(std::string_view text) {
  static Readings readings;
  Pinyin out;
  const std::string folded = fold(text);
  for (std::string_view rest = folded; !rest.empty();) {
    const std::string_view here = rest;
    const char32_t point = take_code_point(rest);
    if (const PinyinOverride* entry = override_at(here, point)) {
      for (const std::string& syllable : split(entry->syllables, ' ')) {
        append_syllable(out, syllable);
      }
      rest = here.substr(entry->characters.size());
    } else if (is_han(point)) {
      append_syllable(out, readings.of(point));
    } else {
      append_code_point(out.full, point);
      append_code_point(out.initials, point);
    }
  }
  return out;
}

std::string search_key(const std::vector<std::string>& words) {
  std::string key;
  const auto append = [&](const std::string& part) {
    if (part.empty()) return;
    if (!key.empty()) key += ' ';
    key += part;
  };
  for (const std::string& word : words) {
    const std::string folded = fold(word);
    const Pinyin spoken = pinyin(folded);
    append(folded);
    if (spoken.full == folded) continue;
    append(spoken.full);
    append(spoken.initials);
  }
  return key;
}

}  // namespace linli::text
