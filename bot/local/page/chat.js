// The chat page: which chats there are, which one is open, what happens in it.

import { happenings } from './happenings.js';
import { bubble, gist, placed } from './message.js';
import { look, notice, popup, toast } from './over.js';
import { element, icon } from './rich.js';
import { composer } from './compose.js';
import { listen, tell } from './wire.js';

const $ = (id) => document.getElementById(id);
const TONES = 7;
const GENERAL = 0;
const state = { bot: {}, people: new Map(), chats: new Map(), you: 0, open: null, thread: GENERAL, as: {}, unread: {}, down: false };
const messages = new Map(); // of the open chat, by id
const presses = new Map(); // buttons that wait for their answer, by query
const answers = new Set(); // queries answered before the page knew their number
let drafts = null, typing = 0, up = true;

const tone = (number) => 'tone' + (Math.abs(number) % TONES);
const chat = () => state.chats.get(state.open);
const title = (place) => place.type === 'private' ? state.bot.first_name : place.title;
const by = (place) => place.type === 'private' ? place.id : state.as[place.id] ?? state.you;
const named = (number) => number === state.bot.id ? state.bot.first_name : state.people.get(number)?.first_name ?? '';
const near = () => $('log').scrollHeight - $('log').scrollTop - $('log').clientHeight < 140;

const compose = composer(() => ({
  chat: chat(), by: by(chat()), thread: state.thread, bot: state.bot, named,
  last: () => [...messages.values()].findLast((message) => message.from?.id === by(chat()) && message.text),
}), (error) => toast(error.message));

// The list of chats.

function face(node, place) {
  node.className = node.className.replace(/\btone\d|\bsmall\b|\bbot\b/g, '').trim();
  node.classList.add(place.type === 'private' ? 'bot' : tone(place.id));
  node.textContent = place.type === 'private' ? '' : title(place).slice(0, 1);
}

function list() {
  $('chats').replaceChildren(...[...state.chats.values()].map((place) => {
    const avatar = element('span', 'avatar');
    face(avatar, place);
    const other = place.type === 'private' && place.id !== state.you;
    const name = element('b', '', title(place), ...(other ? [element('i', '', 'as ' + named(place.id))] : []));
    const count = state.unread[place.id];
    const last = place.last;
    const when = last ? new Date(last.date * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }) : '';
    const from = last?.from && place.type !== 'private' ? named(last.from.id) + ': ' : '';
    const line = last ? from + gist(last) : kind(place);
    const row = element('button', 'chat', avatar, element('span', 'lines', name, element('small', '', line)),
      element('span', 'aside', element('time', '', when), ...(count ? [element('em', '', String(count))] : [])));
    row.type = 'button';
    row.setAttribute('aria-current', String(place.id === state.open));
    row.onclick = () => open(place.id, true);
    return element('li', '', row);
  }));
  const total = Object.values(state.unread).reduce((sum, count) => sum + count, 0);
  document.title = (total ? `(${total}) ` : '') + `${state.bot.first_name}, local chat`;
}

function kind(place) {
  if (place.type === 'private') return place.id === state.you ? 'Ask about the news' : 'Another person’s chat';
  if (place.type === 'channel') return 'Channel';
  return place.is_forum ? 'Group with topics' : 'Group';
}

// The open chat.

async function open(number, entered = false) {
  state.open = number;
  state.thread = GENERAL;
  delete state.unread[number];
  sessionStorage.setItem('chat', number);
  compose.clear();
  document.body.classList.toggle('talking', entered || innerWidth > 720);
  head();
  list();
  busy(true);
  await history();
  if (entered && matchMedia('(hover: hover)').matches) $('text').focus();
}

// What is still on the screen is of the chat before: nothing can be pressed until the new one's own messages stand there.
function busy(waiting) {
  $('log').ariaBusy = String(waiting);
  $('log').inert = $('footer').inert = waiting;
}

async function history() {
  const place = chat();
  const [past, commands] = await Promise.all([
    tell('history', { chat: place.id }), tell('commands', { chat: place.id, by: by(place) })]);
  if (place.id !== state.open) return;
  messages.clear();
  past.forEach((message) => messages.set(message.message_id, message));
  compose.commands(place.type === 'channel' ? [] : commands);
  draw();
}

