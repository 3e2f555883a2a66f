// Values as people write them in spreadsheets.
#include <algorithm>
#include <array>
#include <charconv>

#include "core/datum.h"
#include "core/region.h"
#include "core/text.h"
#include "domain/registers/values.h"

namespace linli::registers {

namespace {

using pack::FieldType;

constexpr std::array<std::string_view, 6> kYes = {"是", "有", "true", "yes", "y", "1"};
constexpr std::array<std::string_view, 6> kNo = {"否", "无", "false", "no", "n", "0"};

std::string key_of_choice(const pack::ChoiceList& list, const std::string& word) {
  for (const pack::Choice& choice : list.choices) {
    if (choice.key == word || choice.name.zh == word || choice.name.en == word) return choice.key;
  }
  return word;
}

const std::string& in_language(const pack::Text& text, std::string_view language) {
  return language == "en" && !text.en.empty() ? text.en : text.zh;
}

// 2025-1-31, 2025/1/31, 2025.1.31, 20250131 and 2025年1月31日 as 2025-01-31; else as it was.
std::string usual_date(const std::string& cell) {
  std::vector<int> numbers;
  bool in_number = false;
  for (const char c : cell) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !in_number) numbers.push_back(0);
    if (digit) numbers.back() = std::min(numbers.back() * 10 + (c - '0'), 100'000'000);
    in_number = digit;
  }
  time::CivilDate date;
  if (numbers.size() == 1 && numbers[0] > 10'000'000) {
    date = {numbers[0] / 10000, numbers[0] / 100 % 100, numbers[0] % 100};
  } else if (numbers.size() == 3) {
    date = {numbers[0], numbers[1], numbers[2]};
  } else {
    return cell;
  }
  if (date.year < 1000 || date.year > 9999 || !time::is_real(date)) return cell;
  return time::format_date(time::from_civil(date));
}

json::Value usual_number(const std::string& cell, bool whole) {
  std::string bare;
  for (const char c : cell) {
    if (c != ',' && c != ' ') bare += c;
  }
  const char* end = bare.data() + bare.size();
  if (whole) {
    int64_t number = 0;
    const auto read = std::from_chars(bare.data(), end, number);
    if (read.ec == std::errc() && read.ptr == end) return number;
    return cell;
  }
  double number = 0;
  const auto read = std::from_chars(bare.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) return number;
  return cell;
}

std::vector<std::string> listed_words(std::string_view cell) {
  std::string even(cell);
  for (const std::string_view separator : {"、", "；", "，", ";", ","}) {
    for (size_t at = even.find(separator); at != std::string::npos; at = even.find(separator, at)) {
      even.replace(at, separator.size(), "|");
    }
  }
  std::vector<std::string> words;
  for (const std::string& word : text::split(even, '|')) {
    std::string trimmed = text::trim(word);
    if (!trimmed.empty()) words.push_back(std::move(trimmed));
  }
  return words;
}

// "106.66,35.54", or with the datum in front: "GCJ-02 106.66,35.54".
json::Value usual_point(const std::string& cell) {
  const size_t space = cell.find(' ');
  const std::string datum = cell.substr(0, space);
  if (space != std::string::npos && datum::named(datum)) {
    json::Value point = usual_point(text::trim(cell.substr(space)));
    if (point.is_object()) point.set("datum", datum);
    return point;
  }
  const size_t comma = cell.find(',');
  if (comma == std::string::npos) return cell;
  const json::Value lon = usual_number(text::trim(cell.substr(0, comma)), false);
  const json::Value lat = usual_number(text::trim(cell.substr(comma + 1)), false);
  return json::Object{{"lon", lon}, {"lat", lat}};
}

}  // namespace

json::Value wire_of_cell(const pack::Field& field, const pack::Content& content,
                         std::string_view cell) {
  const std::string word = text::trim(cell);
  if (word.empty()) return nullptr;
  switch (field.type) {
    case FieldType::boolean:
      if (std::find(kYes.begin(), kYes.end(), text::fold(word)) != kYes.end() || word == "√") {
        return true;
      }
      if (std::find(kNo.begin(), kNo.end(), text::fold(word)) != kNo.end() || word == "×") {
        return false;
      }
      return word;
    case FieldType::integer:
      return usual_number(word, true);
    case FieldType::decimal:
      return usual_number(word, false);
    case FieldType::date:
      return usual_date(word);
    case FieldType::choice:
      return key_of_choice(*content.list(field.list), word);
    case FieldType::choices: {
      json::Array words;
      for (const std::string& item : listed_words(word)) {
        words.emplace_back(key_of_choice(*content.list(field.list), item));
      }
      return words;
    }
    case FieldType::images: {
      json::Array words;
      for (std::string& item : listed_words(word)) words.emplace_back(std::move(item));
      return words;
    }
    case FieldType::point:
      return usual_point(word);
    default:
      return word;
  }
}

std::string to_cell(const pack::Field& field, const pack::Content& content, const Value& value,
                    std::string_view language) {
  if (is_null(value)) return {};
  const auto choice_name = [&](const std::string& key) {
    const pack::Choice* choice = content.list(field.list)->find(key);
    return choice == nullptr ? key : in_language(choice->name, language);
  };
  switch (field.type) {
    case FieldType::boolean: {
      const bool flag = std::get<int64_t>(value) != 0;
      return language == "en" ? (flag ? "yes" : "no") : (flag ? "是" : "否");
    }
    case FieldType::choice:
      return choice_name(std::get<std::string>(value));
    case FieldType::choices: {
      std::string cell;
      for (const std::string& key : split_words(std::get<std::string>(value))) {
        if (!cell.empty()) cell += language == "en" ? "; " : "、";
        cell += choice_name(key);
      }
      return cell;
    }
    case FieldType::images: {
      std::string cell;
      for (const std::string& image : split_words(std::get<std::string>(value))) {
        cell += (cell.empty() ? "" : ";") + image;
      }
      return cell;
    }
    case FieldType::point:
      return std::get<std::string>(value);
    default: {
      const json::Value wire = to_wire(field, value);
      return wire.is_string() ? wire.as_string() : json::write(wire);
    }
  }
}

}  // namespace linli::registers
