// One message as a bubble: who, what it replies to, pictures and files, words, time, buttons.

import { element, icon, localize, rich, settle } from './rich.js';

const clock = (seconds) => new Date(seconds * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

// `view` is { mine, author, tone, act, press, jump, menu, look }.
export function bubble(message, view) {
  const service = told(message);
  if (service) return element('div', 'service', element('span', '', service));
  const node = element('article', 'message' + (view.mine ? ' mine' : ''));
  node.dataset.id = message.message_id;
  const body = element('div', 'body');
  if (view.author) body.append(element('b', 'author ' + view.tone, view.author));
  if (message.via_bot) body.append(element('small', 'via', 'via @' + message.via_bot.username));
  if (message.forward_origin) body.append(element('small', 'via', 'Forwarded from ' + origin(message.forward_origin)));
  if (message.reply_to_message) body.append(answered(message.reply_to_message, view));
  body.append(...shown(message, view));
  body.append(stamp(message));
  node.append(body);
  const keyboard = message.reply_markup?.inline_keyboard;
  if (keyboard) node.append(buttons(message, keyboard, view));
  node.oncontextmenu = (event) => {
    if (event.target.closest('a, img') || String(getSelection())) return;
    event.preventDefault();
    view.menu(message, event.clientX, event.clientY);
  };
  node.ondblclick = (event) => { if (!event.target.closest('a, button, img')) view.reply(message); };
  return node;
}

export function placed(node) {
  localize(node);
  settle(node);
}

function shown(message, view) {
  const parts = [];
  const words = message.text ?? message.caption ?? '';
  const entities = message.entities ?? message.caption_entities ?? [];
  const preview = linked(message, words, entities);
  if (message.photo) parts.push(photo(message, view));
  if (message.document) parts.push(file(message.document));
  if (message.location) parts.push(located(message.location));
  if (message.rich_message) parts.push(element('p', 'words dim', 'A rich message: this page shows plain ones only.'));
  if (preview && preview.above) parts.push(preview.card);
  if (words) {
    const text = element('div', 'words', rich(words, entities, view.act));
    text.dir = 'auto';
    if (/^(\p{Emoji_Presentation}|\p{Extended_Pictographic}){1,3}$/u.test(words)) text.classList.add('big');
    parts.push(text);
  }
  if (preview && !preview.above) parts.push(preview.card);
  return parts;
}

function stamp(message) {
  const time = element('span', 'stamp', (message.edit_date ? 'edited ' : '') + clock(message.date));
  time.title = new Date(message.date * 1000).toLocaleString();
  return time;
}

function answered(old, view) {
  const who = old.from ? view.named(old.from.id) : old.chat?.title ?? '';
  const words = old.text ?? old.caption ?? (old.photo ? 'Photo' : old.document ? old.document.file_name : 'Message');
  const quote = element('button', 'answered', element('b', '', who), element('span', '', words.slice(0, 160)));
  quote.type = 'button';
  quote.onclick = () => view.jump(old.message_id);
  return quote;
}

function origin(source) {
  return source.chat?.title ?? source.sender_user?.first_name ?? source.sender_user_name ?? 'someone';
}

function photo(message, view) {
  const size = message.photo.at(-1);
  const image = new Image(size.width, size.height);
  image.src = '/sim/file/' + size.file_id;
  image.alt = message.caption?.slice(0, 120) || 'Photo';
  const frame = element('button', 'photo', image);
  frame.type = 'button';
  frame.setAttribute('aria-label', 'Open picture: ' + image.alt);
  frame.onclick = () => view.look(image.src, image.alt);
  return frame;
}

function file(document) {
  const size = document.file_size;
  const said = size < 1024 ? `${size} B` : size < 1 << 20 ? `${(size / 1024).toFixed(1)} kB` : `${(size / 1048576).toFixed(1)} MB`;
  const link = element('a', 'file', element('span', 'sheet', icon('file')),
    element('span', '', element('b', '', document.file_name), element('small', '', said)));
  link.href = `/sim/file/${document.file_id}?name=1`;
  link.download = document.file_name;
  return link;
}

function located({ latitude, longitude }) {
  const where = `${Math.abs(latitude).toFixed(2)}° ${latitude < 0 ? 'S' : 'N'}, ${Math.abs(longitude).toFixed(2)}° ${longitude < 0 ? 'W' : 'E'}`;
  return element('div', 'file', element('span', 'sheet', icon('pin')),
    element('span', '', element('b', '', 'Location'), element('small', '', where)));
}

// What Telegram would preview. Nothing is fetched here, so the card says the link's own words and its site.
function linked(message, words, entities) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled || !message.text) return null;
  const first = entities.find((entity) => entity.type === 'text_link' || entity.type === 'url');
  const found = first && (first.url ?? words.slice(first.offset, first.offset + first.length));
  const address = options.url ?? found;
  if (!address || !URL.canParse(address) || !/^https?:/.test(address)) return null;
  const same = entities.find((entity) => entity.url === address) ?? (address === found ? first : null);
  const title = same?.type === 'text_link' ? words.slice(same.offset, same.offset + same.length) : new URL(address).pathname;
  const card = element('a', 'preview', element('b', '', new URL(address).hostname.replace(/^www\./, '')), element('span', '', title));
  Object.assign(card, { href: address, target: '_blank', rel: 'noopener noreferrer' });
  return { card, above: options.show_above_text };
}

function buttons(message, keyboard, view) {
  const rows = keyboard.map((row) => element('div', 'row', ...row.map((button) => pressable(message, button, view))));
  return element('div', 'buttons', ...rows);
}

function pressable(message, button, view) {
  const link = Boolean(button.url);
  const node = element(link ? 'a' : 'button', 'press ' + (button.style ?? ''), element('span', '', button.text));
  if (link) {
    Object.assign(node, { href: button.url, target: '_blank', rel: 'noopener noreferrer' });
    node.append(icon('link'));
    return node;
  }
  node.type = 'button';
  if (button.copy_text) node.append(icon('copy'));
  node.onclick = () => view.press(message, button, node);
  return node;
}

function told(message) {
  const who = message.from?.first_name ?? 'Someone';
  if (message.forum_topic_created) return `${who} opened the topic “${message.forum_topic_created.name}”`;
  if (message.forum_topic_closed) return `${who} closed the topic`;
  if (message.forum_topic_reopened) return `${who} reopened the topic`;
  if (message.migrate_to_chat_id) return 'This group became a supergroup';
  if (message.migrate_from_chat_id) return 'The group is a supergroup now';
  return '';
}

export function gist(message) {
  if (!message) return '';
  const words = message.text ?? message.caption;
  if (words) return words.replace(/\s+/g, ' ').slice(0, 90);
  return message.photo ? 'Photo' : message.document ? message.document.file_name : message.location ? 'Location' : told(message);
}
