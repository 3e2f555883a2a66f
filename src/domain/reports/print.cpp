// Pages to print with Pango and Cairo; fonts are embedded as subsets. Nothing in the file depends
// on when or where it was made but the installed fonts.
#include <algorithm>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "domain/reports/document.h"

namespace linli::reports {
namespace {

// Points; GB/T 9704-2012 in millimetres.
constexpr double kMillimetre = 72 / 25.4;
constexpr double kWidth = 210 * kMillimetre;
constexpr double kHeight = 297 * kMillimetre;
constexpr double kTop = 37 * kMillimetre;
constexpr double kBottom = 35 * kMillimetre;
constexpr double kLeft = 28 * kMillimetre;
constexpr double kRight = 26 * kMillimetre;
constexpr double kText = kWidth - kLeft - kRight;
constexpr double kTitleSize = 22;
constexpr double kTextSize = 16;
constexpr double kTableSize = 10.5;
constexpr double kNumberSize = 14;
constexpr double kPadding = 3;
constexpr const char* kSerif = "Noto Serif CJK SC";
constexpr const char* kSans = "Noto Sans CJK SC";

struct Release {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Layout = std::unique_ptr<PangoLayout, Release>;

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

class Printer {
 public:
  Printer(const Document& document, std::string& bytes) : document_(document) {
    surface_.reset(cairo_pdf_surface_create_for_stream(append, &bytes, kWidth, kHeight));
    const std::string made = time::format_date(document.date) + "T00:00:00+08:00";
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                   document.title.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_CREATE_DATE, made.c_str());
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_MOD_DATE, made.c_str());
    cairo_.reset(cairo_create(surface_.get()));
  }

  void print() {
    line(document_.title, kSerif, kTitleSize, true, PANGO_ALIGN_CENTER);
    line(document_.subtitle, kSerif, kTextSize, false, PANGO_ALIGN_CENTER);
    y_ += kTextSize;
    for (const Block& block : document_.blocks) {
      switch (block.kind) {
        case Block::Kind::heading:
          line(block.text, kSans, kTextSize, false, PANGO_ALIGN_LEFT, true);
          break;
        case Block::Kind::paragraph:
          line(block.text, kSerif, kTextSize, false, PANGO_ALIGN_LEFT, true);
          break;
        case Block::Kind::table:
          table(block);
          break;
        case Block::Kind::bars:
          bars(block);
          break;
      }
    }
    y_ += kTextSize;
    line(document_.issuer, kSerif, kTextSize, false, PANGO_ALIGN_RIGHT);
    line(date_text(document_), kSerif, kTextSize, false, PANGO_ALIGN_RIGHT);
    finish_page();
    cairo_surface_finish(surface_.get());
    if (cairo_surface_status(surface_.get()) != CAIRO_STATUS_SUCCESS) {
      throw std::runtime_error("cannot print a report");
    }
  }

