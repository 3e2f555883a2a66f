-- How many records of a register lie in each cell of the map (core/cell.h), by village, at a few
-- depths: maps of many records show these numbers. `edition` grows with every change of a record in
-- the cell, also one that leaves the number as it was: a map knows by it what it may keep.
CREATE TABLE register_crowd (
  kind TEXT NOT NULL,
  depth BIGINT NOT NULL,
  cell BIGINT NOT NULL,
  village BIGINT NOT NULL,
  records BIGINT NOT NULL,
  edition BIGINT NOT NULL,
  PRIMARY KEY (kind, depth, cell, village)
);
