-- Drafts of a new division into grids: they live on when their author signs out, and every step
-- can be taken back. What was applied stays, so that it can be told who divided what when.
CREATE TABLE grid_draft (
  village BIGINT NOT NULL,
  id TEXT NOT NULL,
  place BIGINT NOT NULL,
  version BIGINT NOT NULL,
  state TEXT NOT NULL,
  rule TEXT NOT NULL,
  grid_of TEXT NOT NULL,
  names TEXT NOT NULL,
  codes TEXT NOT NULL,
  successors TEXT NOT NULL,
  author TEXT NOT NULL,
  author_name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  done BIGINT NOT NULL,
  total BIGINT NOT NULL,
  PRIMARY KEY (village, id)
);
CREATE INDEX grid_draft_id_idx ON grid_draft (id);
CREATE INDEX grid_draft_applying_idx ON grid_draft (id) WHERE state = 'applying';

CREATE TABLE grid_draft_step (
  village BIGINT NOT NULL,
  draft TEXT NOT NULL,
  sequence BIGINT NOT NULL,
  what TEXT NOT NULL,
  author_name TEXT NOT NULL,
  at BIGINT NOT NULL,
  grid_before TEXT NOT NULL,
  name_before TEXT NOT NULL,
  PRIMARY KEY (village, draft, sequence)
);
