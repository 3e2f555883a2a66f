#include "domain/cases/pictures.h"

#include <gd.h>
#include <gtest/gtest.h>

#include "domain/cases/testing.h"

namespace linli::cases::testing {
namespace {

std::string photo() {
  gdImagePtr image = gdImageCreateTrueColor(40, 30);
  int size = 0;
  void* data = gdImageJpegPtr(image, &size, 90);
  std::string bytes(static_cast<const char*>(data), static_cast<size_t>(size));
  gdFree(data);
  gdImageDestroy(image);
  return bytes;
}

class Pictures : public ::testing::TestWithParam<db::Engine> {
 protected:
  void SetUp() override {
    LINLI_NEEDS_ENGINE(GetParam());
    world_.emplace(GetParam());
  }
  World& world() { return *world_; }
  host::Services& services() { return world().stage.services; }

  Attachment kept_by(const host::Actor& who) {
    return MUST(keep_picture(services(), who, photo(), false, kMonday));
  }
  bool sees(const host::Actor& who, const Attachment& picture) {
    const Result<Attachment> found = services().database.read(
        [&](db::Tx& tx) { return find_picture(tx, services(), who, picture.id); });
    EXPECT_EQ(found ? "" : found.error().code, found ? "" : "attachment.not_found");
    return found.has_value();
  }
  Result<Case> report_with(const Attachment& picture, const host::Actor& who) {
    Opening opening;
    opening.place = at(kGrid);
    opening.reporter = who.account_id;
    opening.form = json::Object{
        {"subject", "rubbish"}, {"description", "words"}, {"photos", json::Array{picture.id}}};
    return world().open_one(opening, who);
  }

 private:
  std::optional<World> world_;
};
INSTANTIATE_TEST_SUITE_P(, Pictures, db::testing::engines(), db::testing::engine_name);

TEST_P(Pictures, AreSeenByTheirOwnerAndThenByThoseWhoMaySeeTheCase) {
  const Attachment picture = kept_by(resident());
  EXPECT_TRUE(std::filesystem::exists(file_of(services(), picture, false)));
  EXPECT_TRUE(std::filesystem::exists(file_of(services(), picture, true)));
  EXPECT_TRUE(sees(resident(), picture));
  EXPECT_FALSE(sees(grid_member(), picture));
  EXPECT_EQ(report_with(picture, resident("another")).error().code, "attachment.unknown");
  MUST(report_with(picture, resident()));
  EXPECT_TRUE(sees(grid_member(), picture));
  EXPECT_FALSE(sees(resident("another"), picture));
  EXPECT_FALSE(sees(expert(), picture));
  EXPECT_EQ(report_with(picture, resident()).error().code, "attachment.taken");
}

TEST_P(Pictures, ThatNoCaseTookAreGoneAfterADayAndTheirFilesWithTheLast) {
  const Attachment loose = kept_by(resident());
  EXPECT_EQ(drop_loose_pictures(services(), kMonday + time::kHour), 0);
  const Attachment same = kept_by(resident("another"));
  EXPECT_EQ(same.sha256, loose.sha256);
  MUST(report_with(same, resident("another")));
  drop_loose_pictures(services(), kMonday + 2 * time::kDay);
  EXPECT_FALSE(sees(resident(), loose));
  EXPECT_TRUE(sees(resident("another"), same));
  EXPECT_TRUE(std::filesystem::exists(file_of(services(), same, false)));
}

}  // namespace
}  // namespace linli::cases::testing
