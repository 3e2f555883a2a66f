-- The administrative tree: one row a place for ever, and what happened to it.
CREATE TABLE place (
  code BIGINT PRIMARY KEY,
  parent BIGINT NOT NULL,
  level BIGINT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  pinyin TEXT NOT NULL,
  initials TEXT NOT NULL,
  urban BIGINT,
  urban_guessed BIGINT NOT NULL,
  community_types TEXT NOT NULL,
  status TEXT NOT NULL,
  valid_from BIGINT,
  valid_to BIGINT,
  children_count BIGINT NOT NULL,
  version BIGINT NOT NULL
);
CREATE INDEX place_parent_idx ON place (parent, code);
-- The nation is the parent of the provinces; everything else is imported or added.
INSERT INTO place (code, parent, level, name, name_key, pinyin, initials, urban, urban_guessed,
                   community_types, status, children_count, version)
VALUES (0, 0, 0, '全国', '全国', 'quanguo', 'qg', NULL, 0, '', 'active', 0, 1);

CREATE TABLE place_succession (
  place BIGINT NOT NULL,
  successor BIGINT NOT NULL,
  on_date BIGINT NOT NULL,
  how TEXT NOT NULL,
  PRIMARY KEY (place, successor)
);
CREATE INDEX place_succession_successor_idx ON place_succession (successor);

CREATE TABLE place_history (
  place BIGINT NOT NULL,
  id TEXT NOT NULL,
  at BIGINT NOT NULL,
  what TEXT NOT NULL,
  actor_id TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (place, id)
);
