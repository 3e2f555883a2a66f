-- One row: how often the tree has changed, so that maps know whether what they drew still holds.
CREATE TABLE place_edition (
  id BIGINT PRIMARY KEY,
  edition BIGINT NOT NULL
);
