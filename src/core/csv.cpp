#include "core/csv.h"

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

#include <unicode/ucnv.h>

#include "core/text.h"

namespace linli::csv {

namespace {

constexpr size_t kMaxRecord = size_t{1} << 20;
constexpr size_t kChunk = 16 * 1024;
constexpr std::string_view kUtf8Bom = "\xEF\xBB\xBF";

tl::unexpected<Refusal> invalid(int64_t line, const std::string& what) {
  return refuse(ErrorKind::invalid, "csv.invalid", "line " + std::to_string(line) + ": " + what);
}

using Converter = std::unique_ptr<UConverter, decltype(&ucnv_close)>;

Converter open_converter(const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(encoding.c_str(), &status), &ucnv_close);
  if (U_FAILURE(status)) return {nullptr, &ucnv_close};
  ucnv_setToUCallBack(converter.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  return converter;
}

// Turns bytes of any encoding into UTF-8, piece by piece.
class Decoder {
 public:
  explicit Decoder(const std::string& encoding)
      : from_(open_converter(encoding)), to_(open_converter("UTF-8")) {}

  bool is_ready() const { return from_ != nullptr; }

  // Appends the text of the bytes to `out`; false when they are not of the encoding. What comes
  // before the bad byte is appended too.
  bool decode(std::string_view bytes, bool last, std::string& out) {
    const char* source = bytes.data();
    const char* const source_end = source + bytes.size();
    UErrorCode status = U_BUFFER_OVERFLOW_ERROR;
    while (status == U_BUFFER_OVERFLOW_ERROR) {
      std::array<char, kChunk> buffer;  // NOLINT(*-member-init): written next
      char* target = buffer.data();
      status = U_ZERO_ERROR;
      ucnv_convertEx(to_.get(), from_.get(), &target, buffer.data() + buffer.size(), &source,
                     source_end, pivot_.data(), &pivot_source_, &pivot_target_,
                     pivot_.data() + pivot_.size(), 0, last ? 1 : 0, &status);
      out.append(buffer.data(), static_cast<size_t>(target - buffer.data()));
    }
    return U_SUCCESS(status);
  }

 private:
  Converter from_;
  Converter to_;
  std::array<UChar, kChunk> pivot_{};
  UChar* pivot_source_ = pivot_.data();
  UChar* pivot_target_ = pivot_.data();
};

// RFC 4180 as a machine that takes one character of UTF-8 at a time; also takes lone LF and CR.
class Machine {
 public:
  using Visit = std::function<bool(int64_t line, const Row& fields)>;
  Machine(char delimiter, const Visit& visit) : delimiter_(delimiter), visit_(visit) {}

  bool stopped() const { return stopped_; }

  Done take(std::string_view text) {
    for (const char c : text) {
      TRY(step(c));
      if (stopped_) break;
    }
    return {};
  }

  Done finish() {
    if (state_ == State::quoted) return invalid(record_line_, "a quote is not closed");
    if (state_ != State::field_start || !row_.empty()) end_record();
    return {};
  }

  int64_t line() const { return line_; }

 private:
  enum class State { field_start, bare, quoted, quote_in_quoted };

  Done step(char c) {
    if (c == '\n' && after_cr_) {
      after_cr_ = false;
      return {};
    }
    after_cr_ = c == '\r' && state_ != State::quoted;
    if (++record_bytes_ > kMaxRecord) return invalid(record_line_, "the record is too long");
    if (state_ == State::quoted) {
      take_quoted(c);
    } else if (c == delimiter_) {
      end_field();
    } else if (c == '\n' || c == '\r') {
      end_line();
    } else if (c == '"') {
      return take_quote();
    } else if (state_ == State::quote_in_quoted) {
      return invalid(line_, "text after a closing quote");
    } else {
      field_ += c;
      state_ = State::bare;
    }
    return {};
  }

  void take_quoted(char c) {
    if (c == '"') {
      state_ = State::quote_in_quoted;
    } else {
      if (c == '\n') ++line_;
      field_ += c;
    }
  }

  Done take_quote() {
    if (state_ == State::bare) return invalid(line_, "a quote inside an unquoted field");
    if (state_ == State::quote_in_quoted) field_ += '"';
    state_ = State::quoted;
    return {};
  }

  void end_field() {
    row_.push_back(std::move(field_));
    field_.clear();
    state_ = State::field_start;
  }

  void end_line() {
    if (state_ != State::field_start || !row_.empty()) end_record();  // blank lines do not count
    ++line_;
    record_line_ = line_;
    record_bytes_ = 0;
  }

