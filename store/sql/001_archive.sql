-- What was read: articles, people, meetings, quotes.
-- Moments are microseconds since 1970 (UTC), days are ISO 8601 texts. Ids are hashes of content, 0 to 2^63 - 1, so that
-- they are equal on every machine; only the numbers of changes are counted.

create table articles (
  id integer primary key,
  url text not null,
  title text not null,
  site text,
  language text,
  moment bigint not null,         -- when published; when kept, where that is unknown or would lie in the future
  kept bigint not null,           -- when first kept
  altered bigint not null,        -- when text or title last altered
  story bigint not null,
  feed bigint,
  digest text not null,           -- of title and text: the same digest is no change
  rules integer not null          -- rules that the reading was made with
);
create index articles_latest on articles(moment desc, id desc);             -- latest(), coverage()
create index articles_of_site on articles(site, moment desc, id desc);      -- latest(site=...), coverage()
create index articles_at on articles(url);                                  -- by_url()
create index articles_of_story on articles(story, moment, id);              -- the articles of a story, in order
create index articles_outdated on articles(rules, id);                      -- outdated()
create index articles_altered on articles(altered);                          -- coverage(): the newest

create table sites (
  site text not null primary key,                                           -- coverage(), the names of sources
  articles integer not null
);

create table texts (
  article integer primary key,
  article_json text not null,
  reading_json text not null
);

create table titles (
  article bigint not null,
  title text not null,
  at bigint not null,
  primary key (article, at, title)                                          -- titles(): every title an article has had
);

create table changes (
  number integer primary key autoincrement,                                 -- changes(): those after a number, in order
  article bigint not null unique,                                           -- only the last change of an article matters
  gone integer not null default 0
);

create table people (
  id integer primary key,
  name text not null,             -- the fullest form that was printed most
  gender text,
  surname text not null,          -- key of the last part, see news.spelling
  became bigint,                  -- the person this one was found to be
  articles integer not null default 0,
  mentions integer not null default 0,
  first bigint,
  last bigint
);
create index people_of_surname on people(surname, articles desc);           -- who may a name be? (place)
create index people_most_told on people(articles desc, id);                 -- top()
create index people_that_became on people(became);                          -- merge(): the ids that lead to one person

create table aliases (
  folded text not null,           -- the form in lower case without accents
  person bigint not null,
  form text not null,             -- as printed
  spelling text not null,         -- key that unites transliterations, see news.spelling
  parts integer not null,         -- words of it
  mentions integer not null default 0,
  owner integer not null default 0,                                         -- set by the owner; survives every re-read
  primary key (folded, person)                                              -- find(), place(): by what is written
);
create index aliases_by_spelling on aliases(spelling);                      -- find(), place(): other spellings
create index aliases_of on aliases(person, mentions desc);                  -- get(): all forms of a person

create table name_words (
  word text not null,
  person bigint not null,
  primary key (word, person)                                                -- find(): by any part of a name
);
create index name_words_of on name_words(person);                           -- merge()

create table mentions (
  article bigint not null,
  name text not null,             -- the fullest form of this article
  person bigint not null,
  role text,
  count integer not null,
  moment bigint not null,
  primary key (article, name)                                               -- names(): the people of an article
);
create index mentions_of on mentions(person, moment desc, article desc);    -- seen_with(), articles_with(), roles
create index mentions_since on mentions(moment, person);                    -- top(since)

create table quotes (
  id integer primary key,
  article bigint not null,
  n integer not null,
  person bigint,
  speaker text,
  speaker_kind text not null,
  words text not null,
  start integer not null,
  finish integer not null,
  moment bigint not null
);
create index quotes_of_article on quotes(article, n);                       -- of(article), and their removal
create index quotes_said_by on quotes(person, moment desc, id desc);        -- said()
create virtual table quote_words using fts5(words, content='');  -- folded words; said(), containing()

create table meetings (
  id integer primary key,
  call integer not null,          -- calls and meetings are never one
  first text,                     -- day, as precisely as any article says it
  last text,
  precision text,
  moment bigint not null,         -- the middle of the day; the first publication where undated. Orders the undated too
  place text,
  kind text not null,
  status text not null,
  disputed text not null,         -- JSON: what the articles contradict each other in
  sentence text not null
);
create index meetings_at on meetings(place);                                -- find(place): which names are there?
create index meetings_by_moment on meetings(moment desc, id desc);          -- find() without people

create table meeting_people (
  meeting bigint not null,
  side text not null,             -- 'p' and the person's id, 'o' and the organisation's folded name
  person bigint,
  name text not null,
  part text not null,             -- people, organisation, delegation
  mentions integer not null,
  moment bigint not null,         -- that of the meeting
  primary key (meeting, side)                                               -- who was there
);
create index meeting_people_met on meeting_people(person, moment desc, meeting desc);  -- find(people)

create table evidence (
  article bigint not null,
  n integer not null,
  meeting bigint not null,
  call integer not null,
  first text,
  last text,
  precision text,
  place text,
  kind text not null,
  status text not null,
  sentence text not null,
  start integer not null,
  finish integer not null,
  moment bigint not null,         -- when the article was published
  anchor bigint not null,         -- the middle of the day; the publication where undated
  primary key (article, n)                                                  -- taking an article's evidence away
);
create index evidence_for on evidence(meeting, moment, article);            -- the sources of a meeting

create table evidence_people (
  article bigint not null,
  n integer not null,
  side text not null,
  person bigint,
  name text not null,
  part text not null,
  grade integer not null,         -- how precise: 0 one day, 1 up to a month or undated, 2 less
  anchor bigint not null,
  primary key (article, n, side)                                            -- the people of a piece of evidence
);
create index evidence_people_with on evidence_people(side, grade, anchor);        -- what else is told of them