function draw() {
  const log = $('log');
  log.replaceChildren();
  drafts = null;
  const shown = [...messages.values()].filter(visible);
  shown.forEach((message) => append(message));
  if (!shown.length) log.append(welcome());
  log.querySelectorAll('.message').forEach(placed);
  log.scrollTop = log.scrollHeight;
  footer(shown);
  busy(false);
  compose.keys(shown.findLast(({ reply_markup: markup }) => markup?.keyboard || markup?.remove_keyboard));
  $('below').hidden = $('bottom').hidden = true;
}

function visible(message) {
  return !chat().is_forum || (message.message_thread_id ?? GENERAL) === state.thread;
}

function footer(shown) {
  const place = chat();
  const away = place.type === 'private' && place.bot === 'kicked';
  const first = place.type === 'private' && !shown.length;
  $('start').hidden = !(away || first);
  $('start').textContent = away ? 'Unblock and start again' : 'Start';
  $('form').hidden = away || first;
}

function welcome() {
  const place = chat();
  if (place.type !== 'private') return element('div', 'service empty', element('span', '', 'No messages here yet'));
  const card = element('div', 'welcome', element('div', 'avatar bot big'), element('h3', '', state.bot.first_name),
    element('p', '', state.bot.description || state.bot.short_description || 'Press Start and ask about the news.'));
  return card;
}

const day = (message) => new Date(message.date * 1000).toDateString();

function append(message) {
  const log = $('log');
  log.querySelector('.welcome, .empty')?.remove();
  const previous = log.querySelector('.message:last-of-type, .service:last-child');
  const before = previous?.dataset.day;
  if (before !== day(message)) log.append(divider(message));
  const node = make(message);
  const follows = previous?.dataset.author === node.dataset.author && before === day(message) && previous === log.lastElementChild;
  if (follows) node.classList.add('follows');
  log.append(node);
  return node;
}

function divider(message) {
  const at = new Date(message.date * 1000);
  const today = new Date().toDateString() === at.toDateString();
  const words = today ? 'Today' : at.toLocaleDateString([], { day: 'numeric', month: 'long', year: 'numeric' });
  return element('div', 'service day', element('span', '', words));
}

function make(message) {
  const place = chat(), me = by(place);
  const from = message.from?.id ?? message.sender_chat?.id ?? 0;
  const node = bubble(message, {
    mine: from === me,
    author: place.type === 'private' || from === me || !message.from ? '' : named(from) || message.from.first_name,
    tone: tone(from), named, press, jump, menu, look,
    reply: (quoted) => place.type !== 'channel' && compose.quote(quoted),
    act: (kind, words) => compose.send(words),
  });
  node.dataset.day = day(message);
  node.dataset.author = from;
  if (node.classList.contains('message')) node.tabIndex = -1;
  return node;
}

function jump(number) {
  const node = $('log').querySelector(`[data-id="${Number(number)}"]`);
  if (!node) return toast('That message is not here any more.');
  node.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  node.classList.remove('lit');
  requestAnimationFrame(() => node.classList.add('lit'));
}

async function press(message, button, node) {
  const place = chat();
  if (button.copy_text) {
    await navigator.clipboard?.writeText(button.copy_text.text).catch(() => {});
    return toast('Copied');
  }
  const words = button.switch_inline_query_current_chat ?? button.switch_inline_query;
  if (words !== undefined) return compose.fill(`@${state.bot.username} ${words}`);
  if (!button.callback_data) return toast('This button works in Telegram itself.');
  node.classList.add('busy');
  const rest = () => node.classList.remove('busy');
  setTimeout(rest, 15000);
  try {
    const { query } = await tell('press', { chat: place.id, message: message.message_id, data: button.callback_data, by: by(place) });
    if (answers.delete(query)) rest(); else presses.set(query, rest);
  } catch (error) {
    rest();
    toast(error.message);
  }
}

function menu(message, x, y) {
  const place = chat(), mine = message.from?.id === by(place);
  const words = message.text ?? message.caption;
  const entries = [];
  if (place.type !== 'channel') entries.push(['Reply', () => compose.quote(message)]);
  if (mine && message.text) entries.push(['Edit', () => compose.edit(message)]);
  if (words) entries.push(['Copy text', () => navigator.clipboard?.writeText(words).then(() => toast('Copied'))]);
  if (words && place.id !== state.you) {
    entries.push([`Forward to ${state.bot.first_name}`, () =>
      tell('forward', { chat: state.you, text: words, origin: title(place) }).then(() => open(state.you, true), (error) => toast(error.message))]);
  }
  if (!mine) entries.push(['React with 👍', () => tell('react', { chat: place.id, message: message.message_id, emoji: '👍', by: by(place) })]);
  popup(entries, x, y);
}

