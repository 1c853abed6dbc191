-- What people asked for, what they are owed, and the work that is under way.

create table chats (
  id integer primary key,
  kind text not null,             -- private, group, supergroup, channel, terminal
  state text not null,            -- active, asleep
  reason text,                    -- why asleep
  since bigint,                   -- asleep since
  created bigint not null,
  seen bigint not null,           -- last heard of
  settings text not null          -- JSON of store.chats.Settings
);
create index chats_by_state on chats(state, seen);                          -- all_of(state), asleep too long

create table moved (
  old bigint not null primary key,                                          -- where a group went that became a supergroup
  new bigint not null,
  at bigint not null
);

create table users (
  id integer primary key,
  name text not null,
  access text not null,           -- allowed, banned, or empty
  seen bigint not null
);
create index users_by_access on users(access, seen desc);                   -- users()

create table questions (
  id integer primary key autoincrement,
  chat bigint not null,
  thread bigint not null,
  user_id bigint not null,
  at bigint not null,
  body text not null
);
create index questions_in on questions(chat, id desc);                      -- history(), forget()
create index questions_by on questions(user_id);                            -- forget(): what a person asked in groups
create index questions_at on questions(at);                                 -- forgetting the old ones

create table answers (
  chat bigint not null,
  message bigint not null,        -- ours
  context bigint,                 -- the question it answers
  asked bigint,                   -- their message
  at bigint not null,
  primary key (chat, message)                                               -- context_of()
);
create index answers_to on answers(chat, asked);                            -- answered(): the answer to an edited question
create index answers_at on answers(at);                                     -- forgetting the old ones

create table shown (
  chat bigint not null,
  thread bigint not null,
  story bigint not null,
  at bigint not null,
  primary key (chat, thread, story)                                         -- seen(): stories that a chat knows
);

create table saved (
  chat bigint not null,
  article bigint not null,
  at bigint not null,
  primary key (chat, article)                                               -- saved()
);

create table feedback (
  id integer primary key autoincrement,
  chat bigint not null,
  at bigint not null,
  body text not null
);
create index feedback_from on feedback(chat);                               -- forget()

create table incidents (
  fingerprint text not null primary key,                                    -- record(): the same error is counted, not kept again
  text text not null,
  count integer not null,
  told integer not null default 0,
  first bigint not null,
  last bigint not null
);
create index incidents_last on incidents(last);                             -- untold(), sweeping

create table notes (
  name text not null primary key,                                           -- note(): small facts about this installation
  body text not null
);

create table feeds (
  id integer primary key,
  url text not null unique,                                                 -- by_url()
  name text not null,
  host text not null,
  list text,                      -- the list of an OPML file that it came with
  interval_seconds integer not null,
  paused integer not null default 0,
  due bigint not null,
  lease text,
  lease_until bigint,
  fence integer not null default 0,
  etag text,
  modified text,
  failures integer not null default 0,
  error text,
  checked bigint,                 -- last tried
  worked bigint,                  -- last answered
  fresh bigint,                   -- last brought a new article
  articles integer not null default 0,
  created bigint not null
);
create index feeds_due on feeds(paused, due);                               -- lease()
create index feeds_of_host on feeds(host, lease_until);                     -- lease(): is anybody at this host?

create table inbox (
  id integer primary key,         -- update_id
  chat bigint not null,
  at bigint not null,
  state text not null,            -- waiting, working, dead
  tries integer not null default 0,
  reason text,
  body text not null
);
create index inbox_in_order on inbox(chat, state, id);                      -- next in a chat
create index inbox_by_state on inbox(state, id);                            -- pending()
create index inbox_of_age on inbox(state, at);                              -- sweeping the dead

create table finished (
  id integer primary key,                                                   -- update_ids answered: a repeat is known
  at bigint not null
);
create index finished_at on finished(at);                                   -- sweeping

create table outbox (
  id integer primary key autoincrement,
  chat bigint not null,
  thread bigint not null,
  story bigint not null,
  kind text not null,
  lane integer not null,          -- 0 answers a person, 1 tells on its own account
  state text not null,            -- ready, claimed, sending, sent, unknown, dead
  due bigint not null,
  attempts integer not null default 0,
  lease text,
  lease_until bigint,
  fence integer not null default 0,
  article bigint,
  subscription bigint,
  reason text not null,           -- why it goes out, for the person
  body text not null,             -- JSON
  message bigint,                 -- Telegram's number, once sent
  error text,
  created bigint not null,
  sent bigint,
  unique (chat, thread, story, kind)                                        -- enqueue(): each thing is told once
);
create index outbox_due on outbox(state, lane, due, id);                    -- claim(), counts
create index outbox_of_chat on outbox(chat, state, due, id);                -- claim(): one at a time in a chat, pending()
create index outbox_messages on outbox(chat, message);                      -- by_message()
create index outbox_leases on outbox(state, lease_until);                   -- sweep()
create index outbox_of_story on outbox(story, chat);                        -- alerts of a story, to edit them
create index outbox_sent on outbox(state, sent);                            -- forgetting the old ones

create table pace (
  scope text not null primary key,                                          -- reserve(), hold()
  arrival bigint not null,        -- theoretical arrival time of the next (GCRA)
  held bigint not null default 0
);

create table leases (
  name text not null primary key,                                           -- lease(): one worker for one thing
  worker text not null,
  until bigint not null,
  fence integer not null
);

create table subscriptions (
  id integer primary key autoincrement,
  chat bigint not null,
  thread bigint not null,
  user_id bigint not null,
  kind text not null,             -- topic, person, met, said
  topic text not null,            -- as shown
  words text not null,            -- JSON: words that must appear
  without text not null,          -- JSON: words that must not
  people text not null,           -- JSON: ids
  about text not null,            -- JSON: words of what was said
  sources integer not null,       -- at least so many independent ones
  at_once text not null,          -- now, daily, weekly
  paused_until bigint,
  created bigint not null,
  told bigint,                    -- last told
  deleted bigint,                 -- may be taken back for ten minutes
  same text not null              -- what makes two of them the same
);
create index subscriptions_of on subscriptions(chat, thread, id);           -- of(chat)
create index subscriptions_by on subscriptions(user_id);                    -- forget(): what a person set up in groups
create index subscriptions_same on subscriptions(chat, thread, same);       -- add(): a second one opens the first
create index subscriptions_deleted on subscriptions(deleted);               -- sweep()

create table subscription_changes (
  number integer primary key autoincrement,                                 -- changes(): the matcher follows
  subscription bigint not null unique
);

create table digests (
  chat bigint not null,
  thread bigint not null,
  times text not null,            -- JSON: minutes of the day
  days text not null,             -- JSON: 0 Monday to 6 Sunday
  next bigint,                    -- due
  mark bigint not null,           -- told up to here
  lease text,
  lease_until bigint,
  fence integer not null default 0,
  created bigint not null,
  primary key (chat, thread)                                                -- get(), set()
);
create index digests_due on digests(next);                                  -- lease()
