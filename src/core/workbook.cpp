#include "core/workbook.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>
#include <new>

#include <zip.h>

#include "core/time.h"
#include "core/xml.h"

namespace linli::workbook {

namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompoundFile = "\xD0\xCF\x11\xE0";  // .xls, or an encrypted .xlsx
constexpr zip_uint64_t kMostUnpacked = 256U << 20;
constexpr size_t kMostColumns = 1000;

tl::unexpected<Refusal> broken(std::string why) {
  return refuse(ErrorKind::invalid, "workbook.invalid", std::move(why));
}

// The parts of a workbook, unpacked on demand within one bound for all of them.
class Package {
 public:
  static Result<Package> open(std::string_view file) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    if (source == nullptr) throw std::bad_alloc();
    zip_t* archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    zip_error_fini(&error);
    if (archive == nullptr) {
      zip_source_free(source);
      return broken("no workbook");
    }
    return Package(archive);
  }

  // Nothing when there is no such part.
  Result<std::string> part(const std::string& name) {
    const std::unique_ptr<zip_file_t, decltype(&zip_fclose)> in(
        zip_fopen(archive_.get(), name.c_str(), 0), &zip_fclose);
    std::string text;
    if (!in) return text;
    std::array<char, 64 * 1024> chunk;
    while (true) {
      const zip_int64_t got = zip_fread(in.get(), chunk.data(), chunk.size());
      if (got < 0) return broken(name + " cannot be unpacked");
      if (got == 0) return text;
      unpacked_ += static_cast<zip_uint64_t>(got);
      if (unpacked_ > kMostUnpacked) return broken("larger than 256 MiB when unpacked");
      text.append(chunk.data(), static_cast<size_t>(got));
    }
  }

 private:
  explicit Package(zip_t* archive) : archive_(archive, &zip_discard) {}

  std::unique_ptr<zip_t, decltype(&zip_discard)> archive_;
  zip_uint64_t unpacked_ = 0;
};

// Where the first sheet is, and from which day its dates are counted.
struct Book {
  std::string sheet = "xl/worksheets/sheet1.xml";
  bool from_1904 = false;
};

Result<Book> book_of(Package& package) {
  const std::string text = TRY(package.part("xl/workbook.xml"));
  if (text.empty()) return broken("no workbook");
  const xml::Element root = TRY(xml::parse(text));
  Book book;
  std::string wanted;
  for (const xml::Element& child : root.children) {
    if (child.name == "workbookPr") {
      const std::string_view from = child.attribute("date1904");
      book.from_1904 = from == "1" || from == "true";
    }
    if (child.name == "sheets" && !child.children.empty()) {
      wanted = child.children.front().attribute("id");
    }
  }
  const std::string links = TRY(package.part("xl/_rels/workbook.xml.rels"));
  if (links.empty()) return book;
  const xml::Element relations = TRY(xml::parse(links));
  for (const xml::Element& link : relations.children) {
    if (link.attribute("Id") != wanted) continue;
    const std::string_view target = link.attribute("Target");
    book.sheet =
        target.starts_with('/') ? std::string(target.substr(1)) : "xl/" + std::string(target);
  }
  return book;
}

// A run's text or a whole string's: everything inside <t>, but for phonetic hints.
std::string text_of(const xml::Element& item) {
  std::string text = item.name == "t" ? item.text : "";
  for (const xml::Element& child : item.children) {
    if (child.name != "rPh") text += text_of(child);
  }
  return text;
}

Result<std::vector<std::string>> strings_of(Package& package) {
  std::vector<std::string> strings;
  const std::string text = TRY(package.part("xl/sharedStrings.xml"));
  if (text.empty()) return strings;
  TRY(xml::each(text, "si", [&](const xml::Element& item) {
    strings.push_back(text_of(item));
    return true;
  }));
  return strings;
}

// What a number format shows (ECMA-376 part 1, 18.8.30): days, the time of day, or neither.
enum class Shows { number, date, instant };

Shows shows(int64_t format, std::string_view code) {
  constexpr int64_t kFirstCustom = 164;
  if (format < kFirstCustom) {
    const bool dates = (format >= 14 && format <= 17) || (format >= 27 && format <= 31) ||
                       (format >= 50 && format <= 58);
    return dates ? Shows::date : format == 22 ? Shows::instant : Shows::number;
  }
  bool days = false;
  bool hours = false;
  bool quoted = false;
  for (size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '"') quoted = !quoted;
    if (code[i] == '[') i = std::min(code.find(']', i), code.size() - 1);
    if (code[i] == '\\') {
      ++i;
      continue;
    }
    if (quoted) continue;
    days = days || code[i] == 'y' || code[i] == 'd';
    hours = hours || code[i] == 'h';
  }
  return !days ? Shows::number : hours ? Shows::instant : Shows::date;
}

