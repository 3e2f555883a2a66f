#include "core/text.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <stdexcept>
#include <unordered_map>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "core/pinyin_overrides.h"

namespace linli::text {

namespace {

constexpr char32_t kReplacement = 0xfffd;

// Drops one code point from the front; a bad byte comes out as kReplacement and false.
bool take(std::string_view& text, char32_t& point) {
  const auto lead = static_cast<unsigned char>(text.front());
  const size_t size = lead < 0x80 ? 1 : lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  bool good = size != 0 && lead < 0xf5 && text.size() >= size;
  point = size <= 1 ? lead : lead & (0x7fU >> size);
  for (size_t i = 1; good && i < size; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    good = (next & 0xc0) == 0x80;
    point = point << 6 | (next & 0x3fU);
  }
  const bool shortest = size < 3 || point >= (size == 3 ? 0x800U : 0x10000U);
  good = good && shortest && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  if (!good) point = kReplacement;
  text.remove_prefix(good ? size : 1);
  return good;
}

char32_t take_code_point(std::string_view& text) {
  char32_t point = 0;
  take(text, point);
  return point;
}

void append_code_point(std::string& out, char32_t point) {
  const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool is_word_sign(char32_t point) {
  const auto sign = static_cast<UChar32>(point);
  return u_isalnum(sign) || (U_GET_GC_MASK(sign) & (U_GC_MN_MASK | U_GC_MC_MASK)) != 0;
}

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

Pinyin spell(std::string_view folded) {
  static Readings readings;
  Pinyin out;
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

// Only common Han characters, digits and small Latin letters: most names, and nothing to fold.
bool is_folded(std::string_view text) {
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    const bool small = point < 0x80 && (std::islower(static_cast<int>(point)) != 0 ||
                                        std::isdigit(static_cast<int>(point)) != 0);
    if (!small && (point < 0x4e00 || point > 0x9fff)) return false;
  }
  return true;
}

char lower_ascii(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

}  // namespace

bool is_utf8(std::string_view text) {
  char32_t point = 0;
  while (!text.empty()) {
    if (!take(text, point)) return false;
  }
  return true;
}

size_t count_code_points(std::string_view utf8) {
  return static_cast<size_t>(std::count_if(utf8.begin(), utf8.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  }));
}

std::string trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n\f\v";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(kBlank) - first + 1));
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (size_t end = text.find(separator); end != std::string_view::npos;
       end = text.find(separator)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.emplace_back(text);
  return parts;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::equal(prefix.begin(), prefix.end(), text.begin(),
                    [](char a, char b) { return lower_ascii(a) == lower_ascii(b); });
}

std::string fold(std::string_view text) {
  if (is_folded(text)) return std::string(text);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  nfkc->normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<int32_t>(text.size())), sink,
                      nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error("ICU cannot fold text");
  std::string out;
  for (std::string_view rest = folded; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    if (is_word_sign(point)) append_code_point(out, point);
  }
  return out;
}

Pinyin pinyin(std::string_view text) {
  return spell(fold(text));
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
    const Pinyin spoken = spell(folded);
    append(folded);
    if (spoken.full == folded) continue;
    append(spoken.full);
    append(spoken.initials);
  }
  return key;
}

std::string escape_like(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

namespace {
constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t i = 0; i < bytes.size(); i += 3) {
    const size_t count = std::min<size_t>(3, bytes.size() - i);
    uint32_t group = 0;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (size_t k = 0; k < 4; ++k) out += k <= count ? kBase64[group >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

std::string from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return {};
  std::string out;
  for (size_t i = 0; i < text.size(); i += 4) {
    const std::string_view group = text.substr(i, 4);
    const bool last = i + 4 == text.size();
    const size_t padding = !last ? 0 : group.ends_with("==") ? 2 : group.ends_with("=") ? 1 : 0;
    uint32_t bits = 0;
    for (size_t k = 0; k < 4; ++k) {
      const size_t digit = k < 4 - padding ? kBase64.find(group[k]) : 0;
      if (digit == std::string_view::npos) return {};
      bits = bits << 6 | static_cast<uint32_t>(digit);
    }
    for (size_t k = 0; k < 3 - padding; ++k) out += static_cast<char>(bits >> (16 - 8 * k));
  }
  return out;
}

std::string hex(std::string_view bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char byte : bytes) {
    out += kDigits[static_cast<unsigned char>(byte) >> 4];
    out += kDigits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

}  // namespace linli::text
