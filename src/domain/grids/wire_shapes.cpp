// What divisions and drafts look like on the wire, for the API text and the front end's types.
#include "domain/grids/wire.h"

namespace linli::grids {
namespace {

shape::Shape rule_shape() {
  return shape::object(
      {shape::optional("standard", shape::text()), shape::optional("least", shape::number(0)),
       shape::optional("most", shape::number(0)), shape::required("by_groups", shape::boolean())},
      "GridRule");
}

std::vector<shape::Field> head_fields() {
  return {shape::optional("draft", shape::id()),
          shape::required("version", shape::integer()),
          shape::required("state", shape::choice({"in_force", "draft", "applying", "applied",
                                                  "discarded", "stopped"})),
          shape::required("rule", rule_shape()),
          shape::required("author", shape::text()),
          shape::optional("created_at", shape::instant()),
          shape::optional("updated_at", shape::instant()),
          shape::required("done", shape::integer(0)),
          shape::required("total", shape::integer(0)),
          shape::optional("code", shape::text())};
}

}  // namespace

shape::Shape draft_shape() {
  std::vector<shape::Field> fields = head_fields();
  fields.push_back(shape::required("place", shape::place()));
  return shape::object(std::move(fields), "GridDraft");
}

shape::Shape division_shape() {
  const shape::Shape number = shape::integer();
  const shape::Shape words = shape::open_object({}, "Words");
  std::vector<shape::Field> fields = head_fields();
  fields.insert(
      fields.end(),
      {shape::required("place", shape::object({shape::required("code", shape::place()),
                                               shape::required("name", shape::text()),
                                               shape::optional("urban", shape::boolean())})),
       shape::required("by_streets", shape::boolean()),
       shape::required("standards",
                       shape::array(shape::object(
                           {shape::required("key", shape::text()), shape::required("name", words),
                            shape::required("printed", shape::text()),
                            shape::required("per", words), shape::required("rule", rule_shape())},
                           "GridStandard"))),
       shape::required(
           "grids",
           shape::array(shape::object(
               {shape::required("number", number), shape::optional("code", shape::place()),
                shape::required("name", shape::text()), shape::required("households", number),
                shape::required("residents", number), shape::required("houses", number),
                shape::required("before", number),
                shape::optional("outline", shape::open_object({}, "Geometry"))},
               "DrawnGrid"))),
       shape::required(
           "houses",
           shape::array(shape::object(
               {shape::required("id", shape::text()), shape::required("kind", shape::text()),
                shape::required("name", shape::text()),
                shape::required("point", shape::object({shape::required("lon", shape::number()),
                                                        shape::required("lat", shape::number())})),
                shape::required("estimate", shape::boolean()),
                shape::required("households", number), shape::required("residents", number),
                shape::required("block", shape::text()), shape::optional("grid", number),
                shape::optional("recorded", number)},
               "GridHouse"))),
       shape::required("blocks",
                       shape::array(shape::object({shape::required("id", shape::text()),
                                                   shape::required("kind", shape::text()),
                                                   shape::required("name", shape::text())},
                                                  "GridBlock"))),
       shape::required(
           "faults",
           shape::array(shape::object(
               {shape::required("kind", shape::choice({"without_grid", "too_few", "too_many",
                                                       "cut_apart", "group_cut"})),
                shape::optional("grid", number), shape::optional("block", shape::text()),
                shape::required("households", shape::number())},
               "GridFault"))),
       shape::required("change", shape::object({shape::required("households", number),
                                                shape::required("moved", number),
                                                shape::required("first", number),
                                                shape::required("residents_moved", number),
                                                shape::required("residents_first", number),
                                                shape::required("opened", shape::array(number)),
                                                shape::required("closed", shape::array(number))},
                                               "GridChange")),
       shape::required(
           "members",
           shape::array(shape::object(
               {shape::required("account", shape::id()), shape::required("name", shape::text()),
                shape::required("role", words), shape::required("place", shape::place()),
                shape::optional("grid", number), shape::required("closed", shape::boolean()),
                shape::required("left", number), shape::required("came", number)},
               "GridMember"))),
       shape::required("without_group", shape::array(shape::text())),
       shape::required(
           "steps",
           shape::array(shape::object(
               {shape::required("what", shape::text()), shape::required("author", shape::text()),
                shape::required("at", shape::instant()), shape::required("houses", number)},
               "GridStep")))});
  return shape::object(std::move(fields), "GridDivision");
}

}  // namespace linli::grids