int64_t integer(std::string_view text, int64_t otherwise) {
  int64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// What each style of a cell shows.
Result<std::vector<Shows>> styles_of(Package& package) {
  std::vector<Shows> styles;
  const std::string text = TRY(package.part("xl/styles.xml"));
  if (text.empty()) return styles;
  const xml::Element root = TRY(xml::parse(text));
  std::vector<std::pair<int64_t, std::string>> codes;
  for (const xml::Element& group : root.children) {
    if (group.name == "numFmts") {
      for (const xml::Element& format : group.children) {
        codes.emplace_back(integer(format.attribute("numFmtId"), 0),
                           format.attribute("formatCode"));
      }
    }
    if (group.name != "cellXfs") continue;
    for (const xml::Element& style : group.children) {
      const int64_t format = integer(style.attribute("numFmtId"), 0);
      const auto code = std::find_if(codes.begin(), codes.end(),
                                     [&](const auto& known) { return known.first == format; });
      styles.push_back(shows(format, code == codes.end() ? std::string_view() : code->second));
    }
  }
  return styles;
}

// Days since 1899-12-30 (or 1904-01-01), the time of day as their fraction.
std::string date_text(double serial, bool from_1904, bool with_time) {
  const auto minutes = static_cast<int64_t>(std::llround(serial * 24 * 60));
  const time::Date date = time::add_days(from_1904 ? 19040101 : 18991230, minutes / (24 * 60));
  std::string text = time::format_date(date);
  if (!with_time) return text;
  const int64_t of_day = minutes % (24 * 60);
  const auto two = [](int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return text + " " + two(of_day / 60) + ":" + two(of_day % 60);
}

// As a person writes it: 13800000000, not 1.38E+10; the digits that the machine added are left out.
std::string number_text(double value) {
  constexpr double kExact = 1e15;
  std::array<char, 64> text;
  const auto end =
      std::abs(value) < kExact && value == std::trunc(value)
          ? std::to_chars(text.data(), text.data() + text.size(), static_cast<int64_t>(value))
          : std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general,
                          15);
  return {text.data(), end.ptr};
}

// The column of a reference, A1 being 0; none: `next`.
size_t column_of(std::string_view reference, size_t next) {
  size_t column = 0;
  for (const char c : reference) {
    if (c < 'A' || c > 'Z' || column > kMostColumns) break;
    column = column * 26 + static_cast<size_t>(c - 'A') + 1;
  }
  return column == 0 ? next : column - 1;
}

struct Cells {
  Book book;
  std::vector<std::string> strings;
  std::vector<Shows> styles;

  std::string text(const xml::Element& cell) const {
    const std::string_view type = cell.attribute("t");
    if (type == "inlineStr") return text_of(cell);
    const auto found = std::find_if(cell.children.begin(), cell.children.end(),
                                    [](const xml::Element& child) { return child.name == "v"; });
    if (found == cell.children.end()) return {};
    const std::string& raw = found->text;
    if (type == "s") {
      const auto at = static_cast<size_t>(integer(raw, -1));
      return at < strings.size() ? strings[at] : std::string();
    }
    if (type == "b") return raw == "1" ? "true" : "false";
    if (!type.empty() && type != "n") return raw;
    double value = 0;
    const auto read = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (read.ec != std::errc() || !std::isfinite(value)) return raw;
    const auto style = static_cast<size_t>(integer(cell.attribute("s"), 0));
    const Shows shown = style < styles.size() ? styles[style] : Shows::number;
    constexpr double kLastDay = 2958465;  // 9999-12-31
    if (shown == Shows::number || value < 1 || value > kLastDay) return number_text(value);
    return date_text(value, book.from_1904, shown == Shows::instant);
  }
};

Done read_parts(std::string_view file,
                const std::function<bool(int64_t line, const csv::Row& fields)>& row) {
  Package package = TRY(Package::open(file));
  Cells cells;
  cells.book = TRY(book_of(package));
  cells.strings = TRY(strings_of(package));
  cells.styles = TRY(styles_of(package));
  const std::string sheet = TRY(package.part(cells.book.sheet));
  if (sheet.empty()) return broken("no sheet");
  int64_t line = 0;
  bool wide = false;
  TRY(xml::each(sheet, "row", [&](const xml::Element& found) {
    line = integer(found.attribute("r"), line + 1);
    csv::Row fields;
    for (const xml::Element& cell : found.children) {
      const size_t column = column_of(cell.attribute("r"), fields.size());
      wide = wide || column >= kMostColumns;
      if (wide) return false;
      if (fields.size() <= column) fields.resize(column + 1);
      fields[column] = cells.text(cell);
    }
    const bool blank = std::all_of(fields.begin(), fields.end(),
                                   [](const std::string& field) { return field.empty(); });
    return blank || row(line, fields);
  }));
  if (wide) return broken("more than 1000 columns");
  return {};
}

}  // namespace

bool is_workbook(std::string_view head) {
  return head.starts_with(kZip) || head.starts_with(kCompoundFile);
}

Done read(std::string_view file,
          const std::function<bool(int64_t line, const csv::Row& fields)>& row) {
  if (file.starts_with(kCompoundFile)) return refuse(ErrorKind::invalid, "workbook.old");
  Done done = read_parts(file, row);
  if (!done && done.error().code == "xml.invalid") return broken(done.error().detail);
  return done;
}

}  // namespace linli::workbook