  void end_record() {
    end_field();
    stopped_ = !visit_(record_line_, row_);
    row_.clear();
  }

  char delimiter_;
  const Visit& visit_;
  State state_ = State::field_start;
  bool after_cr_ = false;
  bool stopped_ = false;
  Row row_;
  std::string field_;
  size_t record_bytes_ = 0;
  int64_t line_ = 1;
  int64_t record_line_ = 1;
};

// A head may end within a character: up to three bytes at its end do not count.
bool is_utf8_head(std::string_view head) {
  for (size_t cut = 0; cut <= 3 && cut <= head.size(); ++cut) {
    if (text::is_utf8(head.substr(0, head.size() - cut))) return true;
  }
  return false;
}

std::string detect_encoding(std::string_view head) {
  if (head.starts_with("\xFF\xFE")) return "UTF-16LE";
  if (head.starts_with("\xFE\xFF")) return "UTF-16BE";
  // ASCII signs in UTF-16 (delimiters, digits, line ends) have a zero byte before or after them.
  size_t zeros[2] = {0, 0};
  for (size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1 : 0;
  if (zeros[1] > zeros[0]) return "UTF-16LE";
  if (zeros[0] > zeros[1]) return "UTF-16BE";
  return is_utf8_head(head) ? "UTF-8" : "GB18030";
}

// The delimiter that cuts the first lines into the most fields, the same number in each.
char detect_delimiter(std::string_view utf8) {
  char best = ',';
  size_t best_count = 1;
  for (const char candidate : {',', '\t', ';', '|'}) {
    std::vector<size_t> counts;
    const Machine::Visit visit = [&](int64_t, const Row& fields) {
      counts.push_back(fields.size());
      return counts.size() < 10;
    };
    Machine machine(candidate, visit);
    if (!machine.take(utf8)) continue;
    const bool even = !counts.empty() && std::all_of(counts.begin(), counts.end(),
                                                     [&](size_t n) { return n == counts[0]; });
    const size_t count = counts.empty() ? 0 : even ? counts[0] * 2 : counts[0];
    if (count > best_count) {
      best = candidate;
      best_count = count;
    }
  }
  return best;
}

std::string_view without_bom(std::string_view utf8) {
  return utf8.starts_with(kUtf8Bom) ? utf8.substr(kUtf8Bom.size()) : utf8;
}

bool is_number(std::string_view text) {
  text.remove_prefix(text.starts_with('+') || text.starts_with('-') ? 1 : 0);
  const size_t dots = static_cast<size_t>(std::count(text.begin(), text.end(), '.'));
  const bool signs = text.find_first_not_of("0123456789.") == std::string_view::npos;
  return signs && dots <= 1 && text.size() > dots;
}

bool would_run(std::string_view field) {
  static constexpr std::string_view kStarts = "=+-@";
  return !field.empty() && kStarts.find(field.front()) != std::string_view::npos &&
         !is_number(field);
}

void append_field(std::string& out, const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

Format detect(std::string_view head) {
  Format format;
  format.encoding = detect_encoding(head);
  std::string utf8;
  Decoder decoder(format.encoding);
  decoder.decode(head, false, utf8);
  format.delimiter = detect_delimiter(without_bom(utf8));
  return format;
}

Done read(std::istream& in, const Format& format,
          const std::function<bool(int64_t line, const Row& fields)>& row) {
  Decoder decoder(format.encoding);
  if (!decoder.is_ready()) return invalid(1, "unknown encoding " + format.encoding);
  Machine machine(format.delimiter, row);
  bool first = true;
  std::array<char, kChunk> buffer;  // NOLINT(*-member-init): read into
  std::string utf8;
  while (!machine.stopped()) {
    in.read(buffer.data(), buffer.size());
    const auto size = static_cast<size_t>(in.gcount());
    if (in.bad()) throw std::runtime_error("cannot read the CSV stream");
    utf8.clear();
    const bool good = decoder.decode({buffer.data(), size}, in.eof(), utf8);
    TRY(machine.take(first ? without_bom(utf8) : std::string_view(utf8)));
    if (machine.stopped()) return {};
    if (!good) return invalid(machine.line(), "not " + format.encoding);
    first = first && utf8.empty();
    if (in.eof()) return machine.finish();
  }
  return {};
}

std::string write(const Row& fields) {
  // A record of one empty field would be a blank line, which readers skip.
  if (fields.size() == 1 && fields[0].empty()) return "\"\"\r\n";
  std::string out;
  for (size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    append_field(out, would_run(fields[i]) ? '\'' + fields[i] : fields[i]);
  }
  return out + "\r\n";
}

}  // namespace linli::csv