 private:
  Layout layout(const std::string& text, const char* face, double size, bool bold, double width,
                PangoAlignment align) {
    Layout made(pango_cairo_create_layout(cairo_.get()));
    const std::unique_ptr<PangoFontDescription, Release> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), face);
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    if (bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(made.get(), font.get());
    pango_layout_set_width(made.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(made.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(made.get(), align);
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
  }

  static double height_of(const Layout& layout) {
    int width = 0;
    int height = 0;
    pango_layout_get_size(layout.get(), &width, &height);
    return static_cast<double>(height) / PANGO_SCALE;
  }

  void draw(const Layout& layout, double x, double y) {
    cairo_move_to(cairo_.get(), x, y);
    pango_cairo_show_layout(cairo_.get(), layout.get());
  }

  void finish_page() {
    ++page_;
    const bool odd = page_ % 2 == 1;
    const Layout number = layout("— " + std::to_string(page_) + " —", kSerif, kNumberSize, false,
                                 kText, odd ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
    draw(number, kLeft, kHeight - kBottom + 7 * kMillimetre);
    cairo_show_page(cairo_.get());
    y_ = kTop;
  }

  void room_for(double height) {
    if (y_ + height > kHeight - kBottom && y_ > kTop) finish_page();
  }

  // Text that may run over pages line by line.
  void line(const std::string& text, const char* face, double size, bool bold, PangoAlignment align,
            bool indented = false) {
    if (text.empty()) return;
    const Layout made = layout(text, face, size, bold, kText, align);
    // Two characters in, 28 points of line as of 16 points of text.
    if (indented) pango_layout_set_indent(made.get(), static_cast<int>(2 * size * PANGO_SCALE));
    pango_layout_set_line_spacing(made.get(), 1.2F);
    PangoLayoutIter* lines = pango_layout_get_iter(made.get());
    do {
      PangoRectangle box;
      pango_layout_iter_get_line_extents(lines, nullptr, &box);
      const double height = static_cast<double>(box.height) / PANGO_SCALE;
      room_for(height);
      const double baseline =
          static_cast<double>(pango_layout_iter_get_baseline(lines) - box.y) / PANGO_SCALE;
      cairo_move_to(cairo_.get(), kLeft + static_cast<double>(box.x) / PANGO_SCALE, y_ + baseline);
      pango_cairo_show_layout_line(cairo_.get(), pango_layout_iter_get_line_readonly(lines));
      y_ += height;
    } while (pango_layout_iter_next_line(lines) != 0);
    pango_layout_iter_free(lines);
  }

  void table(const Block& block) {
    line(block.text, kSans, kTableSize + 1.5, false, PANGO_ALIGN_CENTER);
    double whole = 0;
    for (const Column& column : block.columns) whole += column.width;
    std::vector<double> widths;
    std::vector<std::string> names;
    for (const Column& column : block.columns) {
      widths.push_back(column.width / whole * kText);
      names.push_back(column.name);
    }
    row(block, widths, names, true);
    for (const auto& cells : block.rows) row(block, widths, cells, false);
    y_ += kTableSize;
  }

  void row(const Block& block, const std::vector<double>& widths,
           const std::vector<std::string>& cells, bool head) {
    std::vector<Layout> made;
    double height = 0;
    for (size_t i = 0; i < cells.size(); ++i) {
      const bool right = !head && block.columns[i].number;
      made.push_back(layout(cells[i], head ? kSans : kSerif, kTableSize, false,
                            widths[i] - 2 * kPadding,
                            head    ? PANGO_ALIGN_CENTER
                            : right ? PANGO_ALIGN_RIGHT
                                    : PANGO_ALIGN_LEFT));
      height = std::max(height, height_of(made.back()) + 2 * kPadding);
    }
    const int page = page_;
    room_for(height);
    if (page != page_ && !head) {  // the head again on the new page
      std::vector<std::string> names;
      for (const Column& column : block.columns) names.push_back(column.name);
      row(block, widths, names, true);
    }
    double x = kLeft;
    cairo_set_line_width(cairo_.get(), 0.5);
    for (size_t i = 0; i < made.size(); ++i) {
      cairo_rectangle(cairo_.get(), x, y_, widths[i], height);
      cairo_stroke(cairo_.get());
      draw(made[i], x + kPadding, y_ + kPadding);
      x += widths[i];
    }
    y_ += height;
  }

  // Each with its name before it and its number behind.
  void bars(const Block& block) {
    constexpr double kName = 0.4 * kText;
    constexpr double kNumber = 0.12 * kText;
    constexpr double kWay = kText - kName - kNumber;
    line(block.text, kSans, kTableSize + 1.5, false, PANGO_ALIGN_CENTER);
    cairo_set_line_width(cairo_.get(), 0.5);
    for (const Bar& bar : block.bars) {
      const Layout name =
          layout(bar.name, kSerif, kTableSize, false, kName - 2 * kPadding, PANGO_ALIGN_LEFT);
      const Layout number =
          layout(bar.says, kSerif, kTableSize, false, kNumber - kPadding, PANGO_ALIGN_RIGHT);
      const double height = height_of(name) + 2 * kPadding;
      room_for(height);
      draw(name, kLeft, y_ + kPadding);
      draw(number, kLeft + kText - kNumber + kPadding, y_ + kPadding);
      const double top = y_ + (height - kTableSize) / 2;
      cairo_rectangle(cairo_.get(), kLeft + kName, top, kWay, kTableSize);
      cairo_stroke(cairo_.get());
      cairo_rectangle(cairo_.get(), kLeft + kName, top, kWay * bar.share, kTableSize);
      cairo_fill(cairo_.get());
      y_ += height;
    }
    y_ += kTableSize;
  }

  const Document& document_;
  std::unique_ptr<cairo_surface_t, Release> surface_;
  std::unique_ptr<cairo_t, Release> cairo_;
  double y_ = kTop;
  int page_ = 0;
};

}  // namespace

std::string to_pdf(const Document& document) {
  // Fontconfig's and Pango's caches are shared by all threads.
  static std::mutex mutex;
  const std::lock_guard lock(mutex);
  std::string bytes;
  Printer(document, bytes).print();
  return bytes;
}

}  // namespace linli::reports
