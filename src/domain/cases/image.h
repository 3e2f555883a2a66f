// Pictures as they may be kept: measured before they are decoded, turned upright, drawn anew (so
// that nothing but pixels survives), and with a small copy for lists.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "domain/places/types.h"

namespace linli::cases::image {

inline constexpr size_t kMostBytes = 12 * 1024 * 1024;
inline constexpr int64_t kMostPixels = 40'000'000;
inline constexpr int kLongestSide = 2560;  // of what is kept
inline constexpr int kThumbSide = 320;

struct Picture {
  std::string kind;  // image/jpeg; image/png of a PNG
  int width = 0;
  int height = 0;
  std::string bytes;
  std::string thumb;                   // JPEG
  std::optional<places::Point> point;  // where the camera says it was taken
};

struct Size {
  std::string kind;
  int64_t width = 0;
  int64_t height = 0;
};
// From the header alone. Refuses `attachment.not_an_image`.
Result<Size> measure(std::string_view bytes);

// Refuses `attachment.not_an_image`, `attachment.too_large` (bytes) and
// `attachment.too_many_pixels`.
Result<Picture> redraw(std::string_view bytes);

}  // namespace linli::cases::image