function head() {
  const place = chat();
  $('name').textContent = title(place);
  face($('face'), place);
  status();
  const people = Object.keys(place.members).map(Number);
  $('as').hidden = place.type === 'private' || place.type === 'channel' || people.length < 2;
  const me = by(place);
  $('as').className = 'avatar small ' + tone(me);
  $('as').textContent = named(me).slice(0, 1);
  $('as').title = `Writing as ${named(me)}`;
  $('topics').hidden = !place.is_forum;
  const topics = [{ id: GENERAL, name: 'General' }, ...place.topics];
  $('topics').replaceChildren(...(place.is_forum ? topics : []).map((topic) => {
    const tab = element('button', 'topic', topic.name, ...(topic.closed ? [icon('lock')] : []));
    tab.type = 'button';
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-selected', String(topic.id === state.thread));
    tab.onclick = () => { state.thread = topic.id; head(); draw(); };
    return tab;
  }));
}

function status(words = '') {
  const place = chat(), line = $('status');
  line.classList.toggle('typing', Boolean(words));
  if (!up) line.textContent = 'waiting for the local Telegram…';
  else if (state.down) line.textContent = 'the line to the bot is cut';
  else if (words) line.textContent = words;
  else if (place.type === 'private') line.textContent = place.id === state.you ? 'bot' : `bot, with ${named(place.id)}`;
  else if (place.type === 'channel') line.textContent = 'channel';
  else {
    const standing = { creator: 'owner', administrator: 'admin', member: 'member' }[place.members[by(place)]] ?? '';
    const count = Object.keys(place.members).length + (['kicked', 'left'].includes(place.bot) ? 0 : 1);
    line.textContent = `${count} members · you write as ${named(by(place))}${standing ? ', ' + standing : ''}`;
  }
}

// What happens, as it happens.

const events = {
  message(message) {
    const place = state.chats.get(message.chat.id);
    if (!place) return state.open && refresh();
    place.last = message;
    if (message.chat.id === state.open) {
      if (document.hidden) state.unread[place.id] = (state.unread[place.id] ?? 0) + 1;
      arrive(message);
    } else state.unread[place.id] = (state.unread[place.id] ?? 0) + 1;
    list();
  },
  edit(message) {
    const place = state.chats.get(message.chat.id);
    if (place?.last?.message_id === message.message_id) { place.last = message; list(); }
    if (message.chat.id !== state.open) return;
    messages.set(message.message_id, message);
    const old = $('log').querySelector(`[data-id="${message.message_id}"]`);
    if (!old) return;
    const low = near(), node = make(message);
    if (old.classList.contains('follows')) node.classList.add('follows');
    old.replaceWith(node);
    placed(node);
    if (low) $('log').scrollTop = $('log').scrollHeight;
  },
  delete({ chat: place, message_id: number }) {
    if (place.id !== state.open) return;
    messages.delete(number);
    $('log').querySelector(`[data-id="${number}"]`)?.remove();
  },
  toast({ text, alert, query, url }) {
    const rest = presses.get(query);
    if (rest) { rest(); presses.delete(query); } else answers.add(query);
    if (url) toast(`The bot asks to open ${url}`);
    else if (alert) notice(text);
    else toast(text);
  },
  action({ chat: place, action }) {
    if (place.id !== state.open) return;
    status({ upload_document: 'sending a file…', upload_photo: 'sending a picture…' }[action] ?? 'typing…');
    clearTimeout(typing);
    typing = setTimeout(status, 5000);
  },
  draft(draft) {
    if (draft.chat.id !== state.open) return;
    const node = make({ ...draft, from: state.bot, message_id: 0, date: Date.now() / 1000, text: draft.text || 'Thinking…' });
    node.classList.add('draft');
    if (drafts) drafts.replaceWith(node); else $('log').append(node);
    drafts = node;
    $('log').scrollTop = $('log').scrollHeight;
  },
  reaction({ chat: place, message_id: number, reaction }) {
    if (place.id !== state.open) return;
    const body = $('log').querySelector(`[data-id="${number}"] .body`);
    body?.querySelector('.reaction')?.remove();
    if (reaction[0]?.emoji) body?.append(element('span', 'reaction', reaction[0].emoji));
  },
  inline: compose.found,
  chat: () => state.open && refresh(),
  async commands() {
    const place = chat();
    if (place) compose.commands(place.type === 'channel' ? [] : await tell('commands', { chat: place.id, by: by(place) }));
  },
};

