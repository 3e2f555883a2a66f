#include "domain/cases/image.h"

#include <gd.h>
#include <gtest/gtest.h>

namespace linli::cases::image {
namespace {

std::string owned(void* data, int size) {
  std::string bytes(static_cast<const char*>(data), static_cast<size_t>(size));
  gdFree(data);
  return bytes;
}

// Left half red, right half blue.
gdImagePtr two_halves(int width, int height) {
  gdImagePtr image = gdImageCreateTrueColor(width, height);
  gdImageFilledRectangle(image, 0, 0, width / 2 - 1, height, gdTrueColor(255, 0, 0));
  gdImageFilledRectangle(image, width / 2, 0, width, height, gdTrueColor(0, 0, 255));
  return image;
}

std::string jpeg(int width, int height) {
  gdImagePtr image = two_halves(width, height);
  int size = 0;
  void* data = gdImageJpegPtr(image, &size, 90);
  std::string bytes = owned(data, size);
  gdImageDestroy(image);
  return bytes;
}

void put16(std::string& out, int value) {
  out += static_cast<char>(value & 0xFF);
  out += static_cast<char>(value >> 8 & 0xFF);
}
void put32(std::string& out, int value) {
  put16(out, value & 0xFFFF);
  put16(out, value >> 16 & 0xFFFF);
}
void put_entry(std::string& out, int tag, int type, int count, int value) {
  put16(out, tag);
  put16(out, type);
  put32(out, count);
  put32(out, value);
}
void put_degrees(std::string& out, int degrees, int minutes) {
  for (const int part : {degrees, minutes, 0}) {
    put32(out, part);
    put32(out, 1);
  }
}

// The picture as a camera held on its side in Pingliang (35°30'N 106°40'E) would write it.
std::string from_a_camera(const std::string& picture, int orientation) {
  std::string tiff = "II*";
  tiff += '\0';
  put32(tiff, 8);
  put16(tiff, 2);
  put_entry(tiff, 0x0112, 3, 1, orientation);
  put_entry(tiff, 0x8825, 4, 1, 38);
  put32(tiff, 0);
  put16(tiff, 4);
  put_entry(tiff, 1, 2, 2, 'N');
  put_entry(tiff, 2, 5, 3, 92);
  put_entry(tiff, 3, 2, 2, 'E');
  put_entry(tiff, 4, 5, 3, 116);
  put32(tiff, 0);
  put_degrees(tiff, 35, 30);
  put_degrees(tiff, 106, 40);
  std::string segment = "Exif";
  segment += '\0';
  segment += '\0';
  segment += tiff;
  const size_t length = segment.size() + 2;
  std::string out = "\xFF\xD8\xFF\xE1";
  out += static_cast<char>(length >> 8);
  out += static_cast<char>(length & 0xFF);
  return out + segment + picture.substr(2);
}

struct Colour {
  int red = 0;
  int blue = 0;
};
Colour colour_at(const std::string& bytes, int x, int y) {
  gdImagePtr image =
      gdImageCreateFromJpegPtr(static_cast<int>(bytes.size()), const_cast<char*>(bytes.data()));
  const int pixel = gdImageGetTrueColorPixel(image, x, y);
  const Colour colour{gdTrueColorGetRed(pixel), gdTrueColorGetBlue(pixel)};
  gdImageDestroy(image);
  return colour;
}

TEST(Image, IsTurnedUprightAndLosesWhatTheCameraWrote) {
  const auto picture = redraw(from_a_camera(jpeg(80, 40), 6));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->width, 40);
  EXPECT_EQ(picture->height, 80);
  EXPECT_EQ(picture->bytes.find("Exif"), std::string::npos);
  // Turned clockwise, left becomes top.
  EXPECT_GT(colour_at(picture->bytes, 20, 10).red, 200);
  EXPECT_GT(colour_at(picture->bytes, 20, 70).blue, 200);
  ASSERT_TRUE(picture->point);
  EXPECT_NEAR(picture->point->lat, 35.5, 1e-9);
  EXPECT_NEAR(picture->point->lon, 106 + 40 / 60.0, 1e-9);
}

TEST(Image, EveryOrientationEndsWithTheTopUp) {
  // For each way to hold the camera: is the red half left, right, top or bottom afterwards?
  const std::string expected = "?lrrlttbb";
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto picture = redraw(from_a_camera(jpeg(80, 40), orientation));
    ASSERT_TRUE(picture);
    const int width = picture->width;
    const int height = picture->height;
    const bool red_left = colour_at(picture->bytes, 4, height / 2).red > 200;
    const bool red_right = colour_at(picture->bytes, width - 5, height / 2).red > 200;
    const bool red_top = colour_at(picture->bytes, width / 4, 4).red > 200 &&
                         colour_at(picture->bytes, width * 3 / 4, 4).red > 200;
    const char found = width > height ? (red_left    ? 'l'
                                         : red_right ? 'r'
                                                     : '?')
                                      : (red_top ? 't' : 'b');
    EXPECT_EQ(found, expected[static_cast<size_t>(orientation)]) << orientation;
  }
}

TEST(Image, LargeOnesAreScaledAndEveryOneHasASmallCopy) {
  const auto picture = redraw(jpeg(4000, 1000));
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->width, kLongestSide);
  EXPECT_EQ(picture->height, 640);
  EXPECT_EQ(measure(picture->thumb)->width, kThumbSide);
}

TEST(Image, PngStaysPngAndWebpBecomesJpeg) {
  gdImagePtr image = two_halves(60, 30);
  int size = 0;
  void* data = gdImagePngPtr(image, &size);
  EXPECT_EQ(redraw(owned(data, size))->kind, "image/png");
  data = gdImageWebpPtr(image, &size);
  const auto from_webp = redraw(owned(data, size));
  ASSERT_TRUE(from_webp);
  EXPECT_EQ(from_webp->kind, "image/jpeg");
  EXPECT_EQ(from_webp->width, 60);
  gdImageDestroy(image);
}

TEST(Image, WhatIsNoImageIsRefused) {
  EXPECT_EQ(redraw("").error().code, "attachment.not_an_image");
  EXPECT_EQ(redraw("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").error().code,
            "attachment.not_an_image");
  EXPECT_EQ(redraw(jpeg(80, 40).substr(0, 200)).error().code, "attachment.not_an_image");
  EXPECT_EQ(redraw(std::string(kMostBytes + 1, 'x')).error().code, "attachment.too_large");
}

TEST(Image, AGiantIsRefusedByItsHeaderAlone) {
  std::string png("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\xEA\x60\0\0\xEA\x60\x08\x02\0\0\0", 29);
  png += std::string(100, '\0');
  EXPECT_EQ(redraw(png).error().code, "attachment.too_many_pixels");
}

}  // namespace
}  // namespace linli::cases::image
