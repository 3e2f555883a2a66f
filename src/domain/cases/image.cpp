#include "domain/cases/image.h"

#include <algorithm>
#include <cstdarg>
#include <memory>

#include <gd.h>
#include <libexif/exif-data.h>

namespace linli::cases::image {
namespace {

constexpr int kQuality = 82;
constexpr int kThumbQuality = 75;

using Canvas = std::unique_ptr<gdImage, void (*)(gdImagePtr)>;
using Exif = std::unique_ptr<ExifData, void (*)(ExifData*)>;

Canvas own(gdImagePtr image) {
  return {image, gdImageDestroy};
}
void quiet(int /*priority*/, const char* /*format*/, va_list /*arguments*/) {}

Canvas decode(std::string_view bytes, const std::string& kind) {
  gdSetErrorMethod(quiet);
  void* data = const_cast<char*>(bytes.data());  // libgd only reads it
  const int size = static_cast<int>(bytes.size());
  if (kind == "image/jpeg") return own(gdImageCreateFromJpegPtrEx(size, data, 0));
  if (kind == "image/png") return own(gdImageCreateFromPngPtr(size, data));
  return own(gdImageCreateFromWebpPtr(size, data));
}

Exif read_exif(std::string_view bytes) {
  return {exif_data_new_from_data(reinterpret_cast<const unsigned char*>(bytes.data()),
                                  static_cast<unsigned int>(bytes.size())),
          exif_data_unref};
}

int orientation(ExifData* exif) {
  ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  if (!entry || entry->format != EXIF_FORMAT_SHORT || entry->size < 2) return 1;
  return exif_get_short(entry->data, exif_data_get_byte_order(exif));
}

// Degrees, minutes and seconds as three rationals.
std::optional<double> degrees(ExifData* exif, int tag) {
  ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_GPS], static_cast<ExifTag>(tag));
  if (!entry || entry->format != EXIF_FORMAT_RATIONAL || entry->components != 3 || entry->size < 24)
    return std::nullopt;
  double sum = 0;
  double unit = 1;
  for (int i = 0; i < 3; ++i, unit *= 60) {
    const ExifRational part =
        exif_get_rational(entry->data + 8 * i, exif_data_get_byte_order(exif));
    if (part.denominator == 0) return std::nullopt;
    sum += static_cast<double>(part.numerator) / part.denominator / unit;
  }
  return sum;
}

bool references(ExifData* exif, int tag, char letter) {
  ExifEntry* entry = exif_content_get_entry(exif->ifd[EXIF_IFD_GPS], static_cast<ExifTag>(tag));
  return entry && entry->format == EXIF_FORMAT_ASCII && entry->size > 0 &&
         entry->data[0] == static_cast<unsigned char>(letter);
}

std::optional<places::Point> location(ExifData* exif) {
  const auto lat = degrees(exif, EXIF_TAG_GPS_LATITUDE);
  const auto lon = degrees(exif, EXIF_TAG_GPS_LONGITUDE);
  if (!lat || !lon || *lat > 90 || *lon > 180) return std::nullopt;
  return places::Point{references(exif, EXIF_TAG_GPS_LONGITUDE_REF, 'W') ? -*lon : *lon,
                       references(exif, EXIF_TAG_GPS_LATITUDE_REF, 'S') ? -*lat : *lat};
}

// EXIF's eight ways to hold a camera.
Canvas upright(Canvas image, int orientation) {
  if (orientation == 2 || orientation == 5 || orientation == 7) gdImageFlipHorizontal(image.get());
  if (orientation == 4) gdImageFlipVertical(image.get());
  const int quarters = orientation == 3                       ? 2
                       : orientation == 5 || orientation == 8 ? 1
                       : orientation == 6 || orientation == 7 ? 3
                                                              : 0;
  if (quarters == 0) return image;
  return own(gdImageRotateInterpolated(image.get(), static_cast<float>(90 * quarters), 0));
}

Canvas scaled(const gdImage& image, int longest) {
  const int side = std::max(gdImageSX(&image), gdImageSY(&image));
  const double ratio = std::min(1.0, static_cast<double>(longest) / side);
  const int width = std::max(1, static_cast<int>(gdImageSX(&image) * ratio));
  const int height = std::max(1, static_cast<int>(gdImageSY(&image) * ratio));
  Canvas small = own(gdImageCreateTrueColor(width, height));
  if (!small) return small;
  gdImageFilledRectangle(small.get(), 0, 0, width, height, gdTrueColor(255, 255, 255));
  gdImageCopyResampled(small.get(), const_cast<gdImage*>(&image), 0, 0, 0, 0, width, height,
                       gdImageSX(&image), gdImageSY(&image));
  return small;
}

std::string encoded(void* data, int size) {
  std::string bytes;
  if (data) bytes.assign(static_cast<const char*>(data), static_cast<size_t>(size));
  gdFree(data);
  return bytes;
}

std::string jpeg(gdImage& image, int quality) {
  int size = 0;
  void* data = gdImageJpegPtr(&image, &size, quality);
  return encoded(data, size);
}

std::string png(gdImage& image) {
  int size = 0;
  void* data = gdImagePngPtr(&image, &size);
  return encoded(data, size);
}

}  // namespace

Result<Picture> redraw(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return refuse(ErrorKind::too_large, "attachment.too_large");
  const Size size = TRY(measure(bytes));
  if (size.width * size.height > kMostPixels)
    return refuse(ErrorKind::too_large, "attachment.too_many_pixels");
  Canvas image = decode(bytes, size.kind);
  if (!image) return refuse(ErrorKind::invalid, "attachment.not_an_image");
  Picture picture;
  if (size.kind == "image/jpeg") {
    if (const Exif exif = read_exif(bytes)) {
      picture.point = location(exif.get());
      image = upright(std::move(image), orientation(exif.get()));
    }
  }
  const Canvas kept = image ? scaled(*image, kLongestSide) : own(nullptr);
  const Canvas thumb = kept ? scaled(*kept, kThumbSide) : own(nullptr);
  if (!thumb) return refuse(ErrorKind::invalid, "attachment.not_an_image");
  picture.kind = size.kind == "image/png" ? "image/png" : "image/jpeg";
  picture.width = gdImageSX(kept);
  picture.height = gdImageSY(kept);
  picture.bytes = picture.kind == "image/png" ? png(*kept) : jpeg(*kept, kQuality);
  picture.thumb = jpeg(*thumb, kThumbQuality);
  if (picture.bytes.empty() || picture.thumb.empty())
    return refuse(ErrorKind::invalid, "attachment.not_an_image");
  return picture;
}

}  // namespace linli::cases::image
