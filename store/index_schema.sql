-- The search index: a file of its own beside the database, made from the articles and from nothing else, so that it can be
-- thrown away and made again. Articles are numbered by `doc`, from 0 in the order they came in; a number is never used twice.

create table state (
  key text primary key,           -- change: the last change taken in; shape: raised when parts or the dead alter
  value integer not null
) without rowid;

create table documents (
  doc integer primary key,
  article integer not null unique,                                          -- which doc is this article?
  site integer not null,
  moment integer not null,        -- minutes since 1970; NEVER (store.index_parts) where unknown
  title text not null,
  plain text not null,            -- the title in terms, without stop-words
  titled blob not null,           -- stems of the title, 32 bits each
  leading blob not null,          -- stems of the beginning and the names
  lead text not null,
  names text not null,
  words blob not null             -- what it added to `words`, to be taken back when it goes
);

create table live (
  doc integer primary key,        -- the newest articles, before they are merged into a part
  terms blob not null,            -- 32 bits each, ascending
  impacts blob not null
);

create table parts (
  id integer primary key,
  first integer not null,         -- doc of offset 0
  size integer not null,
  becomes integer                 -- the part that it is being merged into, which has what it no longer has
);

create table columns (
  block integer primary key,      -- docs block * 65536 and on
  moments blob not null,          -- 32 bits each
  sites blob not null             -- 16 bits each
);

create table postings (
  part integer not null,
  term integer not null,
  entries blob not null,          -- see store.postings
  primary key (part, term)                                                  -- the articles of a term, part by part
) without rowid;

create table dead (
  doc integer primary key,        -- removed or replaced since its part was made
  part integer                    -- the part being merged that leaves it out
);

create table terms (
  id integer primary key,
  stem text not null unique,                                                -- a word's postings
  documents integer not null
);

create table words (
  id integer primary key,
  word text not null unique,                                                -- is this a word? how frequent?
  stem integer not null,
  documents integer not null,     -- articles that hold it; 0 for a word that has gone
  titles integer not null,        -- or among whose names it is
  sounds text,                    -- spelling key of a word that stands in `near`
  bucket integer not null         -- first letter and length
);
create index words_by_sound on words(sounds) where sounds is not null;      -- transliterations
create index words_by_bucket on words(bucket, word);                        -- corrections of more than a letter

create table near (
  hash integer not null,          -- of a word, and of the word with one letter left out
  word integer not null,
  primary key (hash, word)                                                  -- corrections
) without rowid;

create table sites (
  id integer primary key,
  name text not null unique                                                 -- by:site
);