function arrive(message) {
  const place = chat(), mine = message.from?.id === by(place), low = near();
  messages.set(message.message_id, message);
  if (!visible(message)) return;
  drafts?.remove();
  drafts = null;
  if (!mine) status();
  const node = append(message);
  node.classList.add('new');
  placed(node);
  if (!mine) compose.keys(message);
  footer([message]);
  const log = $('log');
  if (mine || low) {
    // A tall answer is read from its top: its first line is never scrolled out of sight.
    const follow = () => { log.scrollTop = mine ? log.scrollHeight : node.offsetTop - log.offsetTop - 60; };
    follow();
    node.querySelector('img')?.addEventListener('load', follow, { once: true });
  } else {
    $('below').textContent = String(Number($('below').textContent || 0) + 1);
    $('below').hidden = $('bottom').hidden = false;
  }
}

async function refresh() {
  const now = await tell('state');
  Object.assign(state, { bot: now.bot, you: now.you, down: now.down });
  state.people = new Map(now.people.map((person) => [person.id, person]));
  const own = (place) => (place.type !== 'private' ? 1 : place.id === now.you ? 0 : 2);
  state.chats = new Map(now.chats.sort((a, b) => own(a) - own(b)).map((place) => [place.id, place]));
  if (!state.chats.has(state.open)) state.open = now.you;
  list();
  head();
  footer([...messages.values()].filter(visible));
}

// Hands on.

$('back').onclick = () => document.body.classList.remove('talking');
$('bottom').onclick = () => { $('log').scrollTo({ top: $('log').scrollHeight, behavior: 'smooth' }); };
$('log').onscroll = () => {
  const low = near();
  $('bottom').hidden = low;
  if (low) { $('below').textContent = ''; $('below').hidden = true; }
};
// With the keyboard: up and down from message to message, Enter for what can be done with one, r to reply.
$('log').onkeydown = (event) => {
  const all = [...$('log').querySelectorAll('.message')];
  const here = event.target.closest('.message');
  if (event.target !== here && event.target !== $('log')) return;
  const at = here ? all.indexOf(here) : all.length;
  const message = here && messages.get(Number(here.dataset.id));
  const box = here?.getBoundingClientRect();
  if (event.key === 'ArrowUp') all[Math.max(0, at - 1)]?.focus();
  else if (event.key === 'ArrowDown') (all[at + 1] ?? $('text')).focus();
  else if (event.key === 'Escape') $('text').focus();
  else if (event.key === 'Enter' && message) menu(message, box.left + 24, Math.max(box.top, 0) + 24);
  else if (event.key === 'r' && message && chat().type !== 'channel') compose.quote(message);
  else return;
  event.preventDefault();
};
$('start').onclick = () => tell('say', { chat: state.open, by: by(chat()), text: '/start', language: navigator.language }).then(refresh);
$('more-button').onclick = (event) => {
  const box = event.currentTarget.getBoundingClientRect();
  const place = chat();
  const now = { place, by: by(place), thread: state.thread, down: state.down, refresh, open };
  popup(happenings(now), box.right - 240, box.bottom + 4, event.currentTarget);
};
$('as').onclick = (event) => {
  const place = chat(), box = event.currentTarget.getBoundingClientRect();
  const people = Object.entries(place.members).map(([number, standing]) => [named(Number(number)), () => {
    state.as[place.id] = Number(number);
    head();
    history();
  }, { creator: 'owner', administrator: 'admin' }[standing] ?? standing]);
  popup([['Write as'], ...people], box.left, box.top - 60 - people.length * 44, event.currentTarget);
};
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && state.unread[state.open]) { delete state.unread[state.open]; list(); }
});
document.addEventListener('keydown', (event) => {
  if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    const all = [...state.chats.keys()], at = all.indexOf(state.open);
    open(all[(at + (event.key === 'ArrowDown' ? 1 : -1) + all.length) % all.length], true);
    event.preventDefault();
  } else if (event.key === 'Escape' && innerWidth <= 720 && !document.querySelector('dialog[open]')) $('back').click();
});

// Listen first, then look, so that nothing falls between.
await new Promise((ready) => listen((event, data) => events[event]?.(data), async (there) => {
  const again = there && !up;
  up = there;
  if (there) ready();
  if (again) { await refresh(); await history(); }
  if (state.open) status();
}));
await refresh();
const asked = Number(new URLSearchParams(location.search).get('chat') || sessionStorage.getItem('chat') || state.you);
await open(state.chats.has(asked) ? asked : state.you);
document.body.classList.add('talking');
$('text').focus();
document.body.dataset.ready = 'true';
