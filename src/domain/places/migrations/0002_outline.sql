-- Outlines that were drawn here, of grids: the rings of their areas as JSON.
CREATE TABLE place_outline (
  code BIGINT PRIMARY KEY,
  area TEXT NOT NULL
);
